"""The engine against an independent computation in exact fractions, on random baskets.

`ENGINE_BASKETS=100000 pytest tests/pricing/engine/test_oracle.py` runs the long check.
"""

import os
from decimal import Decimal
from fractions import Fraction
from random import Random
from typing import Any

from pricing.engine import Breakdown, Outcome, Selection, VatPolicy, VatRegime, parse_tariff, price
from tests.pricing.engine.baskets import random_case, random_tariff
from tests.pricing.engine.oracle import Verdict, verdict

BASKETS = int(os.environ.get("ENGINE_BASKETS", "400"))
PER_TARIFF = 20
SEED = 7121


def selection_of(case: dict[str, Any]) -> Selection:
    return Selection(
        {code: Decimal(value) for code, value in case["quantities"].items()},
        term_months=case["months"],
        segment=case["segment"],
        options=case["options"],
        already_member=case["already_member"],
        trial_months=case["trial"],
    )


def policy_of(case: dict[str, Any]) -> VatPolicy:
    rate = Decimal(case["rate"])
    return VatPolicy(VatRegime.LIABLE if rate else VatRegime.FRANCHISE, rate)


def seen(answer: Breakdown) -> Verdict:
    bill = answer.first_bill
    assert bill is not None
    rows = {
        (row.category.value, Fraction(row.rate)): (Fraction(row.net), Fraction(row.gross))
        for row in bill.vat_rows
    }
    figures = (
        answer.recurring_per_period,
        answer.first_invoice,
        answer.first_year_total,
        answer.yearly_after,
    )
    return Verdict(*(Fraction(figure or 0) for figure in figures), rows)


def same(ours: Verdict, theirs: Verdict, data: dict[str, Any], case: dict[str, Any]) -> bool:
    """All equal; the yearly part of a longer HT term is a display figure, checked apart."""
    if case["months"] > 12 and data["tax"] == "excluded":
        return ours._replace(yearly=Fraction(0)) == theirs._replace(yearly=Fraction(0))
    return ours == theirs


def closes(answer: Breakdown) -> bool:
    """Lines add up to the totals, net + VAT = gross everywhere."""
    for bill in (answer.period_bill, answer.first_bill, answer.first_year_bill, answer.yearly_bill):
        assert bill is not None
        parts = [*bill.lines, *bill.vat_rows, bill]
        if any(part.net + part.vat != part.gross for part in parts):
            return False
        if sum(line.gross for line in bill.lines) != bill.gross:
            return False
        if sum(line.net for line in bill.lines) != bill.net:
            return False
    return True


def test_engine_agrees_with_the_oracle() -> None:
    draw = Random(SEED)
    for _tariff in range(BASKETS // PER_TARIFF):
        data = random_tariff(draw)
        tariff = parse_tariff(data)
        for _basket in range(PER_TARIFF):
            case = random_case(draw, data)
            answer = price(tariff, selection_of(case), vat=policy_of(case))
            assert answer.outcome is Outcome.PRICED, (answer.reason, data, case)
            expected = verdict(data, {**case, "rate": Fraction(case["rate"])})
            assert same(seen(answer), expected, data, case), (data, case, expected, answer.to_json())
            assert closes(answer), (data, case)
