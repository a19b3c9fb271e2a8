"""Properties that hold for any tariff and any request."""

from dataclasses import replace
from decimal import Decimal, localcontext
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from pricing.engine import Cadence, Outcome, Selection, check_tariff, parse_tariff, price
from pricing.engine.money import ZERO
from tests.pricing.engine.baskets import random_case, random_tariff
from tests.pricing.engine.tariffs import FRANCHISE, LIABLE
from tests.pricing.engine.test_oracle import policy_of, selection_of

quick = settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
seeds = st.integers(0, 10**9)


def drawn(seed: int) -> tuple[dict[str, Any], dict[str, Any]]:
    draw = Random(seed)
    data = random_tariff(draw)
    return data, random_case(draw, data)


@quick
@given(seed=seeds)
def test_lines_add_up_to_the_totals(seed: int) -> None:
    data, case = drawn(seed)
    answer = price(parse_tariff(data), replace(selection_of(case), trial_months=0), vat=policy_of(case))
    period = [line.amount for line in answer.lines if line.cadence is Cadence.PERIOD]
    starting = [
        line.amount for line in answer.lines if line.cadence is not Cadence.PERIOD and line.from_year == 1
    ]
    assert sum((amount for amount in period if amount), ZERO) == answer.recurring_per_period
    assert sum((amount for amount in [*period, *starting] if amount), ZERO) == answer.first_invoice


@quick
@given(seed=seeds)
@example(seed=146528259)  # two rates share the cent of half a two-year price
def test_order_of_the_charges_changes_no_total(seed: int) -> None:
    data, case = drawn(seed)
    shuffled = {**data, "charges": Random(seed).sample(data["charges"], len(data["charges"]))}
    answers = [
        price(parse_tariff(each), selection_of(case), vat=policy_of(case)) for each in (data, shuffled)
    ]
    figures = [
        (each.recurring_per_period, each.first_invoice, each.first_year_total, each.yearly_after, each.saving)
        for each in answers
    ]
    assert figures[0] == figures[1]


def test_same_request_gives_the_same_answer() -> None:
    data, case = drawn(1)
    tariff = parse_tariff(data)
    first, second = (price(tariff, selection_of(case), vat=policy_of(case)) for _time in range(2))
    assert first == second


@quick
@given(seed=seeds)
def test_every_bill_closes_with_its_total(seed: int) -> None:
    data, case = drawn(seed)
    answer = price(parse_tariff(data), selection_of(case), vat=policy_of(case))
    for bill, total in (
        (answer.period_bill, answer.recurring_per_period),
        (answer.first_bill, answer.first_invoice),
        (answer.first_year_bill, answer.first_year_total),
        (answer.yearly_bill, answer.yearly_after),
    ):
        assert bill is not None
        assert bill.gross == total == bill.net + bill.vat


SHAPES = ("per_unit", "blocks", "per_extra_unit", "graduated", "volume", "product", "packs")


def one_charge(kind: str, draw: Random) -> dict[str, Any]:
    """A tariff of one charge with positive prices, in any order for tiers and packs."""
    prices = [f"{draw.randint(1, 500) / 100:.2f}" for _price in range(3)]
    tiers = [{"up_to": 5, "unit": prices[0]}, {"up_to": 12, "unit": prices[1]}, {"unit": prices[2]}]
    packs = [
        {"label": str(top), "price": each, "holds": {"users": top}}
        for top, each in zip((5, 9, 99), prices, strict=True)
    ]
    fields: dict[str, dict[str, Any]] = {
        "per_unit": {"metric": "users", "price": prices[0], "free": 2},
        "blocks": {"metric": "users", "price": prices[0], "included": 3, "size": 4},
        "per_extra_unit": {"metric": "users", "price": prices[0], "included": 3},
        "graduated": {"metric": "users", "tiers": tiers},
        "volume": {"metric": "users", "tiers": tiers},
        "product": {"price": prices[0], "of": [{"metric": "users"}, {"metric": "users", "size": 5}]},
        "packs": {"packs": packs},
    }
    users = {"code": "users", "label": "Comptes", "unit": "personne", "minimum": 1}
    return {"metrics": [users], "charges": [{"type": kind, **fields[kind]}]}


@quick
@given(seed=seeds, kind=st.sampled_from(SHAPES), quantity=st.integers(1, 60))
def test_more_is_never_cheaper_unless_the_linter_says_so(seed: int, kind: str, quantity: int) -> None:
    tariff = parse_tariff(one_charge(kind, Random(seed)))
    less, more = (
        price(tariff, Selection({"users": each}), vat=FRANCHISE).recurring_per_period
        for each in (quantity, quantity + 1)
    )
    assert less is not None
    assert more is not None
    warned = any(problem.code == "Q-MONOTONE" for problem in check_tariff(tariff))
    assert more >= less or warned


@quick
@given(seed=seeds, quantity=st.integers(1, 60))
def test_rule_tells_the_amount_of_its_line(seed: int, quantity: int) -> None:
    kind = SHAPES[seed % len(SHAPES)]
    (line,) = price(
        parse_tariff(one_charge(kind, Random(seed))), Selection({"users": quantity}), vat=FRANCHISE
    ).lines
    told = f"{line.amount:.2f}".replace(".", ",")
    free = not line.amount and "€" not in line.rule
    assert free or told in line.rule.replace("\u202f", "")


@pytest.mark.parametrize("precision", [6, 50])
def test_precision_of_the_caller_changes_nothing(precision: int) -> None:
    data = {"charges": [{"type": "flat", "price": "123456.78"}], "setup_fee": "0.55", "tax": "excluded"}
    tariff = parse_tariff(data)
    with localcontext(prec=precision):
        answer = price(tariff, Selection(), vat=LIABLE)
        assert answer.first_bill is not None
        assert answer.first_bill.gross == answer.first_invoice
    assert answer.first_invoice == Decimal("148148.80")
    assert answer.outcome is Outcome.PRICED
