"""Prices of the course's offers, retyped from their public pages and worked by hand.

Columns: offer, what is asked, then per period, first invoice, first year, following years, saving
and its percentage. `-` means no figure.
"""

from decimal import Decimal
from typing import Any

import pytest

from pricing.engine import Outcome
from tests.pricing.engine.tariffs import LIABLE, ask, course

WORKED = """
marmule                     users=5 storage_gb=20                  10.00   80.00  190.00  140.00      -   -
marmule                     users=1 storage_gb=5                   10.00   80.00  190.00  140.00      -   -
marmule                     users=6 storage_gb=20                  15.00   85.00  250.00  200.00      -   -
marmule                     users=10 storage_gb=30                 20.00   90.00  310.00  260.00      -   -
marmule                     users=12 storage_gb=35                 30.00  100.00  430.00  380.00      -   -
marmule                     users=12 storage_gb=35 already_member   30.00   80.00  410.00  380.00      -   -
marmule                     users=12 storage_gb=35 term_months=12  360.00  430.00  430.00  380.00   0.00   0
ksuite-standard             users=1                                 0.00    0.00    0.00    0.00   0.00   0
ksuite-standard             users=2                                 1.58    1.58   18.96   18.96   0.00   0
ksuite-standard             users=5 term_months=12                 75.84   75.84   75.84   75.84   0.00   0
ksuite-pro                  users=1                                 6.58    6.58   78.96   78.96   0.00   0
ksuite-pro                  users=1 term_months=12                 39.48   39.48   39.48   39.48  39.48  50
ksuite-pro                  users=8                                52.64   52.64  631.68  631.68   0.00   0
ksuite-entreprise           users=10                              124.20  124.20 1490.40 1490.40   0.00   0
proton-family               users=6                                29.99   29.99  359.88  359.88   0.00   0
proton-family               users=6 term_months=12                287.88  287.88  287.88  287.88  72.00  20
proton-family               users=6 term_months=24                479.76  479.76  479.76  239.88 240.00  33
marsnet-formation           term_months=12                          0.00    0.00    0.00    0.00      -   -
marsnet-petit               term_months=12                         36.00   36.00   36.00   36.00      -   -
marsnet-moyen               term_months=12                         60.00   60.00   60.00   60.00      -   -
marsnet-gros                term_months=12                        120.00  120.00  120.00  120.00      -   -
marsnet-xl                  term_months=12                        180.00  180.00  180.00  180.00      -   -
marsnet-xxl                 term_months=12                        300.00  300.00  300.00  300.00      -   -
sleto-opale                 term_months=12                         75.00   75.00   75.00   75.00      -   -
sleto-emeraude              term_months=12                        190.00  190.00  190.00  190.00      -   -
sleto-ruby                  term_months=12                        240.00  240.00  240.00  240.00      -   -
cours-recurrence            term_months=1                          10.00   10.00  120.00  120.00   0.00   0
cours-recurrence            term_months=3                          30.00   30.00  120.00  120.00   0.00   0
cours-recurrence            term_months=12                        100.00  100.00  100.00  100.00  20.00  17
cours-recurrence            term_months=24                        180.00  180.00  180.00   90.00  60.00  25
cours-recurrence            trial_months=1                         10.00    0.00  110.00  120.00   0.00   0
cours-recurrence            trial_months=2                         10.00    0.00  100.00  120.00   0.00   0
cours-recurrence            trial_months=1 term_months=12         100.00    0.00  100.00  100.00  20.00  17
cours-paliers-stockage      storage_gb=1                           30.00   30.00  360.00  360.00      -   -
cours-paliers-stockage      storage_gb=100                         30.00   30.00  360.00  360.00      -   -
cours-paliers-stockage      storage_gb=101                         40.00   40.00  480.00  480.00      -   -
cours-paliers-stockage      storage_gb=200                         40.00   40.00  480.00  480.00      -   -
cours-stockage-au-go        storage_gb=60                          30.00   30.00  360.00  360.00      -   -
cours-stockage-au-go        storage_gb=100                         30.00   30.00  360.00  360.00      -   -
cours-stockage-au-go        storage_gb=101                         30.50   30.50  366.00  366.00      -   -
cours-stockage-au-go        storage_gb=250                        105.00  105.00 1260.00 1260.00      -   -
cours-illimite              users=500 storage_gb=50                10.00   10.00  120.00  120.00      -   -
cours-par-utilisatrice      users=8                                80.00   80.00  960.00  960.00      -   -
cours-equipe                users=6                                30.00   30.00  360.00  360.00      -   -
cours-paliers-utilisatrices users=6                                30.00   30.00  360.00  360.00      -   -
cours-paliers-utilisatrices users=7                                40.00   40.00  480.00  480.00      -   -
cours-paliers-utilisatrices users=15                               40.00   40.00  480.00  480.00      -   -
cours-paliers-utilisatrices users=16                               60.00   60.00  720.00  720.00      -   -
cours-paliers-utilisatrices users=50                               60.00   60.00  720.00  720.00      -   -
"""

