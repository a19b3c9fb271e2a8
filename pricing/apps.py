from django.apps import AppConfig
from django.utils.translation import get_language, gettext, ngettext


class PricingConfig(AppConfig):
    name = "pricing"
    verbose_name = "tarifs"

    def ready(self) -> None:
        from pricing.engine import use_translations  # noqa: PLC0415 - the engine stays importable without Django

        use_translations(gettext, plural)


def plural(one: str, many: str, n: int) -> str:
    """French, our source language, is singular below two: « 0 lot ». Its texts need no catalogue to say so."""
    return ngettext(one, many, 1 if get_language() == "fr" and n < 2 else n)
