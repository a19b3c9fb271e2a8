"""The turnover of any period, on demand, from the frozen rows: what dispenses from periodic closings (ISC-03)."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models

from billing.accounting.thresholds import Ceiling, ceiling_of
from billing.models import Invoice, InvoiceKind, Payment
from hosters.models import Hoster
from pricing.engine import VatCategory, VatRegime
from pricing.engine.money import ZERO


@dataclass(frozen=True)
class RateRow:
    """What was issued at one VAT category and rate, credit notes taken off (EUR)."""

    category: str
    rate: Decimal
    net: Decimal
    vat: Decimal

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat


@dataclass(frozen=True)
class Turnover:
    """What was issued, by kind and by rate, and what was received, by means (EUR; what is given back is negative)."""

    start: date
    end: date
    kinds: list[tuple[str, int, Decimal]]
    rates: list[RateRow]
    received: list[tuple[str, int, Decimal]]

    @property
    def net(self) -> Decimal:
        return sum((row.net for row in self.rates), ZERO)

    @property
    def vat(self) -> Decimal:
        return sum((row.vat for row in self.rates), ZERO)

    @property
    def gross(self) -> Decimal:
        return self.net + self.vat

    @property
    def received_total(self) -> Decimal:
        return sum((amount for _label, _count, amount in self.received), ZERO)


@dataclass(frozen=True)
class Watch:
    """How far the turnover of a year is from the ceiling of the regime. Dues outside VAT do not count."""

    ceiling: Ceiling
    done: Decimal

    @property
    def share(self) -> int:
        return int(100 * self.done / self.ceiling.ceiling)

    @property
    def above(self) -> bool:
        return self.done > self.ceiling.ceiling

    @property
    def far_above(self) -> bool:
        return self.ceiling.raised is not None and self.done > self.ceiling.raised


def turnover(hoster: Hoster, *, start: date, end: date) -> Turnover:
    """Both days included: documents by their date of issue, money by the day on which it came."""
    counts: dict[str, int] = defaultdict(int)
    sums: dict[str, Decimal] = defaultdict(Decimal)
    rates: dict[tuple[str, Decimal], list[Decimal]] = defaultdict(lambda: [ZERO, ZERO])
    issued = Invoice.objects.filter(hoster=hoster, issued_on__range=(start, end))
    for kind, rows, net in issued.values_list("kind", "vat_rows", "net").iterator():
        sign = -1 if kind == InvoiceKind.CREDIT_NOTE else 1
        counts[kind] += 1
        sums[kind] += sign * net
        for row in rows:
            amounts = rates[row["category"], Decimal(row["rate"])]
            amounts[0] += sign * Decimal(row["net"])
            amounts[1] += sign * Decimal(row["vat"])
    return Turnover(
        start,
        end,
        [(str(kind.label), counts[kind], sums[kind]) for kind in InvoiceKind if counts[kind]],
        [RateRow(*key, *amounts) for key, amounts in sorted(rates.items(), key=lambda item: item[0])],
        _received(hoster, start, end),
    )


def watch(hoster: Hoster, year: Turnover) -> Watch | None:
    """The turnover of a year so far against the ceiling of the hoster's regime; None where no ceiling watches it."""
    ceiling = ceiling_of(VatRegime(hoster.vat_regime), year.end)
    if ceiling is None:
        return None
    counted = [row.net for row in year.rates if row.category != VatCategory.OUT_OF_SCOPE.value]
    return Watch(ceiling, sum(counted, ZERO))


def _received(hoster: Hoster, start: date, end: date) -> list[tuple[str, int, Decimal]]:
    rows = Payment.objects.filter(invoice__hoster=hoster, received_on__range=(start, end))
    summed = rows.values_list("method").annotate(models.Count("pk"), models.Sum("amount")).order_by("method")
    labels = dict(Payment.Method.choices)
    return [(str(labels.get(method, method)), count, amount) for method, count, amount in summed]
