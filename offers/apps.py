from django.apps import AppConfig


class OffersConfig(AppConfig):
    name = "offers"
    verbose_name = "offres"

    def ready(self) -> None:
        from hosters.opening import register_gift  # noqa: PLC0415 - models are not loaded before ready()
        from offers import retention  # noqa: PLC0415
        from offers.glossary.terms import load_defaults  # noqa: PLC0415

        retention.register_kept()
        # A first offer is not blamed for words that we know how to explain (Q-JARGON).
        register_gift(lambda hoster: load_defaults(hoster=hoster))
