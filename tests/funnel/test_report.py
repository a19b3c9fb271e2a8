"""The funnel: each rate has its base, and nothing is divided by zero."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest

from billing.payments import record_payment
from funnel.models import StepCount
from funnel.report import funnel_report, rate, steps
from hosters.models import Hoster, User
from tests.factories import make_acceptance, make_invoice, make_offer, make_quote

DAY = date(2026, 11, 22)


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(1, 3, "33.3"), (2, 3, "66.7"), (1, 1, "100.0"), (0, 5, "0.0"), (3, 2, "150.0"), (1, 2000, "0.1")],
)
def test_rate_has_one_decimal(part: int, whole: int, percent: str) -> None:
    assert rate(part, whole) == Decimal(percent)


def test_rate_of_nothing_is_no_rate() -> None:
    assert rate(3, 0) is None


def test_steps_follow_the_journey() -> None:
    assert [step.code for step in steps()] == ["visit", "offer", "configured", "quoted", "accepted", "paid"]


def test_empty_funnel_has_no_rate(artifaille: Hoster) -> None:
    rows = funnel_report(artifaille, since=DAY, until=DAY)
    assert [row.count for row in rows] == [0] * 6
    assert all(row.of_first is None and row.of_previous is None for row in rows)


def test_documents_tell_the_last_steps(artifaille: Hoster, alix: User, at: Callable[[str], None]) -> None:
    """Two quotes asked, one accepted later, its first invoice paid in two times."""
    at("2026-11-22 12:00+01:00")
    StepCount.objects.create(hoster=artifaille, day=DAY, step="visit", count=4)
    offer = make_offer(artifaille)
    make_quote(offer)
    invoice = make_invoice(offer)
    values = {"received_on": DAY, "method": "transfer", "reference": "", "by": alix}
    record_payment(invoice=invoice, amount=Decimal(60), key=uuid4(), **values)  # type: ignore[arg-type]
    assert [row.count for row in funnel_report(artifaille, since=DAY, until=DAY)] == [4, 0, 0, 2, 1, 0]
    record_payment(invoice=invoice, amount=Decimal(40), key=uuid4(), **values)  # type: ignore[arg-type]
    rows = funnel_report(artifaille, since=DAY, until=DAY)
    assert [row.count for row in rows] == [4, 0, 0, 2, 1, 1]
    assert [row.of_first for row in rows][3:] == [Decimal("50.0"), Decimal("25.0"), Decimal("25.0")]
    assert [row.of_previous for row in rows][4:] == [Decimal("50.0"), Decimal("100.0")]


def test_other_days_and_other_hosters_are_not_counted(
    artifaille: Hoster, other: Hoster, at: Callable[[str], None]
) -> None:
    at("2026-11-21 12:00+01:00")
    make_acceptance(make_quote(make_offer(artifaille)))
    at("2026-11-22 12:00+01:00")
    make_quote(make_offer(other))
    assert [row.count for row in funnel_report(artifaille, since=DAY, until=DAY)] == [0] * 6
