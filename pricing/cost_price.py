"""What an offer costs, from how many clients it pays, what a year must bring (002-015 to 002-023).

Plain Python: amounts in EUR HT for a year, no query, no clock.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal

from pricing.engine.money import ZERO, cents

HUNDRED = Decimal(100)


@dataclass(frozen=True)
class Cost:
    """A line of the year. `per_client`: due for each client, else due once. `offer` "": shared by all offers."""

    family: str
    amount: Decimal
    per_client: bool = False
    offer: str = ""


@dataclass(frozen=True)
class CostPrice:
    """A year of one client: what it adds (`variable`), and that with its share of what is due anyway (`full`)."""

    variable: Decimal
    full: Decimal


@dataclass(frozen=True)
class PlannedSales:
    """An offer of the plan: what a client brings in a year, EUR HT, and how many are planned."""

    offer: str
    price: Decimal
    clients: int


@dataclass(frozen=True)
class Scenario:
    """A year as planned. `gap`: what still lacks to pay for everything; 0 when the plan holds."""

    target: Decimal
    revenue: Decimal

    @property
    def gap(self) -> Decimal:
        return max(self.target - self.revenue, ZERO)

    @property
    def percent(self) -> int:
        """How far the plan goes, 100 at most."""
        if self.target <= ZERO:
            return 100
        return min(int(self.revenue * HUNDRED / self.target), 100)


def cost_price(offer: str, costs: Sequence[Cost], clients: Mapping[str, int]) -> CostPrice:
    """What one client of an offer costs in a year.

    What is due anyway for this offer is shared between its planned clients; what is shared by all offers, between
    all planned clients. Without any planned client nothing can be shared: the full cost is the variable one.
    """
    variable = sum((each.amount for each in costs if each.per_client and each.offer in ("", offer)), ZERO)
    own = _fixed(costs, offer)
    shared = _fixed(costs, "")
    mine, everybody = clients.get(offer, 0), sum(clients.values())
    full = variable + (own / mine if mine else ZERO) + (shared / everybody if everybody else ZERO)
    return CostPrice(cents(variable), cents(full))


def break_even(fixed: Decimal, price: Decimal, variable: Decimal = ZERO) -> int | None:
    """The number of clients from which the costs are paid; None when no number is enough (BRK-01 to BRK-07)."""
    margin = price - variable
    if fixed <= ZERO and margin >= ZERO:
        return 0
    if margin <= ZERO:
        return None
    return int((fixed / margin).to_integral_value(rounding=ROUND_CEILING))


def fixed_costs(costs: Iterable[Cost]) -> Decimal:
    """What is due whoever comes."""
    return sum((each.amount for each in costs if not each.per_client), ZERO)


def scenario(costs: Sequence[Cost], sales: Iterable[PlannedSales]) -> Scenario:
    """What the plan brings, against everything that it costs (002-018, 002-019)."""
    planned = list(sales)
    variable = sum(
        (
            each.amount * plan.clients
            for plan in planned
            for each in costs
            if each.per_client and each.offer in ("", plan.offer)
        ),
        ZERO,
    )
    revenue = sum((plan.price * plan.clients for plan in planned), ZERO)
    return Scenario(fixed_costs(costs) + variable, revenue)


def missing_families(costs: Iterable[Cost], families: Iterable[str]) -> list[str]:
    """The families of costs for which nothing is planned (002-023)."""
    known = {each.family for each in costs if each.amount}
    return [family for family in families if family not in known]


def prestation_price(days: Decimal, daily_cost: Decimal, margin_percent: Decimal = ZERO) -> Decimal:
    """Days of work at their loaded cost (gross pay and employer charges), with a margin that may be 0 (002-016)."""
    return cents(days * daily_cost * (HUNDRED + margin_percent) / HUNDRED)


def _fixed(costs: Iterable[Cost], offer: str) -> Decimal:
    return sum((each.amount for each in costs if not each.per_client and each.offer == offer), ZERO)
