"""Invoices: issued from the frozen quote of a subscription, one for each day on which something is due."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.documents.issue import new_document
from billing.models import Invoice, InvoiceLine, NumberSeries, QuoteLine, Subscription
from billing.numbering import take_number
from billing.totals import bill_of, invoice_line, vat_rows_to_json
from pricing.engine import Cadence


@transaction.atomic
def issue_invoice(*, subscription: Subscription, months: int) -> Invoice | None:
    """Issue what is due `months` after the start of a subscription, paid in advance (002-042).

    Returns:
        The new invoice, or None when that day already has one.
    """
    locked = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
    start = locked.day(months)
    if Invoice.objects.filter(subscription=locked, period_start=start).exists():
        return None
    return _issue(locked, months, start)


def due_lines(subscription: Subscription, months: int) -> list[QuoteLine]:
    """The lines due that many months after the start; none on most months of an annual subscription."""
    return [
        line for line in subscription.quote.lines.all() if _is_due(line, subscription.term_months, months)
    ]


def _is_due(line: QuoteLine, term_months: int, months: int) -> bool:
    """A period is due at its start, a membership at each anniversary, the rest once."""
    if line.cadence == Cadence.PERIOD:
        period, rest = divmod(months, term_months)
        return rest == 0 and (line.periods is None or period < line.periods)
    if line.cadence == Cadence.YEARLY:
        year, rest = divmod(months, 12)
        return rest == 0 and year + 1 >= line.from_year
    return months == 0


def _issue(subscription: Subscription, months: int, start: date) -> Invoice:
    quote, hoster, today = subscription.quote, subscription.hoster, timezone.localdate()
    billed = bill_of(due_lines(subscription, months))
    number = take_number(hoster=hoster, kind=NumberSeries.Kind.INVOICE, on=today)
    covers = subscription.term_months if months % subscription.term_months == 0 else 12
    invoice = Invoice.objects.create(
        hoster=hoster,
        number=number,
        organization=subscription.organization,
        subscription=subscription,
        issued_on=today,
        due_on=today + timedelta(days=hoster.payment_days),
        period_start=start,
        period_end=subscription.day(months + covers) - timedelta(days=1),
        seller=quote.seller,
        buyer=quote.buyer,
        subject=_("%(offer)s, devis %(number)s") % {"offer": quote.promise["offer"], "number": quote.number},
        mention=quote.mention,
        vat_rows=vat_rows_to_json(billed),
        net=billed.net,
        vat=billed.vat,
        gross=billed.gross,
        document=new_document(hoster=hoster, name=f"facture-{number}.pdf"),
    )
    InvoiceLine.objects.bulk_create(
        invoice_line(invoice, position, each) for position, each in enumerate(billed.lines, start=1)
    )
    return invoice
