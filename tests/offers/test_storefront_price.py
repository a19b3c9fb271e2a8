"""The price page of the Marmule: 12 people and 35 GB, with and without JavaScript."""

import pytest
from django.test import Client

from hosters.models import Hoster
from offers.models import Offer
from tests.factories import MARMULE, make_offer
from tests.pages import normal, region, words

MARMULE_PAGE = "/offres/marmule/"
HTMX = {"hx-request": "true"}


@pytest.fixture
def marmule(artifaille: Hoster) -> Offer:
    return make_offer(artifaille, slug="marmule")


def price_at(query: str, **headers: str) -> str:
    return words(region(Client(headers=headers).get(f"{MARMULE_PAGE}?{query}"), "prix"))


def test_twelve_people_and_35_gb(marmule: Offer) -> None:
    shown = price_at("users=12&storage_gb=35")
    for amount in ("30,00 € TTC par mois", "100,00 €", "430,00 €", "380,00 €"):
        assert amount in shown


def test_each_line_says_which_rule_gave_it(marmule: Offer) -> None:
    shown = price_at("users=12&storage_gb=35")
    for label in ("Pack de base", "Personnes", "Espace", "Frais de mise en place", "Adhésion"):
        assert label in shown
    assert "5,00 €" in shown  # of a block


def test_page_without_parameters_shows_the_smallest_configuration(marmule: Offer) -> None:
    assert "10,00 € TTC par mois" in price_at("")


@pytest.mark.parametrize(
    "spelling",
    [
        "users=12&storage_gb=35",
        "users=12.0&storage_gb=35",
        "users=12,0&storage_gb=35",
        "users=+12+&storage_gb=35",
    ],
)
def test_quantity_is_read_as_people_type_it(marmule: Offer, spelling: str) -> None:
    assert "30,00 € TTC par mois" in price_at(spelling)


def test_htmx_part_is_the_same_as_in_the_page(marmule: Offer) -> None:
    """What moves a slider and what reloads the page never drift."""
    query = f"{MARMULE_PAGE}?users=12&storage_gb=35"
    page = region(Client().get(query), "prix").replace(
        '<input type="hidden" name="premier" value="1" form="configurateur">', ""
    )
    part = Client(headers=HTMX).get(query).content.decode()
    part, announced = part.split('<span id="annonce"')
    assert normal(part) == normal(page)
    assert "30,00 € TTC par mois" in words("<span" + announced)


def test_htmx_keeps_the_configuration_in_the_address(marmule: Offer) -> None:
    answer = Client(headers=HTMX).get(f"{MARMULE_PAGE}?users=12&storage_gb=35&premier=1&inconnu=3")
    assert answer["HX-Replace-Url"] == f"{MARMULE_PAGE}?users=12&storage_gb=35"
    assert answer["Vary"] == "HX-Request" or "HX-Request" in answer["Vary"]


def test_shared_address_shows_the_same_configuration(marmule: Offer) -> None:
    address = Client(headers=HTMX).get(f"{MARMULE_PAGE}?users=12&storage_gb=35")["HX-Replace-Url"]
    page = Client().get(address).content.decode()
    assert 'value="12"' in page and 'value="35"' in page


def test_member_already_pays_no_membership_the_first_year(marmule: Offer) -> None:
    shown = price_at("users=12&storage_gb=35&adherent=on")
    assert "410,00 €" in shown and "380,00 €" in shown


def test_unpublished_offer_does_not_exist(artifaille: Hoster) -> None:
    make_offer(artifaille, slug="brouillon", state=Offer.State.DRAFT)
    for path in ("/offres/brouillon/", "/offres/brouillon/devis/", "/offres/jamais/"):
        assert Client().get(path).status_code == 404
        assert Client().post(path, {}).status_code in {404, 405}


def test_offer_of_another_hoster_does_not_exist(artifaille: Hoster, other: Hoster) -> None:
    make_offer(other, slug="perchoir")
    assert Client().get("/chez/gouttiere/offres/perchoir/").status_code == 200
    assert Client().get("/chez/artifaille/offres/perchoir/").status_code == 404


def test_draft_is_not_in_the_lists(artifaille: Hoster, marmule: Offer) -> None:
    make_offer(artifaille, name="Brouillon secret", state=Offer.State.DRAFT)
    for path in ("/", "/offres/"):
        page = words(Client().get(path))
        assert "Marmule" in page and "Brouillon secret" not in page


def test_franchise_says_no_ttc(artifaille: Hoster) -> None:
    """Without VAT the word TTC would be a lie; the mention replaces it (DEV-06)."""
    artifaille.vat_regime = "franchise_293b"
    artifaille.save()
    make_offer(artifaille, slug="marmule")
    shown = price_at("users=12&storage_gb=35")
    assert "TTC" not in shown
    assert "TVA non applicable, article 293 B du CGI" in shown


def test_beyond_the_last_tier_is_on_quote_and_never_zero(artifaille: Hoster) -> None:
    limited = MARMULE | {"limits": [{"metric": "users", "maximum": "50", "outcome": "on_quote"}]}
    make_offer(artifaille, slug="marmule", tariff=limited)
    shown = price_at("users=51")
    assert "Sur devis" in shown
    assert "0,00 € TTC" not in shown.replace("10,00", "")


def test_every_published_offer_is_shown_by_need_first(marmule: Offer) -> None:
    """What it is for comes before any name of software (002-120)."""
    page = words(Client().get(MARMULE_PAGE))
    assert page.index("Partager ses documents") < page.index("Nextcloud")
