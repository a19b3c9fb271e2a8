"""Advice on a sound tariff: terms, cliffs, cheaper above, next step, curve."""

from decimal import Decimal
from typing import Any

import pytest

from pricing.engine import Outcome, Selection, Tariff, check_tariff, curve
from tests.pricing.engine.tariffs import FRANCHISE, ask, course, course_slugs, tariff

MONTHLY_AND_MORE = [{"months": 1}, {"months": 12}, {"months": 24}]


def found(of: Tariff, code: str) -> list[str]:
    return [problem.path for problem in check_tariff(of) if problem.code == code]


def by_terms(**prices: str) -> Tariff:
    typed = {months[1:]: price for months, price in prices.items()}
    return tariff({"type": "flat", "price": typed}, terms=[{"months": int(months)} for months in typed])


def test_longer_term_cheaper_per_month_is_coherent() -> None:
    assert not found(by_terms(m1="10.00", m12="100.00", m24="180.00"), "Q-DISCOUNT")


def test_longer_term_dearer_per_month_is_an_error() -> None:
    """002-043."""
    assert found(by_terms(m1="10.00", m12="130.00"), "Q-DISCOUNT") == ["terms[1]"]
    assert found(by_terms(m1="10.00", m12="100.00", m24="201.00"), "Q-DISCOUNT") == ["terms[2]"]


def test_longer_term_dearer_only_for_many_is_found_too() -> None:
    lots = {"type": "per_unit", "metric": "users", "price": {"1": "1.00", "12": "13.00"}, "free": 3}
    assert found(tariff(lots, terms=[{"months": 1}, {"months": 12}]), "Q-DISCOUNT") == ["terms[1]"]


def test_missing_monthly_or_annual_price_is_a_warning() -> None:
    """002-037."""
    assert found(course("sleto-opale"), "Q-PERIODS") == ["terms"]
    assert not found(course("proton-family"), "Q-PERIODS")


def test_discount_that_never_applies_is_a_warning() -> None:
    of = tariff(
        {"type": "flat", "price": {"1": "10", "12": "90"}},
        terms=[{"months": 1}, {"months": 12, "discount": 5}],
    )
    assert "terms[1]" in [problem.path for problem in check_tariff(of)]


def test_more_for_less_is_told() -> None:
    tiers = [{"up_to": 10, "unit": "2.00"}, {"up_to": 50, "unit": "1.00"}]
    of = tariff({"type": "volume", "metric": "users", "tiers": tiers})
    assert found(of, "Q-MONOTONE") == ["charges[0].tiers[1]"]


def test_cliff_above_a_fifth_is_told() -> None:
    problems = [p.message for p in check_tariff(course("cours-paliers-utilisatrices")) if p.code == "Q-CLIFF"]
    assert len(problems) == 1
    assert "16\u00a0utilisatrices" in problems[0]
    assert "40,6" in problems[0]


@pytest.mark.parametrize("slug", course_slugs())
def test_course_offers_hold_together(slug: str) -> None:
    assert not [problem for problem in check_tariff(course(slug)) if problem.severity == "error"]


def test_curve_gives_price_per_person_and_rise() -> None:
    """002-053."""
    rows = curve(course("cours-paliers-utilisatrices"), "users", Selection(), FRANCHISE)
    six, seven, fifteen, sixteen = (rows[n - 1] for n in (6, 7, 15, 16))
    assert (six.per_unit, seven.per_unit, seven.rise_percent) == (
        Decimal("5.00"),
        Decimal("5.71"),
        Decimal("14.3"),
    )
    assert (seven.cliff, sixteen.cliff, fifteen.cliff) == (False, True, False)
    assert [row.outcome for row in rows[49:52]] == [Outcome.PRICED, Outcome.ON_QUOTE, Outcome.ON_QUOTE]
    assert len(rows) == 60


def test_curve_marks_choices_dearer_than_a_bigger_one() -> None:
    tiers = [{"up_to": 10, "unit": "2.00"}, {"unit": "1.00"}]
    rows = curve(
        tariff({"type": "volume", "metric": "users", "tiers": tiers}), "users", Selection(), FRANCHISE, 20
    )
    assert [row.dominated_by for row in rows[4:7]] == [None, Decimal(11), Decimal(11)]


@pytest.mark.parametrize(
    ("slug", "asked", "sentence"),
    [
        ("cours-par-utilisatrice", {"users": 3}, "1 utilisatrice de plus : 10,00 € de plus par mois."),
        ("marmule", {"users": 5}, "1 utilisatrice de plus : 5,00 € de plus par mois."),
        (
            "marmule",
            {"users": 6},
            "Jusqu’à 10 utilisatrices, le prix ne change pas ; à partir de 11 : 20,00 € par mois.",
        ),
        ("cours-paliers-utilisatrices", {"users": 50}, "À partir de 51 utilisatrices : sur devis."),
        ("cours-equipe", {"users": 2}, "Cette offre s’arrête à 6 utilisatrices."),
        ("ksuite-standard", {"users": 1}, "1 utilisatrice de plus : 1,58 € de plus par mois."),
    ],
)
def test_next_change_is_told(slug: str, asked: dict[str, Any], sentence: str) -> None:
    told = ask(course(slug), **asked).next_changes
    assert sentence in [each.replace("\u00a0", " ").replace("\u202f", " ") for each in told]


def test_flat_price_never_changes() -> None:
    assert ask(course("cours-recurrence")).next_changes == ()
