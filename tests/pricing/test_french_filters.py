"""How amounts of things and of bytes are written in templates."""

from decimal import Decimal

import pytest

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


def test_hour_stays_on_one_line() -> None:
    assert nbsp("de 9 h 30 à 17 h, 2 fois") == f"de 9{N}h{N}30 à 17{N}h, 2 fois"
