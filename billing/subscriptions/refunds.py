"""What is given back when a contract ends before what was paid: by days, line by line, and a credit note for each."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.invoicing.credit_notes import Credited, issue_credit_note
from billing.invoicing.remaining import remaining
from billing.models import Invoice, InvoiceLine, Subscription, SubscriptionEnd
from billing.subscriptions.periods import DAY
from pricing.dates import date_format
from pricing.engine import Cadence
from pricing.engine.money import ZERO, cents


@dataclass(frozen=True)
class Refund:
    """What is taken back of one invoice (EUR), line by line."""

    invoice: Invoice
    lines: list[Credited]

    @property
    def gross(self) -> Decimal:
        return sum((each.gross for each in self.lines), ZERO)


def refunds_of(
    subscription: Subscription,
    *,
    last_day: date,
    since: date | None,
    everything: bool = False,
    until: Invoice | None = None,
) -> list[Refund]:
    """What goes beyond the last day, on the invoices whose period begins on `since` or later; None: nothing.

    Never more than what is left of a line. A line paid once, and a membership already begun, are kept, unless
    everything is given back. Invoices made after `until` knew the end already.
    """
    if since is None:
        return []
    rows = Invoice.objects.filter(
        subscription=subscription, kind=Invoice.Kind.INVOICE, period_start__gte=since
    )
    if until is not None:
        rows = rows.filter(pk__lte=until.pk)
    found = [
        Refund(invoice, _lines(subscription, invoice, last_day, everything))
        for invoice in rows.order_by("period_start", "pk")
    ]
    return [refund for refund in found if refund.gross > 0]


def refunds_of_end(end: SubscriptionEnd) -> list[Refund]:
    """What a decided end gives back, of what is left of its invoices now."""
    if end.last_invoice is None:
        return []
    return refunds_of(
        end.subscription,
        last_day=end.ends_on,
        since=end.refund_from,
        everything=end.everything,
        until=end.last_invoice,
    )


def issue_refunds(end: SubscriptionEnd) -> list[Invoice]:
    """A credit note for each, in the transaction that ends the contract."""
    told = {"day": date_format(end.ends_on, "j F Y")}
    reason = _("Fin du contrat : dernier jour le %(day)s, le temps payé au-delà est rendu.") % told
    return [
        issue_credit_note(invoice=each.invoice, lines=each.lines, reason=reason, by=None)
        for each in refunds_of_end(end)
    ]


def _lines(subscription: Subscription, invoice: Invoice, last_day: date, everything: bool) -> list[Credited]:
    wanted = []
    for line, rest in remaining(invoice).items():
        amount = rest.gross if everything else _beyond(subscription, invoice, line, last_day)
        if amount and rest.gross:
            kept = min(amount, rest.gross) if amount > 0 else max(amount, rest.gross)
            wanted.append(Credited(line, kept))
    return wanted


def _beyond(subscription: Subscription, invoice: Invoice, line: InvoiceLine, last_day: date) -> Decimal:
    """The part of a line that pays for days after the last one (EUR): an invoice may hold a month and a year."""
    if line.cadence != Cadence.PERIOD or invoice.period_start is None or invoice.period_end is None:
        return ZERO
    months = subscription.months_begun(invoice.period_start)
    after = invoice.period_end + DAY
    if line.term_months:
        after = subscription.day(months + line.term_months)
    whole = (after - invoice.period_start).days
    unused = min(whole, (after - last_day).days - 1)
    return cents(line.amount * unused / whole) if unused > 0 else ZERO
