"""Terms, discounts, welcome prices and free months."""

from decimal import Decimal

import pytest

from pricing.engine import Outcome, parse_tariff
from tests.pricing.engine.tariffs import ask, course_data, euro, tariff

TEN = {"type": "per_unit", "metric": "users", "price": "10.00"}


def test_discount_is_a_line_of_its_own() -> None:
    of = tariff(TEN, terms=[{"months": 1}, {"months": 12, "discount": "15"}])
    answer = ask(of, users=3, term_months=12)
    assert [line.amount for line in answer.lines] == [euro("360.00"), euro("-54.00")]
    assert (answer.recurring_per_period, answer.saving, answer.saving_percent) == (
        euro("306.00"),
        euro("54.00"),
        15,
    )


def test_twelve_months_for_ten() -> None:
    of = tariff(TEN, terms=[{"months": 1}, {"months": 12, "charged_months": 10}])
    answer = ask(of, users=2, term_months=12)
    assert (answer.recurring_per_period, answer.saving) == (euro("200.00"), euro("40.00"))


def test_price_typed_for_a_term_is_never_discounted() -> None:
    typed = {"type": "flat", "label": "Base", "price": {"1": "10.00", "12": "100.00"}}
    of = tariff(typed, TEN, terms=[{"months": 1}, {"months": 12, "discount": 50}])
    answer = ask(of, users=1, term_months=12)
    assert answer.recurring_per_period == euro("160.00")


def test_term_without_price_is_derived_from_the_period() -> None:
    of = tariff(
        {"type": "flat", "price": {"1": "9.99", "12": "99.00"}},
        terms=[{"months": 1}, {"months": 3}, {"months": 12}],
    )
    assert ask(of, term_months=3).recurring_per_period == euro("29.97")


def test_yearly_prices_give_a_monthly_part() -> None:
    of = tariff(
        {"type": "flat", "price": "100.00"},
        period_months=12,
        terms=[{"months": 1}, {"months": 12}, {"months": 24}],
    )
    assert ask(of, term_months=1).recurring_per_period == euro("8.33")
    assert ask(of, term_months=24).recurring_per_period == euro("200.00")


def test_three_years_are_invoiced_at_once_and_annualised_after() -> None:
    of = tariff({"type": "flat", "price": {"1": "10", "36": "250"}}, terms=[{"months": 1}, {"months": 36}])
    answer = ask(of, term_months=36)
    assert (answer.first_year_total, answer.yearly_after) == (euro("250.00"), euro("83.33"))


def test_welcome_discount_of_the_first_year_only() -> None:
    data = course_data("ksuite-pro")
    data["charges"][0]["price"] = "6.58"
    data["introductory"] = {"periods": 1, "discount": "50", "terms": [12]}
    answer = ask(parse_tariff(data), users=8, term_months=12)
    assert (answer.recurring_per_period, answer.recurring_after) == (euro("315.84"), euro("631.68"))
    assert (answer.first_year_total, answer.yearly_after) == (euro("315.84"), euro("631.68"))
    assert (answer.saving, answer.saving_percent) == (euro("315.84"), 50)


def test_welcome_price_of_the_first_months() -> None:
    of = tariff(TEN, introductory={"periods": 3, "price": "1.00"})
    answer = ask(of, users=2)
    assert (answer.first_invoice, answer.first_year_total) == (euro("1.00"), euro("183.00"))


def test_free_months_put_set_up_and_membership_on_the_first_paid_invoice() -> None:
    of = tariff(TEN, trial={"months": 2}, setup_fee="50.00", membership={"yearly": "20.00"})
    answer = ask(of, users=1, trial_months=2)
    assert (answer.first_invoice, answer.first_year_total) == (euro("0.00"), euro("170.00"))


@pytest.mark.parametrize(("months", "invoices"), [(1, "12"), (3, "4"), (12, "1"), (24, "0.5")])
def test_number_of_invoices_in_a_year(months: int, invoices: str) -> None:
    of = tariff(TEN, terms=[{"months": months}])
    assert ask(of, users=1, term_months=months).invoices_per_year == Decimal(invoices)


@pytest.mark.parametrize(
    ("months", "outcome"), [(24, Outcome.ON_QUOTE), (7, Outcome.INVALID), (0, Outcome.INVALID)]
)
def test_term_that_is_not_sold_has_no_price(months: int, outcome: Outcome) -> None:
    answer = ask(tariff(TEN), users=1, term_months=months)
    assert (answer.outcome, answer.recurring_per_period) == (outcome, None)


def test_yearly_charge_falls_once_a_year_whatever_the_rhythm() -> None:
    domain = {"type": "flat", "label": "Nom de domaine", "price": "15.00", "cadence": "yearly"}
    answer = ask(tariff(TEN, domain), users=1)
    assert (answer.recurring_per_period, answer.first_invoice) == (euro("10.00"), euro("25.00"))
    assert (answer.first_year_total, answer.yearly_after) == (euro("135.00"), euro("135.00"))
