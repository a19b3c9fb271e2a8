"""Campaigns and outreach: a precise target, facts that nobody types, few letters, one voice for each structure."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.campaigns.campaigns import CampaignRefused, check_target, targets_of
from crm.campaigns.facts import cost_of_each, facts_of, progress_of
from crm.campaigns.mailing import recipients_of, send_letters
from crm.consent import may_write, oppose
from crm.letters.refusals import verdict_on
from crm.merging import merge
from crm.models import (
    CallForProjects,
    Campaign,
    CampaignAction,
    CampaignGoal,
    Consent,
    Contact,
    Encounter,
    Letter,
    LetterModel,
    Organization,
    Suppression,
    Wish,
)
from crm.outreach.encounters import Met, take
from crm.outreach.origins import by_first_step, by_source
from crm.outreach.records import add_voice
from crm.relation_settings import relation_settings
from crm.workqueue import workqueue
from hosters.models import Hoster, User
from offers.models import Offer
from tests.factories import make_acceptance, make_offer, make_quote
from tests.pages import words
from tests.relations import make_contact, make_organization
from tests.writing import make_campaign

SignIn = Callable[[User], Client]


@pytest.fixture
def campaign(artifaille: Hoster) -> Campaign:
    return make_campaign(artifaille, code="clubs-2026")


@pytest.fixture
def offer(artifaille: Hoster) -> Offer:
    return make_offer(artifaille)


@pytest.mark.parametrize(
    ("fields", "refused"),
    [
        ({}, False),
        ({"segment": ""}, True),
        ({"segment": "", "least_accounts": 5}, False),
        ({"target": "Toutes les associations de France"}, True),
        ({"target": "tout le monde"}, True),
        ({"target": "Les clubs dont toutes les sections se parlent"}, False),
    ],
)
def test_target_is_somebody_in_particular(artifaille: Hoster, fields: dict[str, Any], refused: bool) -> None:
    """002-188: two criteria at least, never « all associations »."""
    told = Campaign(
        hoster=artifaille, **{"target": "Les clubs", "segment": "association", "territory": "69"} | fields
    )
    if refused:
        with pytest.raises(CampaignRefused):
            check_target(told)
    else:
        check_target(told)


def test_report_counts_facts_of_the_code_only(campaign: Campaign, offer: Offer, alix: User) -> None:
    """002-004, 002-178, 002-189, 002-193: contacts, requests, quotes, accepted; cost of each; progress of a goal."""
    quote = make_quote(offer, source="clubs-2026")
    make_acceptance(quote)
    make_organization(campaign.hoster, alix, "Club de rame", source="clubs-2026")
    make_organization(campaign.hoster, alix, "Ailleurs", source="fair")
    Campaign.objects.update(spent_euros=50)
    campaign.refresh_from_db()
    found = facts_of(campaign)
    assert [number for _fact, number in found] == [0, 2, 0, 1, 1, 1]
    assert [str(cost) for _label, cost in cost_of_each(campaign, found)] == ["25.00", "50.00", "50.00"]
    CampaignGoal.objects.create(campaign=campaign, measure="accepted", value=4, deadline=date(2026, 11, 30))
    [progress] = progress_of(campaign.goals.all(), found)
    assert (progress.reached, progress.share) == (1, 25)


def test_levers_are_those_of_the_course_and_advertising_is_discouraged(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    """002-177, 002-191: digital, physical; hours and euros, planned then spent."""
    client, url = signed_in(alix), reverse("staff:outreach_new", kwargs={"kind": "campagnes"})
    page = words(client.get(url))
    for lever in ("contenus et référencement", "réseaux sociaux", "courriel", "lettre d’information"):
        assert lever in page
    assert "événement presse" in page and "publicité (déconseillée)" in page
    told = {"name": "Clubs", "lever": "press", "target": "Les clubs de Lyon", "segment": "association"}
    told |= {"territory": "69", "starts_on": "2026-11-01", "ends_on": "2026-11-30"}
    budget = {"planned_hours": "10", "spent_hours": "4.5", "planned_euros": "200", "spent_euros": "80"}
    answer = client.post(url, told | budget, follow=True)
    assert "Heures 4,5 passées sur 10 prévues" in words(answer)
    assert "Euros 80,00 € sur 200,00 €" in words(answer)


def test_plan_without_code_counts_its_days(artifaille: Hoster, alix: User) -> None:
    """002-208: a prospecting plan of a period counts everything that happens in it."""
    today = timezone.localdate()
    now = make_campaign(artifaille, code="", starts_on=today, ends_on=today)
    past = make_campaign(artifaille, code="", starts_on=date(2020, 1, 1), ends_on=date(2020, 2, 1))
    make_organization(artifaille, alix, "Club", source="fair")
    assert [facts_of(each)[1][1] for each in (now, past)] == [1, 0]


def test_letters_go_to_the_ticked_only_once_each(campaign: Campaign, alix: User) -> None:
    """002-182: a cap, a reason for each, nobody outside the target, nobody who refused, nothing twice."""
    hoster = campaign.hoster
    homes = [make_organization(hoster, alix, f"Club {each}") for each in range(4)]
    people = [make_contact(home, f"contact@club{n}.example") for n, home in enumerate(homes)]
    outside = make_contact(
        make_organization(hoster, alix, "Paris", postcode="75011"), "contact@paris.example"
    )
    oppose(contact=people[1], source="téléphone", cause=Suppression.Cause.OPPOSED)
    Contact.objects.filter(pk=people[2].pk).update(email="zoe@gmail.com")
    model = LetterModel.objects.create(hoster=hoster, name="m", subject="Bonjour", body="{{ structure }}")
    settings = relation_settings(hoster)
    told = {each.contact.pk: each.verdict for each in recipients_of(campaign, settings)}
    assert {pk for pk, verdict in told.items() if verdict.allowed} == {people[0].pk, people[3].pk}
    for contact in Contact.objects.exclude(pk=outside.pk).select_related("organization__hoster"):
        assert told[contact.pk].reason == verdict_on(contact, LetterModel.Purpose.PROSPECTING).reason
    chosen, key = [people[0].pk, people[1].pk, outside.pk], uuid4()
    for _twice in range(2):
        sent = send_letters(campaign=campaign, model=model, chosen=chosen, key=key, by=alix)
    assert (sent.number, len(sent.refusals)) == (1, 1)
    assert [each.body for each in Letter.objects.all()] == ["Club 0"]
    settings.letters_at_once = 1
    assert [each.contact for each in recipients_of(campaign, settings) if each.verdict.allowed] == [people[3]]


def test_page_of_recipients_costs_few_queries(
    campaign: Campaign, alix: User, signed_in: SignIn, django_assert_max_num_queries: Any
) -> None:
    client, url = signed_in(alix), reverse("staff:campaign_write", args=[campaign.pk])
    for n in range(6):
        make_contact(make_organization(campaign.hoster, alix, f"Club {n}"), f"contact@club{n}.example")
    client.get(url)
    with django_assert_max_num_queries(13):
        assert "Club 5" in words(client.get(url))
    assert client.post(url, {"key": uuid4()}).status_code == 422


def test_people_met_agree_to_what_they_ticked(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    """002-185: event, wording, date; nothing ticked is nothing agreed (004-007)."""
    salon = Encounter.objects.create(
        hoster=artifaille, name="Salon", on=date(2026, 11, 14), code="salon-2026", text="Nous vous écrirons."
    )
    told = {
        "organization": "Le Potager",
        "name": "Zoé",
        "email": "zoe@potager.example",
        "newsletter": "on",
        "paper": "on",
    }
    assert signed_in(alix).post(reverse("staff:encounter", args=[salon.pk]), told).status_code == 302
    contact = Contact.objects.get(email="zoe@potager.example")
    [consent] = Consent.objects.all()
    assert (consent.source, consent.text) == ("Salon, 14 novembre 2026", "Nous vous écrirons.")
    assert "papier" in consent.proof
    assert may_write(contact, Consent.Purpose.NEWSLETTER).allowed
    assert not may_write(contact, Consent.Purpose.PROSPECTING).allowed
    again = take(encounter=salon, met=Met("x", "Zoé", "ZOE@potager.example", "", True, False, False), by=alix)
    assert (again, Organization.objects.count()) == (contact, 1)
    assert contact.organization.source == "salon-2026"


def test_wish_counts_distinct_organisations(artifaille: Hoster, alix: User) -> None:
    wish = Wish.objects.create(hoster=artifaille, title="Un agenda papier")
    first, second = (make_organization(artifaille, alix, name) for name in ("Un", "Deux"))
    assert [add_voice(wish=wish, organization=each, words="oui") for each in (first, first, second)] == [
        True,
        False,
        True,
    ]
    merge(kept=first, absorbed=second, by=alix)
    assert wish.voices.filter(organization=first).count() == 1


def test_deadlines_come_in_the_queue(
    campaign: Campaign, artifaille: Hoster, at: Callable[[str], None]
) -> None:
    """002-190, 002-212: an action due, a call for projects two weeks before."""
    at("2026-11-23 09:00+01:00")
    day = timezone.localdate() + timedelta(days=14)
    CallForProjects.objects.create(
        hoster=artifaille, title="Numérique 2027", issuer="La Métropole", deadline=day
    )
    CallForProjects.objects.create(
        hoster=artifaille, title="Plus tard", issuer="x", deadline=day + timedelta(days=1)
    )
    CallForProjects.objects.create(hoster=artifaille, title="Rendu", issuer="x", deadline=day, status="sent")
    told = [
        item.title for item in workqueue(artifaille, role="sales") if item.title != "Votre première offre"
    ]
    assert told == [campaign.name, "Numérique 2027"]


def test_origins_tell_the_share_of_clients(artifaille: Hoster, alix: User) -> None:
    """004-005, FUN-05: 230 met at fairs, 30 clients: 13,0 %."""
    for number in range(230):
        Organization.objects.create(
            hoster=artifaille, name=f"A{number}", source="fair", stage="client" if number < 30 else "interest"
        )
    [line] = by_source(artifaille)
    assert (line.number, line.interested, line.clients) == (230, 200, 30)
    assert line.conversion.replace("\u00a0", " ").startswith(
        "13 % (30 sur 230"
    ) or line.conversion.startswith("13,0")


def test_origins_compare_who_took_the_first_step(artifaille: Hoster, alix: User) -> None:
    """002-196: 2 of 4 who came by themselves, 1 of 5 whom we went to see."""
    for number in range(9):
        Organization.objects.create(
            hoster=artifaille,
            name=f"A{number}",
            origin="inbound" if number < 4 else "outbound",
            stage="client" if number in (0, 1, 4) else "contact",
        )
    told = {line.label: (line.clients, line.number) for line in by_first_step(artifaille)}
    assert told == {"elle est venue à nous": (2, 4), "nous sommes allés la voir": (1, 5)}


def test_target_names_its_organisations(campaign: Campaign, alix: User) -> None:
    lyon = make_organization(campaign.hoster, alix, "Lyon")
    make_organization(campaign.hoster, alix, "Paris", postcode="75011")
    make_organization(campaign.hoster, alix, "Mairie", segment="public")
    make_organization(campaign.hoster, alix, "Tranquille", do_not_contact=True)
    assert list(targets_of(campaign)) == [lyon]


def test_actions_are_read_week_by_week(
    campaign: Campaign, alix: User, signed_in: SignIn, at: Callable[[str], None]
) -> None:
    """002-190: a Sunday and the Monday after are two weeks."""
    at("2026-11-20 10:00+01:00")
    for day in (22, 23, 27):
        CampaignAction.objects.create(
            campaign=campaign, what=f"Le {day}", due_on=date(2026, 11, day), lever="email"
        )
    read = words(signed_in(alix).get(reverse("staff:outreach")))
    weeks = read.split("Semaine du ")[1:]
    assert [week[:11] for week in weeks] == ["16 novembre", "23 novembre"]
    assert "Le 22" in weeks[0] and "Le 23" in weeks[1] and "Le 27" in weeks[1]
