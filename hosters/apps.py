from django.apps import AppConfig


class HostersConfig(AppConfig):
    name = "hosters"
    verbose_name = "hébergeurs"

    def ready(self) -> None:
        from hosters import account_mails, kept, tasks, work  # noqa: PLC0415 - models are not loaded before ready()
        from hosters.models import Mail  # noqa: PLC0415 - idem

        work.register(Mail, tasks.send_mail_task)
        account_mails.register()
        kept.register_kept()
