"""Celery tasks: they take a primary key, make one call, and may run twice."""

from celery import shared_task

from billing import brief_drafts, satisfaction
from billing.board.reminders import run_boards
from billing.documents.render import render
from billing.ledger.archive.making import gather
from billing.ledger.heads import keep_heads
from billing.models import ArchivePart, Document
from billing.quoting import expiry
from billing.reminders.sending import run_reminders
from billing.sepa.announcing import run_announcements
from billing.subscriptions.runs import run_billing
from hosters import work


@shared_task
def render_document_task(pk: int) -> None:
    work.perform(Document, pk, render)


@shared_task
def gather_archive_task(pk: int) -> None:
    work.perform(ArchivePart, pk, gather)


@shared_task
def run_billing_task() -> None:
    run_billing()


@shared_task
def expire_quotes_task() -> None:
    expiry.expire_quotes()


@shared_task
def keep_ledger_heads_task() -> None:
    keep_heads()


@shared_task
def run_boards_task() -> None:
    run_boards()


@shared_task
def announce_debits_task() -> None:
    run_announcements()


@shared_task
def run_reminders_task() -> None:
    run_reminders()


@shared_task
def forget_old_drafts_task() -> None:
    brief_drafts.forget_old_drafts()


@shared_task
def ask_for_satisfaction_task() -> None:
    satisfaction.ask_for_satisfaction()


def register() -> None:
    """Say which task does the work of which rows."""
    work.register(Document, render_document_task)
    work.register(ArchivePart, gather_archive_task)
