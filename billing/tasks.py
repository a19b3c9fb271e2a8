"""Celery tasks: they take a primary key, make one call, and may run twice."""

from celery import shared_task

from billing import subscriptions
from billing.documents.render import render
from billing.models import Document
from hosters import work


@shared_task
def render_document_task(pk: int) -> None:
    work.perform(Document, pk, render)


@shared_task
def run_billing_task() -> None:
    subscriptions.run_billing()
