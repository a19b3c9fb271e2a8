"""Everything that the dashboard shows, in few queries."""

from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from billing.figures.pending import Age, Pending, pending_of, total, unpaid_of
from billing.figures.recurring import (
    Contract,
    Movement,
    contracts_of,
    levels_on,
    movement,
    recurring,
    renewals,
)
from billing.figures.rows import RENEWAL_DAYS
from billing.figures.sales import MONTHS, Sales, sales_of
from funnel.report import Row, funnel_report, nobody
from hosters.models import Hoster
from pricing.periods import months_after

FUNNEL_DAYS = 30
CENT = Decimal("0.01")


@dataclass(frozen=True)
class MonthOfRevenue:
    """The recurring revenue at the end of a month (EUR without VAT) and what moved it."""

    first_day: date
    recurring: Decimal
    moved: Movement


@dataclass(frozen=True)
class Board:
    """The figures of one day."""

    today: date
    recurring: Decimal
    clients: int
    moved: Movement
    months: list[MonthOfRevenue]
    to_renew: list[Contract]
    left: int
    clients_before: int
    pending: Pending
    unpaid: list[Age]
    sales: Sales
    funnel: list[Row]

    @property
    def churn(self) -> Decimal | None:
        """Clients of a year ago who left since, in percent; None when there was none."""
        if not self.clients_before:
            return None
        return (Decimal(100) * self.left / self.clients_before).quantize(Decimal("0.1"), ROUND_HALF_UP)

    @property
    def nobody_came(self) -> bool:
        """Whether the funnel has nothing to draw."""
        return nobody(self.funnel)

    @property
    def unpaid_total(self) -> Decimal:
        return total(self.unpaid)

    @property
    def unpaid_number(self) -> int:
        return sum(age.number for age in self.unpaid)

    @property
    def to_renew_monthly(self) -> Decimal:
        return rounded(sum((each.monthly for each in self.to_renew), Decimal(0)))


def board_of(hoster: Hoster, *, today: date) -> Board:
    """Recomputed from documents and counters each time: nothing is kept, so nothing can be out of date."""
    contracts = contracts_of(hoster)
    now, a_year_ago = (levels_on(contracts, day) for day in (today, months_after(today, -MONTHS)))
    months = _months(contracts, today)
    return Board(
        today=today,
        recurring=rounded(recurring(now)),
        clients=len(now),
        moved=months[-1].moved,
        months=months,
        to_renew=renewals(contracts, today, within=RENEWAL_DAYS),
        left=movement(a_year_ago, now).clients_lost,
        clients_before=len(a_year_ago),
        pending=pending_of(hoster, today=today),
        unpaid=unpaid_of(hoster, today=today),
        sales=sales_of(hoster, today=today),
        funnel=funnel_report(hoster, since=today - timedelta(days=FUNNEL_DAYS - 1), until=today),
    )


def rounded(amount: Decimal) -> Decimal:
    """To the cent, half up."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def _months(contracts: list[Contract], today: date) -> list[MonthOfRevenue]:
    """The eleven months before this one, then this one until today."""
    firsts = [months_after(today.replace(day=1), -back) for back in range(MONTHS - 1, -1, -1)]
    ends = [*map(_eve, firsts), today]  # the last day of each month is the eve of the next
    levels = [levels_on(contracts, day) for day in ends]
    return [
        MonthOfRevenue(first, rounded(recurring(after)), movement(before, after))
        for first, (before, after) in zip(firsts, pairwise(levels), strict=True)
    ]


def _eve(day: date) -> date:
    return day - timedelta(days=1)
