from django.apps import AppConfig


class FunnelConfig(AppConfig):
    name = "funnel"
    verbose_name = "entonnoir"

    def ready(self) -> None:
        from funnel import demonstration, retention  # noqa: PLC0415 - models are not loaded before ready()

        demonstration.register()
        retention.register_kept()
