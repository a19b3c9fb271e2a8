"""Invoices of a subscription: from its frozen quote, one for each day on which something is due."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from billing.invoicing.deposits import deductions
from billing.invoicing.fees import Part, parted
from billing.invoicing.issuing import Piece, issue_piece
from billing.models import Invoice, QuoteLine, Subscription
from billing.parties import completed
from billing.subscriptions.periods import last_day_of, owed_lines
from billing.totals import invoice_lines
from pricing.engine import Cadence
from pricing.mentions import MEMBERSHIP_MENTION


@transaction.atomic
def issue_invoices(*, subscription: Subscription, months: int) -> list[Invoice]:
    """Issue what is due `months` after the start of a subscription, paid in advance (002-042): the sales, then the
    membership fees outside VAT on a document of their own (INV-21).

    Returns:
        The new invoices; none when that day already has its own, or when nothing is owed: an invoice of 0 € is not
        issued (002-036).
    """
    locked = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
    start = locked.day(months)
    kind = Invoice.Kind.INVOICE
    if Invoice.objects.filter(subscription=locked, period_start=start, kind=kind).exists():
        return []
    parts = parted(owed_lines(locked, months), mention=locked.quote.mention)
    owed = (part for part in parts if sum(line.amount for line in part.lines))
    return [_issue(locked, part, months, start) for part in owed]


def _issue(subscription: Subscription, part: Part[QuoteLine], months: int, start: date) -> Invoice:
    quote, due = subscription.quote, part.lines
    told = {"offer": quote.promise["offer"], "number": quote.number}
    piece = Piece(
        hoster=subscription.hoster,
        organization=subscription.organization,
        contact=quote.contact,
        seller=quote.seller,
        buyer=completed(quote.buyer, subscription.organization),
        subject=(_("Cotisation, devis %(number)s") if part.fees else _("%(offer)s, devis %(number)s")) % told,
        mention=MEMBERSHIP_MENTION if part.fees else quote.mention,
        subscription=subscription,
        quote=quote,
        fees=part.fees,
        order_number=subscription.order_number,
        period=(start, last_day_of(subscription, due, months)),
    )
    lines = invoice_lines(due)
    for line, source in zip(lines, due, strict=True):
        line.term_months = source.term_months if source.cadence == Cadence.PERIOD else None
    return issue_piece(piece, lines + deductions(quote, lines))
