"""Delays that run only while somebody answers."""

from datetime import datetime

import pytest

from hosters.models import Hoster
from offers.models import Component
from offers.proof import proof_of
from offers.service_hours import COVERAGES, deadline
from tests.factories import make_component

Coverage = Component.Coverage
FRIDAY = datetime(2026, 6, 5, 17)


@pytest.mark.parametrize(
    ("coverage", "opened", "hours", "until"),
    [
        (Coverage.BUSINESS, FRIDAY, 4, datetime(2026, 6, 8, 12)),
        (Coverage.ALWAYS, FRIDAY, 4, datetime(2026, 6, 5, 21)),
        (Coverage.EXTENDED, FRIDAY, 4, datetime(2026, 6, 6, 9)),
        (Coverage.WEEKEND, datetime(2026, 6, 6, 19), 4, datetime(2026, 6, 7, 11)),
        (Coverage.BUSINESS, FRIDAY, 1, datetime(2026, 6, 5, 18)),
        (Coverage.BUSINESS, FRIDAY, 0, datetime(2026, 6, 5, 17)),
        (Coverage.BUSINESS, datetime(2026, 6, 7, 3), 9, datetime(2026, 6, 8, 18)),
        (Coverage.BUSINESS, datetime(2026, 4, 3, 17), 2, datetime(2026, 4, 7, 10)),
        (Coverage.BUSINESS, datetime(2026, 12, 24, 17), 10, datetime(2026, 12, 28, 18)),
        (Coverage.ALWAYS, datetime(2026, 12, 31, 23), 2, datetime(2027, 1, 1, 1)),
    ],
)
def test_delay_runs_while_somebody_answers(
    coverage: str, opened: datetime, hours: int, until: datetime
) -> None:
    """003-036, SLA-03, SLA-04: Friday 17:00 and four hours is Monday noon; holidays do not count."""
    assert deadline(opened, hours, COVERAGES[coverage]) == until


def test_every_coverage_has_its_hours() -> None:
    assert set(COVERAGES) == set(Coverage.values)


def test_page_gives_an_example_over_a_weekend(artifaille: Hoster) -> None:
    """003-033, 003-034, 003-036: delays by severity, the hours that count, and what it means."""
    component = make_component(
        artifaille, coverage="business", response_hours=4, recovery_hours=12, minor_recovery_hours=72
    )
    told = dict(proof_of(component))["En cas de panne"].replace("\u00a0", " ").replace("\u202f", " ")
    assert "pris en charge en 4 h au plus, rétabli en 12 h au plus" in told
    assert "une simple gêne réglée en 72 h au plus" in told
    assert "du lundi au vendredi, de 9 h à 18 h, hors jours fériés" in told
    assert "Une panne dite un vendredi à 17 h est prise en charge le lundi à 12 h au plus tard" in told


def test_no_delay_gives_no_example(artifaille: Hoster) -> None:
    """Hours alone promise no delay."""
    told = dict(proof_of(make_component(artifaille, coverage="business")))
    assert "En cas de panne" not in told
