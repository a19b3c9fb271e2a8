"""Invoices of a subscription: from its frozen quote, one for each day on which something is due."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from billing.invoicing.deposits import deductions
from billing.invoicing.issuing import Piece, issue_piece
from billing.models import Invoice, Subscription
from billing.parties import completed
from billing.subscriptions.periods import last_day_of, owed_lines
from billing.totals import invoice_lines
from pricing.engine import Cadence


@transaction.atomic
def issue_invoice(*, subscription: Subscription, months: int) -> Invoice | None:
    """Issue what is due `months` after the start of a subscription, paid in advance (002-042).

    Returns:
        The new invoice, or None when that day already has one, or when nothing is owed.
    """
    locked = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
    start = locked.day(months)
    kind = Invoice.Kind.INVOICE
    if Invoice.objects.filter(subscription=locked, period_start=start, kind=kind).exists():
        return None
    return _issue(locked, months, start)


def _issue(subscription: Subscription, months: int, start: date) -> Invoice | None:
    quote = subscription.quote
    due = owed_lines(subscription, months)
    if not due:
        return None
    piece = Piece(
        hoster=subscription.hoster,
        organization=subscription.organization,
        contact=quote.contact,
        seller=quote.seller,
        buyer=completed(quote.buyer, subscription.organization),
        subject=_("%(offer)s, devis %(number)s") % {"offer": quote.promise["offer"], "number": quote.number},
        mention=quote.mention,
        subscription=subscription,
        quote=quote,
        period=(start, last_day_of(subscription, due, months)),
    )
    lines = invoice_lines(due)
    for line, source in zip(lines, due, strict=True):
        line.term_months = source.term_months if source.cadence == Cadence.PERIOD else None
    return issue_piece(piece, lines + deductions(quote, lines))
