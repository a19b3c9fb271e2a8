"""VAT: once per rate on the total, TTC typed never altered, every sum closes (RND-01)."""

from datetime import date
from decimal import Decimal

import pytest

from pricing.engine import VatPolicy, VatRegime
from pricing.engine.money import Taxed, settle, share
from pricing.engine.vat_rates import Territory, UnknownRate, rates, territory_of
from tests.pricing.engine.tariffs import FRANCHISE, LIABLE, ask, euro, tariff

BASE = {"type": "flat", "label": "Base", "price": "9.99"}
BOOK = {"type": "flat", "label": "Livre", "price": "3.99", "vat": "5.5"}
TRAINING = {"type": "flat", "label": "Formation", "price": "5.00", "vat": "exempt", "cadence": "one_off"}


@pytest.mark.parametrize(
    ("gross", "rate", "net", "vat"),
    [("30.00", "20", "25.00", "5.00"), ("100.00", "20", "83.33", "16.67"), ("30.00", "0", "30.00", "0.00")],
)
def test_amount_typed_ttc_is_never_altered(gross: str, rate: str, net: str, vat: str) -> None:
    """002-013."""
    assert Taxed.from_gross(euro(gross), Decimal(rate)) == Taxed(euro(net), euro(vat), euro(gross))


def test_broken_sum_is_refused() -> None:
    with pytest.raises(ValueError, match="is not"):
        Taxed(euro("1.00"), euro("0.20"), euro("1.21"))


def test_vat_is_computed_on_the_total_of_each_rate() -> None:
    bill = ask(tariff(BASE, BASE, BOOK, TRAINING), LIABLE).first_bill
    assert bill is not None
    rows = [(row.category, row.rate, row.net, row.vat, row.gross) for row in bill.vat_rows]
    assert rows == [
        ("S", 20, euro("16.65"), euro("3.33"), euro("19.98")),
        ("S", Decimal("5.5"), euro("3.78"), euro("0.21"), euro("3.99")),
        ("E", 0, euro("5.00"), euro("0.00"), euro("5.00")),
    ]
    assert (bill.net, bill.vat, bill.gross) == (euro("25.43"), euro("3.54"), euro("28.97"))
    assert [line.net for line in bill.lines[:2]] == [euro("8.33"), euro("8.32")]


def test_prices_typed_ht_get_vat_on_the_total() -> None:
    cheap = {"type": "flat", "label": "Unité", "price": "0.13"}
    answer = ask(tariff(cheap, cheap, cheap, tax="excluded"), LIABLE)
    assert answer.recurring_per_period == euro("0.47")
    assert sorted(line.amount or 0 for line in answer.lines) == [euro("0.15"), euro("0.16"), euro("0.16")]
    assert answer.lines[0].rule.endswith("HT")


def test_ht_year_is_the_sum_of_its_invoices() -> None:
    answer = ask(tariff({"type": "flat", "price": "0.13"}, tax="excluded", setup_fee="0.13"), LIABLE)
    assert answer.first_invoice == euro("0.31")
    assert answer.first_year_total == euro("0.31") + 11 * euro("0.16")
    bill = answer.first_year_bill
    assert bill is not None
    assert bill.gross == answer.first_year_total


@pytest.mark.parametrize(
    ("regime", "category"),
    [(VatRegime.FRANCHISE, "E"), (VatRegime.EXEMPT, "E"), (VatRegime.NOT_TAXABLE, "O")],
)
@pytest.mark.parametrize("tax", ["included", "excluded"])
def test_hoster_without_vat_charges_the_typed_amount(regime: VatRegime, category: str, tax: str) -> None:
    """002-013."""
    answer = ask(tariff(BASE, tax=tax), VatPolicy(regime, Decimal(20)))
    bill = answer.period_bill
    assert bill is not None
    assert (bill.net, bill.vat, bill.gross) == (euro("9.99"), euro("0.00"), euro("9.99"))
    assert {row.category for row in bill.vat_rows} == {category}


def test_membership_keeps_its_own_row() -> None:
    bill = ask(tariff(BASE, membership={"yearly": "20.00"}), LIABLE).first_bill
    assert bill is not None
    assert [(row.category, row.gross) for row in bill.vat_rows] == [("S", euro("9.99")), ("O", euro("20.00"))]


def test_membership_may_be_a_sale_like_any_other() -> None:
    of = tariff(BASE, membership={"yearly": "20.00", "vat": "standard"})
    bill = ask(of, LIABLE).first_bill
    assert bill is not None
    assert [row.gross for row in bill.vat_rows] == [euro("29.99")]


def test_missing_cents_go_to_the_largest_remainders() -> None:
    assert settle([Decimal("0.333"), Decimal("0.333"), Decimal("0.334")], euro("1.00")) == [
        euro("0.33"),
        euro("0.33"),
        euro("0.34"),
    ]
    assert share(euro("1.00"), [Decimal(0), Decimal(0)]) == [euro("0.50"), euro("0.50")]


@pytest.mark.parametrize(
    ("postcode", "standard"),
    [("69001", "20"), ("20200", "20"), ("97410", "8.5"), ("97300", None), ("97600", None)],
)
def test_standard_rate_by_territory(postcode: str, standard: str | None) -> None:
    found = rates(territory_of(postcode), date(2026, 11, 1)).standard
    assert found == (None if standard is None else Decimal(standard))


@pytest.mark.parametrize("postcode", ["98800", "97150 x", "abc"])
def test_place_outside_the_table_is_never_guessed(postcode: str) -> None:
    with pytest.raises(UnknownRate):
        territory_of(postcode)


def test_day_before_the_table_is_never_guessed() -> None:
    with pytest.raises(UnknownRate):
        rates(Territory.METROPOLE, date(2010, 1, 1))


def test_no_bill_without_a_price() -> None:
    answer = ask(tariff({"type": "on_quote", "label": "Projet"}), FRANCHISE)
    assert answer.first_bill is answer.yearly_bill is None


def test_known_lines_of_a_quote_are_what_the_client_pays() -> None:
    project = {"type": "on_quote", "label": "Projet"}
    answer = ask(tariff(project, {**BASE, "price": "10.00"}, tax="excluded"), LIABLE)
    assert [line.amount for line in answer.lines] == [None, euro("12.00")]
    assert answer.known_subtotal is not None
    assert answer.known_subtotal.recurring_per_period == euro("12.00")
