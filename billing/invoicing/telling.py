"""An invoice leaves by mail once, when its file is there; sales and membership fees of one day leave together."""

from django.db import models, transaction

from billing.invoicing.fees import companion_of
from billing.models import Invoice
from billing.people import reader_of_invoices
from hosters.mail import queue_mail
from hosters.models import Mail

CREDIT = "credit_note_issued"
ALONE, BOTH = "invoice_issued", "invoice_and_fees_issued"


@transaction.atomic
def tell_invoice(invoice: Invoice) -> None:
    """Queue the mail of a document whose file was just written. Called again, or for both halves at once by two
    workers: one mail."""
    other = companion_of(invoice)
    first = other if other and invoice.fees else invoice
    Invoice.objects.select_for_update(of=("self",)).get(pk=first.pk)
    if other is None:
        _queue_once(CREDIT if invoice.is_credit else ALONE, invoice)
        return
    other.document.refresh_from_db(fields=["sha256"])
    if other.document.sha256:
        _queue_once(BOTH, first)


def was_told(invoice: Invoice) -> bool:
    """Whether the mail of an invoice was queued already."""
    other = companion_of(invoice)
    first = other if other and invoice.fees else invoice
    return _mails((ALONE, BOTH), first).exists()


def _queue_once(kind: str, invoice: Invoice) -> None:
    if not _mails((kind,), invoice).exists():
        to = reader_of_invoices(invoice.contact).email
        queue_mail(hoster=invoice.hoster, kind=kind, to=to, reference=invoice.pk)


def _mails(kinds: tuple[str, ...], invoice: Invoice) -> models.QuerySet[Mail]:
    return Mail.objects.filter(hoster=invoice.hoster, kind__in=kinds, reference=str(invoice.pk))
