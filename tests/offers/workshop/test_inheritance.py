"""« Toutes les options d'Émeraude » : an offer that holds another (002-137), several publics (002-068)."""

from collections.abc import Callable
from itertools import pairwise
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hosters.models import Hoster, User
from offers.comparison import compare
from offers.models import ComponentKind, Entitlement, Offer, OfferComponent, Range
from offers.parts import all_parts, inherited_parts
from offers.ranges import RingOfOffers, place_offer
from offers.showcase import published_offers, shelf_of, showcase
from offers.versions import publish_version
from tests.factories import make_component, make_offer
from tests.pages import words

SignIn = Callable[[User], Client]


def hold(offer: Offer, held: Offer | None) -> None:
    place_offer(offer=offer, segment=offer.segment, also_for=[], inherits=held)
    offer.refresh_from_db()
    if offer.state == Offer.State.PUBLISHED:
        publish_version(offer=offer)


def chain(hoster: Hoster, number: int) -> list[Offer]:
    """As many offers, each holding the one before."""
    offers = [make_offer(hoster, name=f"Niveau {rank}", position=rank) for rank in range(number)]
    for below, above in pairwise(offers):
        hold(above, below)
    return offers


def test_offer_gives_what_it_holds_then_its_own(artifaille: Hoster) -> None:
    first, second, third = chain(artifaille, 3)
    expected = [offer.parts.get().component for offer in (first, second, third)]
    assert [part.component for part in all_parts(third)] == expected
    assert [part.component for part in inherited_parts(third)] == expected[:2]


def test_component_of_its_own_replaces_the_inherited_one_in_place(artifaille: Hoster) -> None:
    small, large = chain(artifaille, 2)
    shared = small.parts.get().component
    OfferComponent.objects.create(offer=large, component=shared, detail="deux fois plus")
    parts = all_parts(large)
    assert [part.component_id for part in parts].count(shared.pk) == 1
    assert parts[0].detail == "deux fois plus"


def test_kind_counts_what_is_inherited(artifaille: Hoster) -> None:
    """000-002, CARD-003: computed, never typed."""
    small, large = chain(artifaille, 2)
    small.parts.all().delete()
    OfferComponent.objects.create(offer=small, component=make_component(artifaille, ComponentKind.SERVICE))
    assert Offer.objects.get(pk=large.pk).kind == "hybride"


def test_installed_then_taught_then_hosted_is_hybrid(artifaille: Hoster) -> None:
    """002-123: « Nous installons… nous vous formons » is work, and a tool that stays."""
    offer = make_offer(artifaille)
    assert offer.kind == "produit"
    for function in ("Installer l’outil et le régler", "Une demi-journée de formation"):
        work = make_component(artifaille, ComponentKind.PRESTATION, function=function, software="")
        OfferComponent.objects.create(offer=offer, component=work)
    publish_version(offer=offer)
    assert (offer.kind, offer.kind_label) == ("hybride", "hybride")


@pytest.mark.parametrize(("offer", "held"), [(0, 0), (0, 1), (0, 2), (1, 2)])
def test_ring_is_refused(artifaille: Hoster, offer: int, held: int) -> None:
    offers = chain(artifaille, 3)
    with pytest.raises(RingOfOffers):
        hold(offers[offer], offers[held])


def test_too_many_one_in_another_is_refused(artifaille: Hoster) -> None:
    offers = chain(artifaille, 4)
    with pytest.raises(RingOfOffers):
        hold(make_offer(artifaille), offers[-1])
    with pytest.raises(RingOfOffers):
        hold(offers[0], make_offer(artifaille))


def test_ring_written_by_other_means_does_not_hang(artifaille: Hoster) -> None:
    first, second = chain(artifaille, 2)
    Offer.objects.filter(pk=first.pk).update(inherits=second)
    assert len(all_parts(Offer.objects.get(pk=first.pk))) == 2


def test_lineage_costs_the_same_for_any_number_of_offers(
    artifaille: Hoster, django_assert_num_queries: Any
) -> None:
    def read() -> None:
        compare(published_offers()).rows  # noqa: B018

    chain(artifaille, 3)
    with django_assert_num_queries(2):
        read()
    chain(artifaille, 3)
    chain(artifaille, 3)
    with django_assert_num_queries(2):
        read()


