from datetime import date
from decimal import Decimal

import pytest

from billing.documents.wording import amount_of, day, iban, rate, unbroken, unit_price


@pytest.mark.parametrize(
    ("value", "words"),
    [(date(2027, 1, 1), "1er\u00a0janvier 2027"), (date(2026, 11, 21), "21\u00a0novembre 2026")],
)
def test_day_is_written_in_full(value: date, words: str) -> None:
    assert day(value) == words


@pytest.mark.parametrize(
    ("net", "count", "words"),
    [
        ("8.33", "1", "8,33\u00a0€"),
        ("8.33", "2", "4,165\u00a0€"),
        ("10.00", "3", "3,333\u00a0€"),
        ("25.00", "5000", "0,005\u00a0€"),
        ("-2.50", "1", "-2,50\u00a0€"),
        ("0.00", "0", ""),
    ],
)
def test_unit_price_gives_the_amount_back(net: str, count: str, words: str) -> None:
    assert unit_price(Decimal(net), Decimal(count)) == words


def test_quantities_rates_and_accounts_are_written_as_in_french() -> None:
    assert amount_of(Decimal("2.0000"), "lots de 5") == "2\u00a0lots de 5"
    assert amount_of(Decimal("1.5000"), "") == "1,5"
    assert rate(Decimal("5.50")) == "5,5\u00a0%"
    assert iban("FR7630006000011234567890189") == "FR76 3000 6000 0112 3456 7890 189".replace(" ", "\u00a0")


def test_only_short_texts_are_kept_on_a_line() -> None:
    long = "Inscrite au registre des associations du tribunal judiciaire"
    assert unbroken(["SIREN 303 265 045", long]) == ["SIREN\u00a0303\u00a0265\u00a0045", long]
