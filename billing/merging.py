"""Which rows of billing follow their organisation when two of them are found to be one.

What the documents say stays frozen: only the organisation they hang on changes.
"""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from billing.ledger.chain import inscribe
from billing.models import (
    Delivery,
    Invoice,
    InvoiceDraft,
    LedgerEntry,
    Objective,
    Quote,
    ReminderPause,
    SepaMandate,
    Subscription,
    Trial,
)
from crm.merging import register_mover
from crm.models import Organization


def register() -> None:
    """Add our tables to what a merge moves."""
    register_mover(Quote, _("devis"))
    register_mover(Subscription, _("abonnements"))
    register_mover(Trial, _("essais"))
    register_mover(Invoice, _("factures"), moved=_tell_ledger)
    register_mover(SepaMandate, _("mandats de prélèvement"))
    register_mover(ReminderPause, _("pause des rappels"), rows=_pause)
    register_mover(InvoiceDraft, _("brouillons de facture"))
    register_mover(Delivery, _("livraisons"))
    register_mover(Objective, _("objectifs"))


def _tell_ledger(invoices: list[int]) -> None:
    """The organisation of an invoice is sealed: the ledger says that a merge changed it."""
    for invoice in Invoice.objects.filter(pk__in=invoices).order_by("pk"):
        inscribe(invoice, event=LedgerEntry.Event.MOVED)


def _pause(absorbed: Organization, kept: Organization) -> "QuerySet[ReminderPause]":
    """The delay agreed with the absorbed row, unless the kept one has its own."""
    if ReminderPause.objects.filter(organization=kept).exists():
        return ReminderPause.objects.none()
    return ReminderPause.objects.filter(organization=absorbed)
