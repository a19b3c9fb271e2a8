"""Costs, break-even, scenarios, pieces of work (002-015 to 002-023, BRK-01 to BRK-08)."""

from decimal import Decimal

import pytest

from pricing.cost_price import (
    Cost,
    PlannedSales,
    break_even,
    cost_price,
    missing_families,
    prestation_price,
    scenario,
)

D = Decimal
RENT = Cost("infrastructure", D(100_000))


@pytest.mark.parametrize(
    ("price", "variable", "clients"),
    [
        ("1000", "0", 100),  # BRK-01
        ("100", "0", 1000),  # BRK-02, BRK-08
        ("50", "0", 2000),  # BRK-03
        ("30", "0", 3334),  # BRK-05
        ("10", "10", None),  # BRK-07
        ("5", "10", None),
    ],
)
def test_break_even(price: str, variable: str, clients: int | None) -> None:
    """002-020, 002-021."""
    assert break_even(D(100_000), D(price), D(variable)) == clients


def test_nothing_to_pay_is_paid_from_the_start() -> None:
    assert break_even(D(0), D(10), D(10)) == 0


def test_sum_of_the_costs_is_the_target() -> None:
    """002-018: 100 000."""
    costs = [Cost("payroll", D(60_000)), Cost("infrastructure", D(30_000)), Cost("savings", D(10_000))]
    assert scenario(costs, []).target == D(100_000)
    assert scenario(costs, []).gap == D(100_000)


def test_mix_of_sales_reaches_the_target() -> None:
    """002-019, BRK-04: 60 % of one, 40 % of the other."""
    sales = [PlannedSales("a", D(1000), 60), PlannedSales("b", D(100), 400)]
    found = scenario([RENT], sales)
    assert (found.revenue, found.gap, found.percent) == (D(100_000), D(0), 100)


def test_variable_costs_grow_with_the_sales() -> None:
    costs = [RENT, Cost("payroll", D(5), per_client=True, offer="a"), Cost("payroll", D(1), per_client=True)]
    found = scenario(costs, [PlannedSales("a", D(100), 10), PlannedSales("b", D(100), 10)])
    assert found.target == D(100_000) + D(60) + D(10)


def test_full_cost_shares_what_is_due_anyway() -> None:
    costs = [Cost("infrastructure", D(600)), Cost("payroll", D(100), offer="a"), Cost("payroll", D(30), True)]
    found = cost_price("a", costs, {"a": 10, "b": 20})
    assert (found.variable, found.full) == (D("30.00"), D("60.00"))


def test_full_cost_without_planned_client_is_the_variable_one() -> None:
    found = cost_price("a", [RENT, Cost("payroll", D(30), True)], {"a": 0})
    assert found.full == found.variable == D("30.00")


def test_forgotten_families_are_named() -> None:
    """002-023: typically the savings."""
    assert missing_families([RENT, Cost("savings", D(0))], ["infrastructure", "savings"]) == ["savings"]


@pytest.mark.parametrize(("margin", "price"), [("0", "500.00"), ("20", "600.00")])
def test_training_of_two_days(margin: str, price: str) -> None:
    """002-016: the margin may be nothing."""
    assert prestation_price(D(2), D(250), D(margin)) == D(price)
