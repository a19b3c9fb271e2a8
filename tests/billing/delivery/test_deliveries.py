"""What an accepted quote asks of the team, from its plan to the association that says « reçu »."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing.delivery.capacity import capacities, loads
from billing.delivery.planning import DeliveryRefused, finish, plan_deliveries, schedule
from billing.delivery.sessions import Session, SessionsUnreadable, read_sessions
from billing.models import Delivery, Quote, QuoteItem, Subscription
from billing.quoting.promise import promise_of_items
from crm.merging import merge
from crm.models import Organization
from crm.workqueue import workqueue
from hosters.models import Hoster, Role, User
from offers.models import Component, ComponentKind, Offer, OfferComponent
from offers.versions import publish_version
from pricing.periods import months_after
from tests.factories import make_acceptance, make_component, make_draft, make_offer, make_quote
from tests.pages import words

SignIn = Callable[[User], Client]
KINDS = ComponentKind


def sold(hoster: Hoster, kind: ComponentKind, **fields: Any) -> Quote:
    """An accepted quote of an offer with one component more."""
    offer = make_offer(hoster)
    give(offer, make_component(hoster, kind, **fields))
    return accepted(offer)


def give(offer: Offer, component: Component) -> None:
    OfferComponent.objects.create(offer=offer, component=component)
    publish_version(offer=offer)


def accepted(offer: Offer) -> Quote:
    quote = make_quote(offer)
    make_acceptance(quote)
    return quote


def test_prestation_becomes_a_task_that_waits_for_its_day(artifaille: Hoster) -> None:
    """000-003, 000-022: work with its time and its person, in Aujourd’hui once the quote is accepted."""
    quote = sold(
        artifaille,
        KINDS.PRESTATION,
        function="Reprendre les messages",
        hours=Decimal("3.5"),
        contact_person="Noé",
    )
    (task,) = quote.deliveries.all()
    assert (task.kind, task.what, task.hours, task.person) == (
        "work",
        "Reprendre les messages",
        Decimal("3.5"),
        "Noé",
    )
    item = next(each for each in workqueue(artifaille, role=Role.SALES) if each.label == "Travail à faire")
    assert (item.title, item.button) == ("Les Amis du lavoir", "Choisir le jour")
    assert "Reprendre les messages – Noé – à planifier" in item.detail


def test_service_comes_back_until_its_contract_ends(artifaille: Hoster, alix: User) -> None:
    """000-007: the follow-up is planned from the months promised, and the next one from the day planned."""
    quote = sold(artifaille, KINDS.SERVICE, review_months=3)
    today = timezone.localdate()
    (first,) = quote.deliveries.all()
    assert (first.kind, first.due_on) == ("follow_up", months_after(today, 3))
    assert not [each for each in workqueue(artifaille, role=Role.SALES) if each.label == "Point de suivi"]

    schedule(delivery=first, due_on=today - timedelta(days=100), person="Noé")
    late = next(each for each in workqueue(artifaille, role=Role.SALES) if each.label == "Point de suivi")
    assert late.tone == "warning"
    following = finish(delivery=first, on=today, note="Tout va bien.", by=alix)
    assert following is not None
    assert following.due_on is not None
    assert today < following.due_on <= months_after(today, 3)
    assert finish(delivery=first, on=today, note="Encore", by=alix) is None  # twice changes nothing
    assert quote.deliveries.count() == 2

    Subscription.objects.update(ended_on=today)
    assert finish(delivery=following, on=today, note="", by=alix) is None
    assert not Delivery.objects.to_do().exists()


def test_product_asks_nothing_unless_it_is_downloaded(artifaille: Hoster, client: Client) -> None:
    """000-013: delivered without staff; the address is in no public page nor quote."""
    assert not sold(artifaille, KINDS.PRODUIT).deliveries.exists()
    quote = sold(artifaille, KINDS.PRODUIT, download_url="https://fichiers.example/secret.zip")
    (given,) = quote.deliveries.all()
    assert (given.kind, given.done_on) == ("download", timezone.localdate())
    assert "secret.zip" not in str(quote.promise)
    assert quote.offer is not None
    assert "secret.zip" not in client.get(quote.offer.get_absolute_url()).content.decode()


@pytest.mark.parametrize("delivery", [Component.Delivery.PARTIAL, Component.Delivery.MANUAL])
def test_product_that_a_person_opens_is_opened_in_one_click(
    artifaille: Hoster, alix: User, signed_in: SignIn, delivery: str
) -> None:
    """000-026: automatic for a product, else one button; the association then reads that it is open."""
    quote = sold(artifaille, KINDS.PRODUIT, function="Un nuage à vous", delivery=delivery)
    (opening,) = quote.deliveries.all()
    assert (opening.kind, opening.due_on, opening.done_on) == ("opening", None, None)
    waiting = next(each for each in workqueue(artifaille, role=Role.SALES) if each.label == "Accès à ouvrir")
    assert waiting.button == "Dire que c’est fait"
    client = signed_in(alix)
    page = client.get(reverse("staff:deliveries"))
    assert "C’est ouvert" in words(page)
    today = timezone.localdate().isoformat()
    assert f'name="on" value="{today}"' in page.content.decode()
    client.post(reverse("staff:delivery_done", kwargs={"pk": opening.pk}), {"on": today})
    opening.refresh_from_db()
    assert (opening.done_on, opening.done_by) == (timezone.localdate(), alix)
    assert quote.deliveries.count() == 1


def test_capacity_told_is_compared_with_what_runs(artifaille: Hoster) -> None:
    """000-011: two associations sold for one that the team can hold; hours are summed."""
    offer = make_offer(artifaille)
    helping = make_component(artifaille, KINDS.SERVICE, function="Deux heures d’aide", capacity=1, hours=2)
    give(offer, helping)
    accepted(offer)
    assert [load.over for load in loads(*capacities(artifaille))] == [False]
    other = make_quote(offer, organization=_named("Autre structure"))
    make_acceptance(other)
    (load,) = loads(*capacities(artifaille))
    assert (load.sold, load.over) == (2, True)
    assert any(each.label == "Trop vendu" for each in workqueue(artifaille, role=Role.SALES))
    Component.objects.filter(pk=helping.pk).update(capacity=4, capacity_unit="hours")
    (load,) = loads(*capacities(artifaille))
    assert (load.sold, load.over) == (4, False)


def _named(name: str) -> Any:
    from crm.organizations import OrganizationDetails

    return OrganizationDetails(name, "1 rue du Puits", "69001", "Lyon")


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("", []),
        (
            "12/01/2027 : les dossiers\n\n suite ",
            [Session(date(2027, 1, 12), "les dossiers"), Session(None, "suite")],
        ),
        ("1/2/2027", [Session(date(2027, 2, 1), "Séance")]),
    ],
)
def test_plan_of_sessions_is_read_line_by_line(text: str, found: list[Session]) -> None:
    assert read_sessions(text) == found


@pytest.mark.parametrize("text", ["31/02/2027 : jamais", "x" * 161, "\n".join("abcdefghijklmnopqrstuvwxyz")])
def test_plan_that_cannot_be_held_is_refused(text: str) -> None:
    with pytest.raises(SessionsUnreadable):
        read_sessions(text)


def test_sessions_of_a_line_by_hand_are_on_the_quote_and_to_be_done(artifaille: Hoster) -> None:
    """000-008: the description and the plan are this association's own."""
    quote = sold(artifaille, KINDS.PRODUIT)
    line = QuoteItem(
        quote=quote,
        label="Accompagnement",
        explanation="Pour votre équipe de trois",
        cadence="period",
        sessions="12/01/2027 : dossiers\nvisio",
    )
    promise = promise_of_items([line])
    assert promise["parts"][0]["detail"] == "12/01/2027 : dossiers ; visio"
    quote.promise = promise
    first, second = plan_deliveries(quote=quote)
    assert (first.kind, first.due_on, first.what) == (
        "session",
        date(2027, 1, 12),
        "Pour votre équipe de trois : dossiers",
    )
    assert second.due_on is None


