"""Ranges side by side: at most four, what is common said once, prices at one term with their saving."""

from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hosters.models import Hoster
from offers.models import Component, ComponentKind, Need, Offer, OfferComponent, Range
from offers.versions import publish_version
from tests.factories import make_component, make_offer
from tests.pages import region, words

TWO_TERMS: dict[str, Any] = {
    "charges": [{"type": "flat", "label": "Pack", "price": {"1": "10.00", "12": "100.00"}}],
    "terms": [{"months": 1}, {"months": 12}],
}
ON_QUOTE: dict[str, Any] = {"charges": [{"type": "on_quote", "label": "Migration"}]}
HTMX = {"hx-request": "true"}


@pytest.fixture
def stones(artifaille: Hoster) -> Range:
    return Range.objects.create(
        hoster=artifaille, slug="pierres", name="Les pierres", purpose="Trois tailles."
    )


def stone(
    range: Range, name: str, *shared: Component, tariff: dict[str, Any] | None = None, **fields: Any
) -> Offer:
    offer = make_offer(
        range.hoster, slug=name.lower(), name=name, range=range, tariff=tariff or TWO_TERMS, **fields
    )
    for component in shared:
        OfferComponent.objects.create(offer=offer, component=component)
    if offer.state == Offer.State.PUBLISHED:
        publish_version(offer=offer)
    return offer


def page(query: str = "", path: str = "/gammes/pierres/") -> str:
    return words(region(Client().get(path + query), "rayons"))


def test_common_points_are_said_once_and_differences_in_a_table(artifaille: Hoster, stones: Range) -> None:
    """002-056, 002-132, 002-105: what all have once, what some have marked in their column."""
    need = Need.objects.create(hoster=artifaille, title="Être aidé")
    help = Component.objects.create(
        hoster=artifaille, need=need, slug="aide", function="Une heure avec Alix", kind=ComponentKind.SERVICE
    )
    stone(stones, "Opale", help)
    stone(stones, "Ruby", help, make_component(artifaille))
    shown = page()
    assert shown.count("Une heure avec Alix") == 1
    shared, table = shown.split("Ce qui change d’une formule à l’autre")
    assert "Compris dans chacune de ces formules" in shared and "Une heure avec Alix" in shared
    assert "non compris" in table and "compris" in table.replace("non compris", "")


def test_who_it_is_for_comes_above_the_name(stones: Range) -> None:
    """002-133."""
    stone(stones, "Opale", audience="Pour les petites structures")
    shown = page()
    assert shown.index("Pour les petites structures") < shown.index("Opale")


def test_at_most_four_side_by_side_and_the_rest_below(stones: Range) -> None:
    """002-071: more would not be compared."""
    for name in ("Un", "Deux", "Trois", "Quatre", "Cinq"):
        stone(stones, name)
    heads = Client().get("/gammes/pierres/").content.decode().split("<thead>")[1].split("</thead>")[0]
    assert heads.count('<th scope="col">') == 5  # the corner and four offers
    side_by_side, others = page().split("Les autres formules")
    assert "Cinq" not in side_by_side and "Cinq" in others
    assert "Voir toutes les formules (5)" in page(path="/")


def test_annual_term_shows_its_total_its_month_and_its_saving(stones: Range) -> None:
    stone(stones, "Opale")
    shown = page("?engagement=12")
    assert "100,00 € TTC par an soit 8,33 € par mois" in shown
    assert "Au lieu de 120,00 € 20,00 € d’économie (17 %)" in shown
    assert "12 mois payés un par un coûtent 120,00 €." in shown
    assert "chaque année jusqu’à −17 %" in shown


def test_monthly_term_strikes_nothing(stones: Range) -> None:
    stone(stones, "Opale")
    answer = Client().get("/gammes/pierres/?engagement=1").content.decode()
    assert "<s>" not in answer
    assert "10,00 € TTC par mois" in words(answer)


def test_price_that_only_changes_rhythm_strikes_nothing(stones: Range) -> None:
    plain = {
        "charges": [{"type": "flat", "label": "Pack", "price": "10.00"}],
        "terms": [{"months": 1}, {"months": 12}],
    }
    stone(stones, "Opale", tariff=plain)
    answer = Client().get("/gammes/pierres/?engagement=12").content.decode()
    assert "<s>" not in answer and "d’économie" not in answer


def test_welcome_price_strikes_the_price_that_follows_and_says_until_when(stones: Range) -> None:
    welcome = TWO_TERMS | {"introductory": {"periods": 1, "discount": "50", "terms": [12]}}
    stone(stones, "Opale", tariff=welcome)
    shown = page("?engagement=12")
    assert "Au lieu de 100,00 €" in shown
    assert "Prix de bienvenue pour la première période, puis 100,00 € par an." in shown


