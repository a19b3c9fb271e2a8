"""The one place where a document takes its number: invoice, deposit invoice, credit note, corrective invoice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from billing.documents.issue import new_document
from billing.invoicing.mentions import sentences_for
from billing.invoicing.profiles import Profile, profile_of
from billing.invoicing.routes import route_of, route_of_fees
from billing.ledger.chain import inscribe
from billing.models import Invoice, InvoiceKind, InvoiceLine, NumberSeries, Quote, Subscription
from billing.numbering import take_number
from billing.sepa.announcing import announce_debit
from billing.standing import note_standing
from crm.models import Contact, Organization
from hosters.models import Hoster, User
from pricing.engine.money import HUNDRED, ZERO, cents

#: CCP R2192-10: what was agreed may be shorter, never longer.
PUBLIC_DAYS = 30
#: What the file of each kind is called.
FILE_NAMES = {
    InvoiceKind.INVOICE: "facture",
    InvoiceKind.DEPOSIT: "acompte",
    InvoiceKind.CREDIT_NOTE: "avoir",
    InvoiceKind.CORRECTIVE: "facture-rectificative",
}


@dataclass(frozen=True)
class Piece:
    """A document ready to be issued: whom it is for, what it says, where it comes from.

    `seller` and `buyer` are the parties as they will be printed (`billing.parties`).
    """

    hoster: Hoster
    organization: Organization
    contact: Contact
    seller: dict[str, Any]
    buyer: dict[str, Any]
    subject: str
    mention: str
    kind: InvoiceKind = InvoiceKind.INVOICE
    subscription: Subscription | None = None
    quote: Quote | None = None
    corrects: Invoice | None = None
    reason: str = ""
    fees: bool = False
    order_number: str = ""
    period: tuple[date | None, date | None] = (None, None)
    by: User | None = None
    key: UUID | None = None


@transaction.atomic
def issue_piece(piece: Piece, lines: Sequence[InvoiceLine]) -> Invoice:
    """Take the number, write the document and its lines, have its PDF made after the commit. With a mandate,
    its debit is announced on it (SEP-02)."""
    today = timezone.localdate()
    name = "cotisation" if piece.fees and piece.kind == InvoiceKind.INVOICE else FILE_NAMES[piece.kind]
    number = take_number(hoster=piece.hoster, kind=NumberSeries.Kind(piece.kind.value), on=today)
    invoice = written(piece, lines, on=today)
    invoice.number = number
    invoice.document = new_document(hoster=piece.hoster, name=f"{name}-{number}.pdf")
    invoice.save(force_insert=True)
    for position, line in enumerate(lines, start=1):
        line.invoice, line.position = invoice, position
    InvoiceLine.objects.bulk_create(lines)
    inscribe(invoice)
    note_standing(each.pk for each in (invoice, piece.corrects) if each)
    announce_debit(invoice=invoice)
    return invoice


def written(piece: Piece, lines: Sequence[InvoiceLine], *, on: date) -> Invoice:
    """What the document says, still without a number and kept nowhere: a preview is made of it too.

    What is to pay is the sum of the lines, whose net, VAT and amount are settled already; the VAT of a rate is worked
    out on its net (`vat_rows_of`).
    """
    rows = vat_rows_of(lines)
    start, end = piece.period
    sentences = sentences_for(profile_of(piece.organization), kind=piece.kind, on=on)
    return Invoice(
        hoster=piece.hoster,
        kind=piece.kind,
        organization=piece.organization,
        contact=piece.contact,
        subscription=piece.subscription,
        quote=piece.quote,
        corrects=piece.corrects,
        reason=piece.reason,
        fees=piece.fees,
        issued_on=on,
        due_on=_due_on(piece, on),
        period_start=start,
        period_end=end,
        seller=piece.seller,
        buyer=piece.buyer,
        subject=piece.subject[:200],
        order_number=piece.order_number,
        mention=piece.mention,
        mentions=sentences,
        route=_route(piece),
        vat_rows=rows,
        **{name: _total(rows, name) for name in ("net", "vat", "gross")},
        issued_by=piece.by,
        key=piece.key,
    )


def _route(piece: Piece) -> str:
    """A credit note travels as the invoice that it credits; membership fees are no sale, and do not travel (EIN-10)."""
    if piece.kind == InvoiceKind.CREDIT_NOTE and piece.corrects and piece.corrects.route:
        return piece.corrects.route
    routed = route_of_fees() if piece.fees else route_of(piece.hoster, piece.organization)
    return routed.route.value


def vat_rows_of(lines: Sequence[InvoiceLine]) -> list[dict[str, str]]:
    """One row per VAT category and rate (INV-10, 11°), the highest rate first.

    The VAT of a rate is its net times the rate, rounded (EN 16931, BR-CO-17). `gross` is what is to pay: a cent away
    from net + VAT when no net gives an amount typed TTC back (9,99 € at 20 %), which is `Invoice.rounding` (BT-114).
    """
    rows: dict[tuple[str, Decimal], list[Decimal]] = {}
    for line in lines:
        sums = rows.setdefault((line.category, line.rate), [ZERO, ZERO])
        for index, amount in enumerate((line.net, line.amount)):
            sums[index] += amount
    ordered = sorted(rows.items(), key=lambda item: (-item[0][1], item[0][0]))
    return [
        {
            "category": category,
            "rate": str(rate),
            "net": str(net),
            "vat": str(cents(net * rate / HUNDRED)),
            "gross": str(gross),
        }
        for (category, rate), (net, gross) in ordered
    ]


def _total(rows: list[dict[str, str]], name: str) -> Decimal:
    return sum((Decimal(row[name]) for row in rows), ZERO)


def _due_on(piece: Piece, today: date) -> date:
    """A credit note is not to be paid: its own day. A public buyer has thirty days, by law (DUE-02)."""
    if piece.kind == InvoiceKind.CREDIT_NOTE:
        return today
    days = piece.hoster.payment_days
    if profile_of(piece.organization) == Profile.PUBLIC:
        days = min(days, PUBLIC_DAYS)
    return today + timedelta(days=days)