UNPRICED = """
proton-family                users=7                   not_eligible
proton-family                storage_gb=3001           not_eligible
paquerette                   users=-                   on_quote
cours-paliers-stockage       storage_gb=201            on_quote
cours-paliers-utilisatrices  users=51                  on_quote
cours-par-utilisatrice       users=0                   invalid
cours-equipe                 users=7                   not_eligible
cours-illimite               storage_gb=51             not_eligible
sleto-ruby                   term_months=24            on_quote
"""


def _asked(words: list[str]) -> dict[str, Any]:
    asked: dict[str, Any] = {}
    for word in words:
        name, _equal, value = word.partition("=")
        if value != "-":
            asked[name] = int(value) if value else True
    return asked


def _rows(table: str, columns: int) -> list[tuple[str, dict[str, Any], list[str]]]:
    rows = [line.split() for line in table.strip().splitlines()]
    return [(row[0], _asked(row[1:-columns]), row[-columns:]) for row in rows]


@pytest.mark.parametrize(("slug", "asked", "figures"), _rows(WORKED, 6))
def test_course_offer_is_priced_as_printed(slug: str, asked: dict[str, Any], figures: list[str]) -> None:
    """CARD-004, 002-045, 002-046, 002-048, 002-049, 002-050, 002-051, 002-055, 002-102, 002-109, 002-114, 002-115,
    002-116."""
    answer = ask(course(slug), LIABLE, **asked)
    found = [
        answer.recurring_per_period,
        answer.first_invoice,
        answer.first_year_total,
        answer.yearly_after,
        answer.saving,
        answer.saving_percent,
    ]
    assert answer.outcome is Outcome.PRICED, answer.reason
    assert found == [None if figure == "-" else Decimal(figure) for figure in figures]


@pytest.mark.parametrize(("slug", "asked", "outcome"), _rows(UNPRICED, 1))
def test_course_offer_without_price_says_why(slug: str, asked: dict[str, Any], outcome: list[str]) -> None:
    """002-045, 002-049, 002-050, 002-052."""
    answer = ask(course(slug), LIABLE, **asked)
    assert answer.outcome == outcome[0]
    assert answer.reason
    assert answer.recurring_per_period is answer.first_invoice is answer.yearly_after is None


def test_trial_offer_costs_nothing_and_goes_no_further() -> None:
    answer = ask(course("sleto-mica"))
    assert answer.outcome is Outcome.TRIAL
    assert (answer.first_invoice, answer.yearly_after, answer.trial_months) == (0, 0, 1)


def test_monthly_equivalent_is_rounded_and_never_multiplied_back() -> None:
    """002-128."""
    answer = ask(course("sleto-emeraude"), term_months=12)
    assert answer.monthly_equivalent == Decimal("15.83")
    assert answer.recurring_per_period == Decimal("190.00")


@pytest.mark.parametrize(
    ("slug", "months", "amount", "percent"),
    [("cours-recurrence", 24, "20.00", 10), ("proton-family", 24, "96.00", 17)],
)
def test_saving_is_also_given_against_the_shorter_term(
    slug: str, months: int, amount: str, percent: int
) -> None:
    """002-041."""
    saving = ask(course(slug), term_months=months).saving_vs_shorter
    assert saving is not None
    assert (saving.months, saving.amount, saving.percent) == (12, Decimal(amount), percent)


def test_supplements_are_counted_one_by_one() -> None:
    extras = {"storage_gb": 3, "domains": 1, "mail_addresses": 2, "mailing_lists": 2, "databases": 1}
    answer = ask(course("marsnet-xl"), term_months=12, options=extras)
    assert answer.recurring_per_period == Decimal("288.00")
    assert len(answer.lines) == 6


def test_support_beyond_the_allowance_is_on_quote_not_free() -> None:
    answer = ask(course("sleto-opale"), term_months=12, used={"support_minutes": 120})
    (overrun,) = answer.overruns
    assert (overrun.over, overrun.amount) == (90, None)
    assert answer.recurring_per_period == Decimal("75.00")
