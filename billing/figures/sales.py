"""What was invoiced, without VAT: by month, by kind of revenue, from contracts in their first year and from the rest
(004-041)."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Case, F, IntegerField, QuerySet, Sum, Value, When
from django.db.models.functions import TruncMonth
from django.utils.translation import gettext_lazy as _

from billing.models import Invoice, InvoiceLine
from billing.models.lines import PricedLine
from hosters.models import Hoster
from pricing.periods import months_after

MONTHS = 12
#: A contract is new during its first year. In days, one more than the longest year: a leap year is a year too.
FIRST_YEAR = timedelta(days=365)
#: Deposits, which their final invoice takes back, and documents issued before lines had a nature.
UNTOLD = _("acomptes, et lignes d’avant")


@dataclass(frozen=True)
class Month:
    """What one month invoiced: EUR without VAT, from contracts in their first year and from everything else."""

    first_day: date
    new: Decimal
    older: Decimal

    @property
    def total(self) -> Decimal:
        return self.new + self.older


@dataclass(frozen=True)
class Kind:
    """A kind of revenue: EUR without VAT over the months, and its share in percent."""

    label: str
    amount: Decimal
    share: int

    @property
    def tiny(self) -> bool:
        """Whether its share is something that whole percents cannot say."""
        return self.amount > 0 and not self.share

    @property
    def bar(self) -> int:
        """The length of its bar, from 0 to 100: seen when there is something, none when credit notes outweigh it."""
        return min(100, max(self.share, 1)) if self.amount > 0 else 0


@dataclass(frozen=True)
class Sales:
    """Twelve months to this one, the oldest first, and where the money comes from."""

    months: Sequence[Month]
    kinds: Sequence[Kind]


def first_month(today: date) -> date:
    """The first day of the twelve months that end with this one."""
    return months_after(today.replace(day=1), 1 - MONTHS)


def invoiced_lines(hoster: Hoster, today: date) -> "QuerySet[InvoiceLine]":
    """The lines of the documents of these months; those of a credit note are stored positive."""
    return InvoiceLine.objects.filter(
        invoice__hoster=hoster, invoice__issued_on__gte=first_month(today), invoice__issued_on__lte=today
    )


def sales_of(hoster: Hoster, *, today: date) -> Sales:
    """The invoices issued this month and in the eleven before."""
    first = first_month(today)
    rows = invoiced_lines(hoster, today)
    end_of_newness = F("invoice__subscription__started_on") + FIRST_YEAR
    is_new = When(invoice__issued_on__lt=end_of_newness, then=Value(1))
    grouped = rows.order_by().values_list(
        TruncMonth("invoice__issued_on"),
        "nature",
        Case(is_new, default=Value(0), output_field=IntegerField()),
    )
    months: dict[tuple[date, int], Decimal] = defaultdict(Decimal)
    kinds: dict[str, Decimal] = defaultdict(Decimal)
    credited = When(invoice__kind=Invoice.Kind.CREDIT_NOTE, then=-F("net"))
    for month, nature, new, net in grouped.annotate(sum=Sum(Case(credited, default=F("net")))):
        months[month, new] += net
        kinds[nature] += net
    days = [months_after(first, number) for number in range(MONTHS)]
    return Sales([Month(day, months[day, 1], months[day, 0]) for day in days], _kinds(kinds))


def _kinds(amounts: dict[str, Decimal]) -> list[Kind]:
    """Every nature in the order of its choices; objects when some were sold; what has none comes last, if any."""
    total = sum(amounts.values())
    goods = PricedLine.Nature.GOODS.value
    choices = [(code, str(label)) for code, label in PricedLine.Nature.choices]
    labels = [(code, label) for code, label in choices if code != goods or amounts.get(goods)]
    if amounts.get(""):
        labels.append(("", str(UNTOLD)))
    return [
        Kind(label, amounts[code], round(100 * amounts[code] / total) if total else 0)
        for code, label in labels
    ]
