"""An offer keeps its former addresses: links printed long ago still arrive (002-064)."""

import pytest
from django.test import Client
from django_scopes import scope

from hosters.models import Hoster
from offers.editing import AddressTaken, change_address, check_address
from offers.models import FormerSlug, Offer
from offers.versions import withdraw_offer
from tests.factories import make_offer
from tests.pages import words


@pytest.fixture
def renamed(artifaille: Hoster) -> Offer:
    """PackAsso, then Marmule: the course's own example."""
    offer = make_offer(artifaille, slug="packasso", former_name="PackAsso")
    change_address(offer=offer, slug="pack-2")
    change_address(offer=offer, slug="marmule")
    return offer


@pytest.mark.parametrize("page", ["", "devis/", "depart/"])
@pytest.mark.parametrize("former", ["packasso", "pack-2"])
def test_former_address_leads_to_the_offer_for_ever(renamed: Offer, former: str, page: str) -> None:
    answer = Client().get(f"/offres/{former}/{page}?users=12&via=affiche")
    assert (answer.status_code, answer.url) == (301, f"/offres/marmule/{page}?users=12&via=affiche")
    assert Client().get(f"/offres/{former}/{page}").url == f"/offres/marmule/{page}"


def test_page_says_the_former_name(renamed: Offer) -> None:
    assert "Anciennement PackAsso." in words(Client().get("/offres/marmule/"))


def test_address_that_nobody_had_is_a_404(renamed: Offer) -> None:
    assert Client().get("/offres/jamais-vue/").status_code == 404
    assert Client().post("/offres/packasso/devis/").status_code == 404


def test_offer_withdrawn_is_a_404_at_every_address(renamed: Offer) -> None:
    withdraw_offer(offer=renamed)
    for slug in ("packasso", "marmule"):
        assert Client().get(f"/offres/{slug}/").status_code == 404


def test_former_address_of_another_hoster_leads_nowhere(renamed: Offer, other: Hoster) -> None:
    assert Client().get("/chez/artifaille/offres/packasso/").url == "/chez/artifaille/offres/marmule/"
    assert Client().get(f"/chez/{other.slug}/offres/packasso/").status_code == 404
    with scope(hoster=other):
        check_address("packasso")


def test_going_back_to_a_former_address_forgets_it(renamed: Offer) -> None:
    change_address(offer=renamed, slug="packasso")
    assert Client().get("/offres/packasso/").status_code == 200
    assert Client().get("/offres/marmule/").url == "/offres/packasso/"
    assert set(FormerSlug.objects.values_list("slug", flat=True)) == {"marmule", "pack-2"}


def test_former_address_of_an_offer_is_given_to_no_other(renamed: Offer, artifaille: Hoster) -> None:
    second = make_offer(artifaille, slug="perchoir")
    with pytest.raises(AddressTaken, match="des liens y mènent"):
        change_address(offer=second, slug="packasso")
    with pytest.raises(AddressTaken, match="déjà cette adresse"):
        change_address(offer=second, slug="marmule")


def test_address_is_changed_in_the_workshop(renamed: Offer, team: Client) -> None:
    url = "/gestion/offres/marmule/adresse/"
    assert "packasso" in words(team.get(url))
    assert team.post(url, {"slug": "pas bien"}).status_code == 422
    assert team.post(url, {"slug": "Petite-Marmule"}).url == "/gestion/offres/petite-marmule/"
    assert Client().get("/offres/marmule/").url == "/offres/petite-marmule/"
