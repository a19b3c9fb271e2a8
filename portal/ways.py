"""How an invoice may be paid from the space: a debit that is coming, or a transfer and its code."""

from collections.abc import Sequence
from dataclasses import dataclass

from billing.documents.transfer import Drawing, transfer_code
from billing.models import DebitOrder, Invoice


@dataclass(frozen=True)
class Way:
    """One of both: a transfer is not proposed while a debit is coming, so that nobody pays twice."""

    code: Drawing | None
    debit: DebitOrder | None


def payment_ways(invoices: Sequence[Invoice]) -> list[tuple[Invoice, Way]]:
    """Each invoice to pay with its way; the code asks for what is left to pay today."""
    coming = DebitOrder.objects.filter(invoice__in=invoices, state=DebitOrder.State.ANNOUNCED)
    debits = {each.invoice_id: each for each in coming.select_related("mandate")} if invoices else {}
    return [(each, _way(each, debits.get(each.pk))) for each in invoices]


def _way(invoice: Invoice, debit: DebitOrder | None) -> Way:
    if debit:
        return Way(None, debit)
    seller = invoice.seller
    code = transfer_code(
        holder=seller["account_holder"], iban=seller["iban"], amount=invoice.balance(), text=invoice.number
    )
    return Way(code, None)
