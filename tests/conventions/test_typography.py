"""French spaces: U+202F before ; ! ? and in thousands, U+00A0 before : and € and inside « »."""

from decimal import Decimal

import pytest

from pricing.typography import euros, french, number, quantity

N, T = "\u00a0", "\u202f"


@pytest.mark.parametrize(
    ("amount", "written"),
    [
        ("30", f"30,00{N}€"),
        ("1234.5", f"1{T}234,50{N}€"),
        ("1234567.89", f"1{T}234{T}567,89{N}€"),
        ("0.005", f"0,01{N}€"),
        ("0.004", f"0,00{N}€"),
        ("-12.3", f"-12,30{N}€"),
    ],
)
def test_amount(amount: str, written: str) -> None:
    assert euros(Decimal(amount)) == written


@pytest.mark.parametrize(
    ("value", "written"), [("12", "12"), ("1.50", "1,5"), ("12000", f"12{T}000"), ("100", "100")]
)
def test_quantity(value: str, written: str) -> None:
    assert quantity(Decimal(value)) == written


def test_whole_number_has_no_comma() -> None:
    assert number(12345) == f"12{T}345"


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("Prêt ?", f"Prêt{T}?"),
        ("Prêt?", f"Prêt{T}?"),
        ("Oui ! Non ; si.", f"Oui{T}! Non{T}; si."),
        ("Prix : 3 €", f"Prix{N}: 3{N}€"),
        ("« Les Amis »", f"«{N}Les Amis{N}»"),
        ("«Les Amis»", f"«{N}Les Amis{N}»"),
        ("35 Go par mois", f"35{N}Go par mois"),
        ("https://exemple.fr/?a=1", "https://exemple.fr/?a=1"),
        ("à 10:30", "à 10:30"),
        ("", ""),
    ],
)
def test_sentence(typed: str, printed: str) -> None:
    assert french(typed) == printed


@pytest.mark.parametrize("sentence", ["Prêt ?", "« Oui » ; 3 € : merci !"])
def test_sentence_printed_twice_is_the_same(sentence: str) -> None:
    assert french(french(sentence)) == french(sentence)
