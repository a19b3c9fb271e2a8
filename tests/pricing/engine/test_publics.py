"""Membership, publics, options, free price: who pays what."""

from decimal import Decimal
from typing import Any

import pytest

from pricing.engine import Cadence, LineKind, Outcome
from tests.pricing.engine.tariffs import LIABLE, ask, euro, tariff

FLAT = {"type": "flat", "label": "Base", "price": "10.00"}
SUPPLEMENT = {"type": "flat", "label": "Supplément", "price": "3.00", "audience": "non_members"}
OPEN = {"yearly": "20.00", "required": False}


def test_required_membership_is_due_each_year_and_apart_from_vat() -> None:
    answer = ask(tariff(FLAT, membership={"yearly": "20.00"}), LIABLE)
    (line,) = [line for line in answer.lines if line.kind is LineKind.MEMBERSHIP]
    assert (line.amount, line.cadence, line.vat_category) == (euro("20.00"), Cadence.YEARLY, "O")
    assert (answer.first_year_total, answer.yearly_after) == (euro("140.00"), euro("140.00"))


def test_membership_already_paid_waits_for_the_second_year() -> None:
    answer = ask(tariff(FLAT, membership={"yearly": "20.00"}), already_member=True)
    assert (answer.first_year_total, answer.yearly_after) == (euro("120.00"), euro("140.00"))


@pytest.mark.parametrize(
    ("asked", "period", "first"),
    [
        ({}, "13.00", "13.00"),
        ({"joins": True}, "10.00", "30.00"),
        ({"already_member": True}, "10.00", "10.00"),
    ],
)
def test_non_members_pay_a_supplement(asked: dict[str, Any], period: str, first: str) -> None:
    answer = ask(tariff(FLAT, SUPPLEMENT, membership=OPEN), **asked)
    assert (answer.recurring_per_period, answer.first_invoice) == (euro(period), euro(first))


def test_membership_at_a_free_price() -> None:
    of = tariff(FLAT, membership={"suggested": "20.00", "floor": "5.00"})
    assert ask(of).first_invoice == euro("30.00")
    assert ask(of, membership_amount=Decimal(8)).first_invoice == euro("18.00")
    assert ask(of, membership_amount=Decimal(2)).outcome is Outcome.INVALID


SEGMENTS = [
    {"code": "association", "label": "Associations", "discount": "20"},
    {"code": "company", "label": "Entreprises"},
]


def test_a_public_may_have_a_discount() -> None:
    of = tariff(FLAT, segments=SEGMENTS)
    assert ask(of, segment="association").recurring_per_period == euro("8.00")
    assert ask(of, segment="company").recurring_per_period == euro("10.00")


def test_a_public_may_have_its_own_price_and_charges() -> None:
    """002-149."""
    price = {"association": {"1": "10.00", "12": "100.00"}, "company": "25.00"}
    support = {"type": "flat", "label": "Astreinte", "price": "40.00", "segments": ["company"]}
    publics = [{"code": "association", "label": "Associations"}, {"code": "company", "label": "Entreprises"}]
    of = tariff(
        {"type": "flat", "price": price}, support, segments=publics, terms=[{"months": 1}, {"months": 12}]
    )
    assert ask(of, segment="association", term_months=12).recurring_per_period == euro("100.00")
    assert ask(of, segment="company").recurring_per_period == euro("65.00")


def test_an_unknown_public_is_invalid() -> None:
    assert ask(tariff(FLAT, segments=SEGMENTS), segment="martian").outcome is Outcome.INVALID


OPTION = {"code": "mailbox", "label": "Boîte", "price": "1.20", "step": 5, "maximum": 20}


@pytest.mark.parametrize(
    ("quantity", "outcome"),
    [(5, Outcome.PRICED), (20, Outcome.PRICED), (7, Outcome.INVALID), (25, Outcome.NOT_ELIGIBLE)],
)
def test_an_option_has_a_step_and_a_maximum(quantity: int, outcome: Outcome) -> None:
    """002-074: ten gigabytes at a time, within its bounds."""
    assert ask(tariff(FLAT, options=[OPTION]), options={"mailbox": quantity}).outcome is outcome


def test_an_option_may_be_charged_once_or_on_quote() -> None:
    """002-054."""
    options = [
        {"code": "training", "label": "Formation", "type": "on_quote"},
        {
            "code": "import",
            "label": "Reprise des données",
            "type": "flat",
            "price": "90.00",
            "cadence": "one_off",
        },
    ]
    of = tariff(FLAT, options=options)
    assert ask(of, options={"import": 1}).first_invoice == euro("100.00")
    quoted = ask(of, options={"import": 1, "training": 1})
    assert quoted.outcome is Outcome.ON_QUOTE
    assert quoted.recurring_per_period is None
    assert not quoted.is_firm
    assert quoted.known_subtotal is not None
    assert quoted.known_subtotal.first_invoice == euro("100.00")


def test_an_option_may_depend_on_a_metric() -> None:
    backup = {"code": "backup", "label": "Sauvegarde", "type": "per_unit", "metric": "users", "price": "2.00"}
    of = tariff(FLAT, options=[backup])
    assert ask(of, users=4, options={"backup": 1}).recurring_per_period == euro("18.00")


@pytest.mark.parametrize(
    ("chosen", "amount"), [(None, "12.00"), (Decimal("5"), "5.00"), (Decimal("40.50"), "40.50")]
)
def test_free_price_is_suggested_or_chosen(chosen: Decimal | None, amount: str) -> None:
    of = tariff({"type": "free_price", "suggested": "12.00", "floor": "5.00"})
    assert ask(of, free_amount=chosen).recurring_per_period == euro(amount)


@pytest.mark.parametrize("chosen", ["4.99", "-1", "NaN", "5.001", "1e30"])
def test_free_price_below_the_floor_or_unreadable_is_invalid(chosen: str) -> None:
    of = tariff({"type": "free_price", "suggested": "12.00", "floor": "5.00"})
    answer = ask(of, free_amount=Decimal(chosen))
    assert (answer.outcome, answer.recurring_per_period) == (Outcome.INVALID, None)


def test_limit_gives_its_own_outcome_and_reason() -> None:
    limit = {"metric": "users", "maximum": 50, "outcome": "on_quote", "reason": "Parlons-en."}
    answer = ask(tariff(FLAT, limits=[limit]), users=51)
    assert (answer.outcome, answer.reason) == (Outcome.ON_QUOTE, "Parlons-en.")


def test_asking_more_than_what_is_included_is_not_eligible() -> None:
    of = tariff(
        FLAT,
        includes=[{"metric": "storage_gb", "quantity": 10, "per": "users"}],
        options=[{"code": "disk", "label": "Disque", "price": "1.00", "adds": {"storage_gb": 5}}],
    )
    assert ask(of, users=2, storage_gb=20).outcome is Outcome.PRICED
    assert ask(of, users=2, storage_gb=21).outcome is Outcome.NOT_ELIGIBLE
    assert ask(of, users=2, storage_gb=21, options={"disk": 1}).outcome is Outcome.PRICED
