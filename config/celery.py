"""The Celery application. Tasks take primary keys and may run twice; the rows say what is left to do."""

import os
from typing import Any

from celery import Celery
from celery.signals import worker_init, worker_process_init

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")

app = Celery("chatiere")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@worker_init.connect
@worker_process_init.connect
def warm_up(**_signal: Any) -> None:
    """Load the PDF engine before the first document waits for it."""
    from billing.documents import pdf  # noqa: PLC0415 - a web process never needs it

    pdf.warm_up()
