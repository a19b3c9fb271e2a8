from django.apps import AppConfig


class BillingConfig(AppConfig):
    name = "billing"
    verbose_name = "facturation"

    def ready(self) -> None:
        from billing import events, mails, panels, steps, tasks  # noqa: PLC0415 - models are not loaded before ready()
        from billing.models import Document  # noqa: PLC0415 - idem
        from hosters import work  # noqa: PLC0415 - idem

        work.register(Document, tasks.render_document_task)
        mails.register()
        events.register()
        panels.register()
        steps.register()