def test_first_year_total_is_on_each_card(stones: Range) -> None:
    stone(stones, "Opale", tariff=TWO_TERMS | {"setup_fee": "50.00"})
    assert "Première année, tout compris : 150,00 €" in page("?engagement=12")


def test_price_on_quote_is_never_zero(stones: Range) -> None:
    stone(stones, "Opale", tariff=ON_QUOTE)
    shown = page()
    assert "sur devis" in shown
    assert "0,00" not in shown


def test_term_that_an_offer_does_not_sell_is_told(stones: Range) -> None:
    stone(stones, "Opale")
    yearly = {
        "charges": [{"type": "flat", "label": "Pack", "price": {"12": "60.00"}}],
        "terms": [{"months": 12}],
    }
    stone(stones, "Ruby", tariff=yearly)
    assert "60,00 € TTC par an pour" not in page("?engagement=1")
    assert "payable chaque année seulement" in page("?engagement=1")


@pytest.mark.parametrize("typed", ["0", "7", "-1", "1e3", "²", "12'", "9" * 40, "<b>", "%00"])
def test_strange_term_shows_the_shortest_one(stones: Range, typed: str) -> None:
    stone(stones, "Opale")
    answer = Client().get("/gammes/pierres/", {"engagement": typed})
    assert answer.status_code == 200
    assert "10,00 € TTC par mois" in words(answer)


def test_link_of_a_card_keeps_the_term(stones: Range) -> None:
    stone(stones, "Opale")
    assert (
        'href="/offres/opale/?engagement=12"'
        in Client().get("/gammes/pierres/?engagement=12").content.decode()
    )


def test_switch_is_plain_links(stones: Range) -> None:
    stone(stones, "Opale")
    answer = Client().get("/gammes/pierres/?engagement=12").content.decode()
    assert 'href="/gammes/pierres/?engagement=1#rayons"' in answer
    assert answer.count('aria-current="true"') == 1


def test_difference_of_price_with_the_previous_offer(stones: Range) -> None:
    """002-060: from one offer to the next, what more costs."""
    stone(stones, "Opale")
    stone(stones, "Ruby", tariff={"charges": [{"type": "flat", "label": "Pack", "price": "15.00"}]})
    assert "Écart avec la formule précédente sur la première année – + 60,00 €" in page()


def test_range_without_published_offer_is_no_page(stones: Range) -> None:
    stone(stones, "Opale", state=Offer.State.DRAFT)
    assert Client().get("/gammes/pierres/").status_code == 404


class TestAudiences:
    def test_home_shows_one_public_then_its_needs(self, stones: Range, artifaille: Hoster) -> None:
        """002-100: the public first, then its levels."""
        stone(stones, "Opale")
        make_offer(artifaille, slug="firme", name="Firme", segment="company")
        home = words(Client().get("/"))
        assert "Opale" in home and "Firme" not in home
        assert home.index("Pour qui") < home.index("De quoi avez-vous besoin") < home.index("Les offres :")
        companies = words(Client().get("/?public=company"))
        assert "Firme" in companies and "Opale" not in companies

    def test_single_public_gives_no_choice(self, stones: Range) -> None:
        stone(stones, "Opale")
        assert "Pour qui ?" not in words(Client().get("/"))

    def test_unknown_public_shows_the_usual_one(self, stones: Range) -> None:
        stone(stones, "Opale")
        assert "Opale" in words(Client().get("/", {"public": "<script>"}))

    def test_list_shows_everybody(self, stones: Range, artifaille: Hoster) -> None:
        stone(stones, "Opale")
        make_offer(artifaille, name="Firme", segment="company")
        everybody = words(Client().get("/offres/"))
        assert "Opale" in everybody and "Firme" in everybody
        assert "Opale" not in words(Client().get("/offres/?public=company"))


@pytest.mark.parametrize(("path", "queries"), [("/", 5), ("/offres/", 4), ("/gammes/pierres/", 6)])
def test_page_costs_the_same_with_two_offers_or_six(stones: Range, path: str, queries: int) -> None:
    """The words of a comparison are explained: one query more, however many they are."""
    for name in ("Opale", "Ruby"):
        stone(stones, name)
    with CaptureQueriesContext(connection) as with_two:
        Client().get(path)
    for name in ("Trois", "Quatre", "Cinq", "Six"):
        stone(stones, name)
    with CaptureQueriesContext(connection) as with_six:
        Client().get(path)
    assert (len(with_two), len(with_six)) == (queries, queries)
