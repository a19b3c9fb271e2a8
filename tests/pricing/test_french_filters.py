"""How amounts of things and of bytes are written in templates."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import Context, Template

from pricing.dates import date_format
from pricing.templatetags.french import filesizeformat, nbsp, of, pluralize

N = "\u00a0"


@pytest.mark.parametrize(
    ("value", "ending"),
    [(0, ""), (1, ""), (Decimal("1.5"), ""), (2, "s"), (-2, "s"), ([], ""), ([1, 2], "s"), (None, "")],
)
def test_nothing_is_singular_in_french(value: object, ending: str) -> None:
    assert pluralize(value) == ending


def test_both_endings_may_be_told() -> None:
    assert (pluralize(0, "al,aux"), pluralize(3, "al,aux")) == ("al", "aux")


@pytest.mark.parametrize(
    ("size", "written"), [(999, "999 o"), (33_412, "33 Ko"), (1_240_000, "1,2 Mo"), (2_000_000, "2 Mo")]
)
def test_size_is_told_in_thousands(size: int, written: str) -> None:
    assert filesizeformat(size).replace(N, " ") == written


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Artifaille", "d’Artifaille"),
        ("Écrans", "d’Écrans"),
        ("La Gouttière", "de La Gouttière"),
        ("", "de "),
    ],
)
def test_de_is_elided_before_a_vowel(name: str, said: str) -> None:
    assert of(name) == said


def test_multiplication_stays_on_one_line() -> None:
    assert nbsp("2 jours × 380,00 €") == f"2{N}jours{N}×{N}380,00{N}€"


def test_hour_stays_on_one_line() -> None:
    assert nbsp("de 9 h 30 à 17 h, 2 fois") == f"de 9{N}h{N}30 à 17{N}h, 2 fois"


@pytest.mark.parametrize(
    ("pattern", "written"),
    [
        ("j F Y", "1er novembre 2026"),
        ("l j F", "dimanche 1er novembre"),
        ("j N Y", "1er nov. 2026"),
        ("j F Y à H:i", "1er novembre 2026 à 00:00"),
        ("Y-m-d", "2026-11-01"),
        ("d/m/Y", "01/11/2026"),
        ("F Y", "novembre 2026"),
    ],
)
def test_first_of_a_month_is_an_ordinal(pattern: str, written: str) -> None:
    """In templates, where an instant is told in Paris, and in sentences made in Python."""
    evening = datetime(2026, 10, 31, 23, 0, tzinfo=UTC)
    said = Template(f'{{{{ when|date:"{pattern}" }}}}').render(Context({"when": evening}))
    assert said == written
    assert date_format(datetime(2026, 11, 1), pattern) == written


def test_other_days_are_numbers_and_no_date_is_nothing() -> None:
    assert date_format(date(2026, 11, 11)) == "11 novembre 2026"
    assert Template('{{ when|date:"j F" }}').render(Context({"when": None})) == ""
