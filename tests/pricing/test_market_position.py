"""Our price among the others, for the same need (002-028, 002-033)."""

from decimal import Decimal

from pricing.market_position import position

D = Decimal


def test_position_among_three() -> None:
    found = position(D(12), [D(8), D(10), D(30)])
    assert found is not None
    assert (found.lowest, found.middle, found.highest, found.average, found.gap) == (8, 10, 30, 16, 20)


def test_nobody_known_is_no_position() -> None:
    assert position(D(12), []) is None


def test_gap_needs_a_price_of_ours_and_a_median() -> None:
    without, free = position(None, [D(10)]), position(D(10), [D(0)])
    assert without is not None and without.gap is None
    assert free is not None and free.gap is None
