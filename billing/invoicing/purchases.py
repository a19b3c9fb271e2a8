"""Whether an organisation still has what makes a client, once an invoice is credited (004-002)."""

from django.db.models import F
from django.utils.translation import gettext as _

from billing.models import Acceptance, Invoice, InvoiceDraft
from crm.stages import undo_purchase


def note_credit(*, invoice: Invoice, note: Invoice) -> None:
    """Say to the organisation of a credited invoice that it bought nothing after all, when that is so: it never
    accepted a quote, and no other invoice of it was paid. Called inside the crediting transaction."""
    organization = invoice.organization
    if InvoiceDraft.objects.filter(corrects=invoice).exists():  # another invoice takes its place
        return
    if Acceptance.objects.filter(quote__organization=organization).exists():
        return
    bought = Invoice.objects.filter(organization=organization).exclude(kind=Invoice.Kind.CREDIT_NOTE)
    paid = bought.with_paid().filter(paid__gt=0, credited__lt=F("gross"))  # type: ignore[misc]  # annotations
    if not paid.exists():
        told = {"number": invoice.number, "note": note.number}
        undo_purchase(
            organization=organization, evidence=_("facture %(number)s annulée par l’avoir %(note)s") % told
        )
