"""A plan that costs nothing: whoever takes it is a free user of the funnel, not a client (002-112, 002-131)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from billing.figures.dashboard import board_of
from billing.models import Invoice, Subscription
from billing.subscriptions.runs import run_billing
from crm.models import Organization, Stage, StageChange
from crm.organizations import OrganizationDetails, PersonDetails
from funnel.look import Look
from funnel.report import report
from funnel.steps import steps_of
from hosters.models import Hoster
from offers.models import Offer
from tests.factories import MARMULE, make_acceptance, make_offer, make_quote

DAY = date(2026, 11, 22)
FREE: dict[str, Any] = {
    "metrics": MARMULE["metrics"],
    "charges": [
        charge | {"included": "100", "price": "1.00"} for charge in MARMULE["charges"] if "included" in charge
    ],
}
STEPS = ["free", "upgraded", "accepted", "paid"]


@pytest.fixture
def free_plan(artifaille: Hoster, at: Callable[[str], None]) -> Offer:
    at("2026-11-22 10:00+01:00")
    return make_offer(artifaille, slug="gratuit", tariff=FREE)


def counts(hoster: Hoster, since: date = DAY, until: date = DAY) -> dict[str, int]:
    return {row.code: row.count for row in report(Look(hoster, since, until), steps_of(STEPS))}


def test_002_131_free_user_is_counted_as_such_and_is_no_client(free_plan: Offer) -> None:
    hoster, quote = free_plan.hoster, make_quote(free_plan)
    assert quote.first_year_gross == 0
    make_acceptance(quote)
    assert counts(hoster) == {"free": 1, "upgraded": 0, "accepted": 0, "paid": 0}
    assert Organization.objects.get().stage == Stage.INTEREST
    assert not StageChange.objects.filter(after=Stage.CLIENT).exists()
    board = board_of(hoster, today=DAY)
    assert (board.clients, board.recurring, board.to_renew) == (0, 0, [])


def test_002_036_free_contract_runs_without_an_invoice(free_plan: Offer, at: Callable[[str], None]) -> None:
    """Nothing is owed: no invoice of 0 € leaves on the first day nor on those that follow, and the contract goes on."""
    make_acceptance(make_quote(free_plan))
    at("2027-02-23 10:00+01:00")
    run_billing(as_of=date(2027, 2, 23))
    assert not Invoice.objects.exists()
    assert Subscription.objects.active().get().next_invoice_on == date(2027, 3, 22)


def test_001_013_part_of_the_free_users_who_pay_later(free_plan: Offer, at: Callable[[str], None]) -> None:
    """Two take the free plan on 22 November; one of them accepts a price on 5 December, and so does somebody else."""
    hoster, marmule = free_plan.hoster, make_offer(free_plan.hoster, slug="marmule")
    make_acceptance(make_quote(free_plan))
    moulin = OrganizationDetails("Le Moulin", "3 place du Marché", "69003", "Lyon")
    make_acceptance(make_quote(free_plan, organization=moulin, person=person("idir@moulin.example")))
    at("2026-12-05 10:00+01:00")
    make_acceptance(make_quote(marmule))
    radio = OrganizationDetails("Radio Bocage", "3 place du Marché", "69003", "Lyon")
    make_acceptance(make_quote(marmule, organization=radio, person=person("lou@radio.example")))
    [free, upgraded, *_paying] = report(Look(hoster, DAY, DAY), steps_of(STEPS))
    assert (free.count, upgraded.count, upgraded.of_previous) == (2, 1, Decimal(50))
    assert (upgraded.base, upgraded.days) == (free.label, Decimal(13))
    assert counts(hoster, until=date(2026, 12, 5)) == {"free": 2, "upgraded": 1, "accepted": 2, "paid": 0}
    assert Organization.objects.filter(stage=Stage.CLIENT).count() == 2


def test_time_from_free_to_a_quote_is_never_negative(free_plan: Offer, at: Callable[[str], None]) -> None:
    """The free user asked on the 22nd and became one on the 25th: no delay from free to asked."""
    quote = make_quote(free_plan)
    at("2026-11-25 10:00+01:00")
    make_acceptance(quote)
    rows = report(Look(free_plan.hoster, DAY, DAY), steps_of(["free", "quoted"]))
    assert [(row.count, row.days) for row in rows] == [(1, None), (1, None)]


def person(email: str) -> PersonDetails:
    return PersonDetails("Une personne", email, notice="…")
