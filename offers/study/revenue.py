"""Where the money of a year comes from: planned, received, and whether it pays for the year (002-005 to 002-009)."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from hosters.models import Hoster
from offers.models import SOLD, RevenueKind, RevenueSource
from offers.receipts import receipts_of
from offers.study.costs import read_costs
from pricing.engine.money import ZERO, percentages


class Balance(models.TextChoices):
    """What is left once everything is paid, in the words of the course (002-006)."""

    DEFICIT = "deficit", _("en déficit : il manque de quoi payer les dépenses")
    VIABLE = "viable", _("viable : les recettes paient les dépenses")
    PROFITABLE = "profitable", _("rentable : il reste un excédent")


@dataclass(frozen=True)
class SourceOfYear:
    """One kind of revenue. `planned`, `received`: EUR HT; the shares are percents of the year, 100 together."""

    label: str
    lines: list[RevenueSource]
    planned: Decimal
    invoiced: Decimal
    by_hand: Decimal
    planned_share: int
    received_share: int

    @property
    def received(self) -> Decimal:
        return self.invoiced + self.by_hand


@dataclass(frozen=True)
class RevenuePlan:
    """A year. `costs`: everything that its plan of costs asks for, EUR HT."""

    year: int
    years: list[int]
    sources: list[SourceOfYear]
    planned: Decimal
    received: Decimal
    costs: Decimal

    @property
    def left(self) -> Decimal:
        """EUR HT of the plan, below zero when it lacks."""
        return self.planned - self.costs

    @property
    def balance(self) -> Balance:
        return balance_of(self.planned, self.costs)


def balance_of(revenue: Decimal, costs: Decimal) -> Balance:
    """Below zero, at zero, above (002-006)."""
    if revenue < costs:
        return Balance.DEFICIT
    return Balance.VIABLE if revenue == costs else Balance.PROFITABLE


def read_revenue(hoster: Hoster, *, year: int) -> RevenuePlan:
    """The year as planned and as it went: a number of queries that does not grow."""
    noted = list(RevenueSource.objects.filter(hoster=hoster))
    lines: dict[str, list[RevenueSource]] = defaultdict(list)
    for each in noted:
        if each.year == year:
            lines[each.kind].append(each)
    invoiced = receipts_of(hoster, year)
    planned = {kind: sum((each.planned for each in lines[kind]), ZERO) for kind in RevenueKind}
    by_hand = {kind: sum((each.received for each in lines[kind]), ZERO) for kind in RevenueKind}
    came = {kind: by_hand[kind] + invoiced.get(kind, ZERO) for kind in RevenueKind}
    planned_shares, received_shares = _shares(planned), _shares(came)
    sources = [
        SourceOfYear(
            label=str(kind.label),
            lines=lines[kind],
            planned=planned[kind],
            invoiced=invoiced.get(kind, ZERO),
            by_hand=by_hand[kind],
            planned_share=planned_shares[kind],
            received_share=received_shares[kind],
        )
        for kind in RevenueKind
        if lines[kind] or came[kind] or kind in SOLD
    ]
    return RevenuePlan(
        year=year,
        years=sorted({each.year for each in noted} | {year}, reverse=True),
        sources=sources,
        planned=sum(planned.values(), ZERO),
        received=sum(came.values(), ZERO),
        costs=read_costs(hoster, year=year).scenario.target,
    )


def _shares(amounts: dict[RevenueKind, Decimal]) -> dict[RevenueKind, int]:
    return dict(zip(amounts, percentages(list(amounts.values())), strict=True))
