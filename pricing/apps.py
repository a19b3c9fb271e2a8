from django.apps import AppConfig
from django.utils.translation import gettext, ngettext


class PricingConfig(AppConfig):
    name = "pricing"
    verbose_name = "tarifs"

    def ready(self) -> None:
        from pricing.engine import use_translations  # noqa: PLC0415 - the engine stays importable without Django

        use_translations(gettext, ngettext)
