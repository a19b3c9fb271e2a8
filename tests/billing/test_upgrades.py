"""More is proposed to a client for a reason only: a quota beyond 80 %, a need on record (001-011, 004-039, C6)."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from billing.figures.dashboard import board_of
from billing.models import Subscription
from billing.support import Agreed, CarryOver, agree_allowance, record_time
from billing.upgrades import reasons_for_more
from crm.models import Organization, Tag
from crm.organizations import PersonDetails
from hosters.models import Hoster, User
from offers.models import Offer
from tests.factories import make_acceptance, make_offer, make_quote
from tests.pages import words
from tests.relations import make_organization

SignIn = Callable[[User], Client]
At = Callable[[str], None]


@pytest.fixture
def contract(marmule: Offer) -> Subscription:
    """Marmule for 12 people, running, with 100 minutes of support a month."""
    make_acceptance(make_quote(marmule))
    subscription = Subscription.objects.get()
    agree_allowance(subscription=subscription, agreed=Agreed(100, 1, CarryOver.NONE))
    return subscription


def told(organization: Organization) -> list[str]:
    return [reason.what for reason in reasons_for_more(Organization.objects.get(pk=organization.pk))]


@pytest.mark.parametrize(("used", "proposed"), [(0, False), (80, False), (81, True), (150, True)])
def test_quota_counts_beyond_four_fifths(
    contract: Subscription, alix: User, used: int, proposed: bool
) -> None:
    if used:
        today = timezone.localdate()
        record_time(subscription=contract, spent_on=today, minutes=used, what="Aide", key=uuid4(), by=alix)
    assert [f"{used} % du temps d’accompagnement" in each for each in told(contract.organization)] == (
        [True] if proposed else []
    )


def test_declared_people_and_recorded_needs_count(contract: Subscription) -> None:
    """What the contract gives already is no reason: its own words name it."""
    organization = contract.organization
    Organization.objects.update(accounts=12)
    given = contract.quote.promise["parts"][0]["need"]
    for name in ("visioconférence", given):
        organization.tags.add(Tag.objects.create(hoster=organization.hoster, name=name[:60]))
    assert told(organization) == [
        "Le besoin « visioconférence » est noté, et aucun de ses contrats n’y répond."
    ]
    Organization.objects.update(accounts=13)
    assert told(organization)[0] == "Marmule : l’association déclare 13 comptes, le contrat en prévoit 12."


def test_nothing_is_proposed_to_who_is_no_client(contract: Subscription, alix: User) -> None:
    stranger = make_organization(contract.hoster, alix, "Inconnue", accounts=500, tags=["visioconférence"])
    assert told(stranger) == []
    Organization.objects.update(accounts=500)
    Subscription.objects.update(ended_on=timezone.localdate())
    assert told(contract.organization) == []


def test_only_contracts_and_what_was_declared_are_read(contract: Subscription) -> None:
    """001-011: neither counters of visits nor anything of the hosted tools."""
    with CaptureQueriesContext(connection) as made:
        reasons_for_more(contract.organization)
    read = {part.split('"')[0] for query in made for part in query["sql"].split('FROM "')[1:]}
    assert read == {
        "billing_subscription",
        "billing_supporttime",
        "billing_quoteitem",
        "crm_tag",
        "crm_organization",
    }


def test_page_says_why_or_that_there_is_nothing(
    contract: Subscription, alix: User, signed_in: SignIn
) -> None:
    client, url = signed_in(alix), reverse("staff:organization_upgrades", args=[contract.organization_id])
    assert url in client.get(contract.organization.get_absolute_url()).content.decode()
    page = words(client.get(url))
    assert "Rien à proposer" in page and "Commencer un devis" not in page
    Organization.objects.update(accounts=13)
    page = words(client.get(url))
    assert "déclare 13 comptes" in page and "Commencer un devis" in page
    Organization.objects.update(do_not_contact=True)
    assert "Commencer un devis" not in words(client.get(url))


def test_accepted_extension_is_counted_as_more_revenue(artifaille: Hoster, at: At) -> None:
    """004-039: a second contract of the same client is « en plus », not « nouveau »."""
    at("2026-10-05 10:00+02:00")
    marmule = make_offer(artifaille)
    person = PersonDetails("Dominique Petit", "dominique@lavoir.example", notice="…")
    make_acceptance(make_quote(marmule, person=person))
    at("2026-11-10 10:00+01:00")
    make_acceptance(make_quote(marmule, person=person))
    [organization] = Organization.objects.all()
    moved = board_of(organization.hoster, today=timezone.localdate()).moved
    assert moved.up > 0 and moved.new == 0
