"""The cheapest offer for a need, several lines at once, changes and ends of contract."""

from decimal import Decimal
from typing import Any

import pytest

from pricing.engine import (
    Candidate,
    FeatureRequest,
    Outcome,
    Request,
    Selection,
    cancel,
    change,
    cheapest,
    parse_tariff,
    price_several,
    rank,
)
from tests.pricing.engine.tariffs import FRANCHISE, ask, course, course_data, euro, tariff

MARSNET = [
    Candidate(slug, slug, course(f"marsnet-{slug}"))
    for slug in ("formation", "petit", "moyen", "gros", "xl", "xxl")
]
RESOURCES = ("storage_gb", "domains", "mail_addresses", "mailing_lists", "databases")


def need(*quantities: int) -> dict[str, int]:
    return dict(zip(RESOURCES, quantities, strict=True))


def test_cheapest_plan_with_its_supplements() -> None:
    best = cheapest(MARSNET, need(2, 1, 5, 1, 1), FRANCHISE)
    assert best is not None
    assert (best.candidate.code, best.cost) == ("moyen", euro("84.00"))
    assert best.selection.options == {"mail_addresses": 2}


def test_plan_with_supplements_may_beat_a_bigger_plan() -> None:
    best = cheapest(MARSNET, need(10, 5, 12, 10, 5), FRANCHISE)
    assert best is not None
    assert (best.candidate.code, best.cost, best.supplements) == ("xl", euro("288.00"), 9)


def test_free_plan_is_best_when_it_is_enough() -> None:
    best = cheapest(MARSNET, {"mail_addresses": 1}, FRANCHISE)
    assert best is not None
    assert (best.candidate.code, best.cost) == ("formation", euro("0.00"))


def test_what_comes_per_person_raises_the_number_of_people() -> None:
    """002-104: a right per person is multiplied by the people."""
    pro = Candidate("pro", "kSuite Pro", course("ksuite-pro"))
    best = cheapest([pro], {"mail_addresses": 12}, FRANCHISE, months=12)
    assert best is not None
    assert best.selection.quantities["users"] == 3
    assert best.cost == euro("118.44")


def test_offers_that_do_not_fit_come_last_with_their_reason() -> None:
    candidates = [
        Candidate("team", "Équipe", course("cours-equipe")),
        Candidate("tiers", "Paliers", course("cours-paliers-utilisatrices")),
        Candidate("each", "Par personne", course("cours-par-utilisatrice")),
    ]
    ranked = rank(candidates, {"users": 55}, FRANCHISE)
    assert [each.candidate.code for each in ranked] == ["each", "tiers", "team"]
    assert ranked[-1].breakdown.reason
    assert not ranked[-1].fits


def test_no_offer_for_what_nobody_counts() -> None:
    assert cheapest(MARSNET, {"unicorns": 1}, FRANCHISE) is None


def test_lines_are_added_and_membership_counted_once() -> None:
    marmule = Request("Marmule", course("marmule"), Selection({"users": 5, "storage_gb": 20}))
    answer = price_several([marmule, marmule], vat=FRANCHISE)
    assert (answer.recurring_per_period, answer.first_invoice) == (euro("20.00"), euro("140.00"))
    assert answer.first_bill is not None
    assert answer.first_bill.gross == euro("140.00")


def test_different_terms_have_no_common_period() -> None:
    lines = [
        Request("A", course("cours-recurrence"), Selection(term_months=12)),
        Request("B", course("cours-par-utilisatrice"), Selection({"users": 1})),
    ]
    answer = price_several(lines, vat=FRANCHISE)
    assert answer.recurring_per_period is None
    assert (answer.first_year_total, answer.first_invoice) == (euro("220.00"), euro("110.00"))