def test_page_says_what_it_holds_and_what_it_adds(artifaille: Hoster, client: Client) -> None:
    small, large = chain(artifaille, 2)
    read = words(client.get(large.get_absolute_url()))
    assert "Tout ce qui est dans Niveau 0 , et en plus :" in read
    assert "Ce qui vient de Niveau 0" in read
    assert small.parts.get().component.need.title in read


def test_page_of_a_draft_that_is_held_is_no_link(artifaille: Hoster, client: Client) -> None:
    small, large = chain(artifaille, 2)
    Offer.objects.filter(pk=small.pk).update(state=Offer.State.DRAFT)
    page = client.get(large.get_absolute_url()).content.decode()
    assert f'href="{small.get_absolute_url()}"' not in page


def test_comparison_expands_what_is_held(artifaille: Hoster) -> None:
    small, large = chain(artifaille, 2)
    row = next(
        row
        for row in compare([small, Offer.objects.get(pk=large.pk)]).rows
        if row.need == small.parts.get().component.need
    )
    assert [cell.had for cell in row.cells] == [True, True]


def test_place_form_refuses_a_ring_beside_its_field(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    small, large = chain(artifaille, 2)
    url = reverse("staff:offer_place", kwargs={"slug": small.slug})
    client = signed_in(alix)
    answer = client.post(url, {"segment": "association", "inherits": large.pk})
    assert answer.status_code == 422
    assert "se contiendrait elle-même" in words(answer)
    assert client.post(url, {"segment": "association", "also_for": ["public"]}).status_code == 302
    small.refresh_from_db()
    assert small.segments == ["association", "public"]


def test_offer_of_another_hoster_cannot_be_held(
    artifaille: Hoster, other: Hoster, alix: User, signed_in: SignIn
) -> None:
    offer, foreign = make_offer(artifaille), make_offer(other)
    url = reverse("staff:offer_place", kwargs={"slug": offer.slug})
    url = f"/chez/artifaille{url}" if not url.startswith("/chez/") else url
    answer = signed_in(alix).post(url, {"segment": "association", "inherits": foreign.pk})
    assert answer.status_code == 422
    offer.refresh_from_db()
    if offer.state == Offer.State.PUBLISHED:
        publish_version(offer=offer)
    assert offer.inherits is None


def test_offer_is_shown_to_each_of_its_publics(artifaille: Hoster) -> None:
    """002-068: one offer, several publics."""
    make_offer(artifaille, name="Seule")
    make_offer(artifaille, name="Double", also_for=["public"])
    offers = published_offers()
    assert [column.offer.name for column in showcase(offers, public="public").columns] == ["Double"]
    assert len(showcase(offers, public="association").columns) == 2


def test_range_is_compared_by_level(artifaille: Hoster) -> None:
    range = Range.objects.create(hoster=artifaille, slug="g", name="G")
    for position, (name, rank) in enumerate([("Or", 2), ("Bronze", 1)]):
        make_offer(artifaille, name=name, range=range, level_rank=rank, position=position)
    shelf = shelf_of(range, [offer for offer in published_offers() if offer.range == range]).shelves[0]
    assert [column.offer.name for column in shelf.comparison.columns] == ["Bronze", "Or"]


@pytest.mark.parametrize("held", [1, 4])
def test_list_of_offers_costs_the_same_whatever_they_hold(
    artifaille: Hoster, alix: User, signed_in: SignIn, django_assert_num_queries: Any, held: int
) -> None:
    """002-137: whether an offer is ahead of its version reads the rights of all that it holds at once."""
    base = make_offer(artifaille)
    for _number in range(held):
        part = OfferComponent.objects.create(offer=base, component=make_component(artifaille), position=9)
        Entitlement.objects.create(part=part, metric="users", position=1)
        publish_version(offer=make_offer(artifaille, inherits=base))
    client = signed_in(alix)
    with django_assert_num_queries(14):  # three more for what an offer holds
        client.get(reverse("staff:offers"))
