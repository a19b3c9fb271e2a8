"""Monthly recurring revenue and its movement, from subscriptions and the frozen lines of their quotes (004-034)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal

from django.db.models import Sum

from billing.models import QuoteLine
from hosters.models import Hoster
from pricing.engine import Cadence
from pricing.periods import months_after

ZERO = Decimal(0)
HUNDRED = Decimal(100)
YEAR = 12  # months
#: What clients pay on a day: EUR without VAT, for a month, by organisation.
Levels = Mapping[int, Decimal]


@dataclass(frozen=True)
class Contract:
    """A subscription as revenue: EUR without VAT, for a month. `ended_on` None while it runs."""

    pk: int
    organization: int
    started_on: date
    ended_on: date | None
    monthly: Decimal

    def runs(self, day: date) -> bool:
        return self.started_on <= day and (self.ended_on is None or self.ended_on > day)

    def next_anniversary(self, day: date) -> date:
        """The first end of a year of contract from that day on."""
        years = max(1, day.year - self.started_on.year)
        found = months_after(self.started_on, YEAR * years)
        return found if found >= day else months_after(self.started_on, YEAR * (years + 1))


@dataclass(frozen=True)
class Movement:
    """What changed the recurring revenue between two days, by client: EUR without VAT, for a month."""

    new: Decimal
    up: Decimal
    down: Decimal
    lost: Decimal
    clients_lost: int

    @property
    def net(self) -> Decimal:
        return self.new + self.up - self.down - self.lost


def contracts_of(hoster: Hoster) -> list[Contract]:
    """Every paid subscription that ever ran, with what its periods bring in a month.

    One-off work, yearly memberships and the lines of a welcome discount, which end, are no recurring revenue; who has
    a free plan is no client (002-131).
    """
    rows = QuoteLine.objects.filter(
        quote__subscription__hoster=hoster, cadence=Cadence.PERIOD, kept=True, periods=None
    )
    sub = "quote__subscription__"
    grouped = rows.order_by().values_list(
        f"{sub}pk", f"{sub}organization_id", f"{sub}started_on", f"{sub}ended_on", "rate", "term_months"
    )
    monthly: dict[tuple[int, int, date, date | None], Decimal] = defaultdict(Decimal)
    for *contract, rate, months, amount in grouped.annotate(Sum("amount")):
        monthly[tuple(contract)] += amount * HUNDRED / ((HUNDRED + rate) * months)
    return [Contract(*key, value) for key, value in monthly.items() if value]


def levels_on(contracts: Iterable[Contract], day: date) -> Levels:
    """What each client pays that day; 0 for a client whose contract is free."""
    levels: dict[int, Decimal] = defaultdict(Decimal)
    for each in contracts:
        if each.runs(day):
            levels[each.organization] += each.monthly
    return levels


def recurring(levels: Levels) -> Decimal:
    """EUR without VAT, for a month, of all clients."""
    return sum(levels.values(), ZERO)


def movement(before: Levels, after: Levels) -> Movement:
    """A client who comes, pays more, pays less or leaves between two days; changing contract is no departure."""
    new = up = down = lost = ZERO
    gone = 0
    for client in before.keys() | after.keys():
        was, now = before.get(client, ZERO), after.get(client, ZERO)
        new += now if not was else ZERO
        lost += was if not now else ZERO
        gone += bool(was and not now)
        up += max(now - was, ZERO) if was and now else ZERO
        down += max(was - now, ZERO) if was and now else ZERO
    return Movement(new, up, down, lost, gone)


def renewals(contracts: Iterable[Contract], day: date, *, within: int) -> list[Contract]:
    """The running contracts whose year ends within that many days, the soonest first."""
    last = day + timedelta(days=within)
    due = [each for each in contracts if each.runs(day) and each.next_anniversary(day) <= last]
    return sorted(due, key=lambda each: (each.next_anniversary(day), each.pk))