def test_one_line_on_quote_leaves_a_known_subtotal() -> None:
    lines = [
        Request("Marmule", course("marmule"), Selection({"users": 5, "storage_gb": 20})),
        Request("Pâquerette", course("paquerette"), Selection(options={"formation": 1})),
    ]
    answer = price_several(lines, vat=FRANCHISE)
    assert (answer.outcome, answer.first_invoice, answer.is_firm) == (Outcome.ON_QUOTE, None, False)
    assert answer.known_subtotal is not None
    assert answer.known_subtotal.first_invoice == euro("80.00")
    assert answer.known_subtotal.first_year_total == euro("190.00")


@pytest.mark.parametrize(
    ("request_", "outcome"),
    [
        (FeatureRequest("Module", 1), Outcome.REFUSED),
        (FeatureRequest("Module", 2), Outcome.ON_QUOTE),
        (FeatureRequest("Module", 1, accepted=True), Outcome.ON_QUOTE),
    ],
)
def test_feature_asked_by_one_is_refused_unless_staff_accepts(request_: Any, outcome: Outcome) -> None:
    answer = price_several([request_], vat=FRANCHISE)
    assert answer.outcome is outcome
    assert answer.reason


def test_nothing_to_price_is_invalid() -> None:
    assert price_several([], vat=FRANCHISE).outcome is Outcome.INVALID


def test_change_on_a_boundary_starts_with_the_next_period() -> None:
    before, after = (ask(course("marmule"), users=n, storage_gb=20) for n in (5, 8))
    changed = change(before, after, after_months=6)
    assert changed is not None
    assert (changed.invoice_now, changed.first_year_total, changed.yearly_after) == (
        0,
        euro("220.00"),
        euro("200.00"),
    )


def test_upgrade_inside_a_period_is_prorated_by_whole_months() -> None:
    before, after = (ask(course(slug), term_months=12) for slug in ("sleto-opale", "sleto-emeraude"))
    changed = change(before, after, after_months=6)
    assert changed is not None
    assert (changed.invoice_now, changed.first_year_total, changed.yearly_after) == (
        euro("57.50"),
        euro("132.50"),
        euro("190.00"),
    )


def test_downgrade_waits_for_the_next_period() -> None:
    before, after = (ask(course(slug), term_months=12) for slug in ("sleto-emeraude", "sleto-opale"))
    changed = change(before, after, after_months=6)
    assert changed is not None
    assert (changed.invoice_now, changed.first_year_total, changed.yearly_after) == (
        0,
        euro("190.00"),
        euro("75.00"),
    )


def test_change_to_something_without_price_has_no_figure() -> None:
    assert change(ask(course("marmule")), ask(course("paquerette")), after_months=1) is None


@pytest.mark.parametrize(
    ("days", "refund", "year"), [(20, "287.88", "0.00"), (30, "287.88", "0.00"), (31, "0.00", "287.88")]
)
def test_guarantee_refunds_all_then_nothing(days: int, refund: str, year: str) -> None:
    of = course("proton-family")
    ended = cancel(of, ask(of, users=6, term_months=12), after_days=days)
    assert ended is not None
    assert (ended.refund, ended.first_year_total, ended.yearly_after) == (euro(refund), euro(year), 0)


def test_monthly_contract_ended_pays_the_months_begun() -> None:
    of = tariff({"type": "flat", "price": "10"}, setup_fee="5")
    ended = cancel(of, ask(of), after_days=45)
    assert ended is not None
    assert ended.first_year_total == euro("25.00")


def test_bundle_reading_of_a_supplement_adds_one_of_each() -> None:
    data = course_data("marsnet-petit")
    data["options"] = [
        {"code": "bundle", "label": "Lot", "price": "12.00", "adds": dict.fromkeys(RESOURCES, 1)}
    ]
    best = cheapest([Candidate("petit", "Petit", parse_tariff(data))], need(2, 2, 3, 3, 2), FRANCHISE)
    assert best is not None
    assert (best.cost, best.selection.options) == (euro("48.00"), {"bundle": Decimal(1)})
