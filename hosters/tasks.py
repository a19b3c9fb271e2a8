"""Celery tasks: they take a primary key, make one call, and may run twice."""

from celery import shared_task

from hosters import mail, work
from hosters.models import Mail


@shared_task
def send_mail_task(pk: int) -> None:
    work.perform(Mail, pk, mail.send)


@shared_task
def sweep_task() -> None:
    work.sweep()