def test_offer_of_a_quote_has_its_own_words_and_sessions(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    """000-008: typed with the offer, read on the quote; its work is planned as these sessions and not twice."""
    offer = make_offer(artifaille)
    give(offer, make_component(artifaille, KINDS.PRESTATION, function="Former votre équipe"))
    draft = make_draft(accepted(offer).contact)
    page = reverse("staff:quote_add_offer", kwargs={"pk": draft.pk}) + f"?offre={offer.slug}"
    typed = {"users": "5", "storage_gb": "10", "explanation": "Pour les trois salariées", "engagement": "1"}
    client = signed_in(alix)
    assert client.post(page, typed | {"sessions": "31/02/2027 : visio"}).status_code == 422
    client.post(page, typed | {"sessions": "12/01/2027 : dossiers\nvisio"})
    told = Quote.objects.get(pk=draft.pk)
    (part,) = [each for each in told.promise["parts"] if each["function"] == "Former votre équipe"]
    assert part["detail"] == "Pour les trois salariées ; 12/01/2027 : dossiers ; visio"
    rows = [each for each in plan_deliveries(quote=told) if "Former" in each.what]
    assert [(each.kind, each.due_on) for each in rows] == [("session", date(2027, 1, 12)), ("session", None)]


def test_sessions_of_an_offer_without_work_are_a_part_of_their_own(artifaille: Hoster) -> None:
    """000-008: each item of the quote keeps its own plan."""
    quote = accepted(make_offer(artifaille))
    item = quote.items.get()
    item.sessions = "12/01/2027 : dossiers"
    promise = promise_of_items([item, QuoteItem(quote=quote, offer=item.offer, explanation="Deux sites")])
    assert [each["function"] for each in promise["parts"][-2:]] == ["Séances prévues", "Deux sites"]


def test_membership_by_hand_is_no_work(artifaille: Hoster) -> None:
    quote = sold(artifaille, KINDS.PRODUIT)
    quote.promise = promise_of_items([QuoteItem(quote=quote, label="Adhésion", cadence="one_off", vat="O")])
    assert plan_deliveries(quote=quote) == []


def test_staff_plans_then_says_what_was_done(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    """000-005: « fait le », by whom, in words that the association reads."""
    (task,) = sold(artifaille, KINDS.PRESTATION, function="Former <b>l’équipe</b>").deliveries.all()
    client = signed_in(alix)
    assert "Former <b>l’équipe</b>" in words(client.get(reverse("staff:deliveries")))
    page = client.get(task.get_absolute_url())
    assert "<b>l’équipe" not in page.content.decode()
    soon = timezone.localdate() + timedelta(days=3)
    client.post(task.get_absolute_url(), {"due_on": soon.isoformat(), "person": "Noé"})
    task.refresh_from_db()
    assert (task.due_on, task.person) == (soon, "Noé")
    url = reverse("staff:delivery_done", kwargs={"pk": task.pk})
    refused = client.post(url, {"on": soon.isoformat()})
    assert (refused.status_code, "pas encore passé" in words(refused)) == (422, True)
    client.post(url, {"on": timezone.localdate().isoformat(), "note": "Huit personnes formées."})
    assert "Huit personnes formées." in words(client.get(reverse("staff:deliveries") + "?faites=1"))
    task.refresh_from_db()
    assert task.done_by == alix
    with pytest.raises(DeliveryRefused):
        schedule(delivery=task, due_on=None, person="")


def test_accountant_reads_and_does_not_write(artifaille: Hoster, bastien: User, signed_in: SignIn) -> None:
    (task,) = sold(artifaille, KINDS.PRESTATION).deliveries.all()
    client = signed_in(bastien)
    assert task.get_absolute_url() not in client.get(reverse("staff:deliveries")).content.decode()
    assert client.post(task.get_absolute_url(), {"person": "x"}).status_code == 403


def test_deliveries_follow_their_organisation_in_a_merge(artifaille: Hoster, alix: User) -> None:
    quote = sold(artifaille, KINDS.PRESTATION)
    kept = Organization.objects.create(hoster=artifaille, name="Le Lavoir")
    merge(kept=kept, absorbed=quote.organization, by=alix)
    assert quote.deliveries.get().organization == kept
