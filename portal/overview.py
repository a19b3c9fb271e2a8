"""What an association sees of its affairs: each subscription with the invoice that comes next."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from stdnum import iban

from billing.invoices import due_lines
from billing.models import Subscription
from billing.totals import bill_of
from crm.models import Organization

YEAR = 12  # months


@dataclass(frozen=True)
class NextInvoice:
    """The day of the next invoice and its total (EUR), as the accepted quote says them."""

    on: date
    gross: Decimal


@dataclass(frozen=True)
class Running:
    """A subscription and its next invoice (None: nothing more is due, or it has ended)."""

    subscription: Subscription
    next_invoice: NextInvoice | None


def subscriptions_of(organization: Organization) -> list[Running]:
    """Every subscription of an association, the latest first."""
    rows = Subscription.objects.filter(organization=organization).select_related("quote")
    rows = rows.prefetch_related("quote__lines").order_by("-started_on", "-pk")
    return [Running(each, None if each.ended_on else next_invoice(each)) for each in rows]


def next_invoice(subscription: Subscription, *, after: date | None = None) -> NextInvoice | None:
    """The first invoice due after a day (today by default); None when nothing is left to pay."""
    day = after or timezone.localdate()
    months = 0
    while subscription.day(months) <= day:
        months += 1
    for later in range(months, months + max(YEAR, subscription.term_months)):
        if lines := due_lines(subscription, later):
            return NextInvoice(subscription.day(later), bill_of(lines).gross)
    return None


def readable_iban(number: str) -> str:
    """The account number by groups of four, as banks print it; "" for none."""
    return iban.format(number) if number else ""
