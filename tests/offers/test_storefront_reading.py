"""What a visitor reads and where it leads: nothing unexplained, nothing without a way out."""

import pytest
from django.test import Client
from django_scopes import scope

from hosters.models import Hoster
from offers.glossary.terms import load_defaults
from offers.models import OfferComponent
from offers.versions import publish_version
from tests.factories import make_component, make_offer
from tests.pages import words

READ = ("/", "/offres/", "/offres/marmule/", "/aide/", "/sur-mesure/", "/nos-engagements/", "/glossaire/")
LEGAL = ("/mentions-legales/", "/conditions/", "/reversibilite/", "/donnees-personnelles/", "/accessibilite/")


def explained(path: str) -> set[str]:
    """The words of a page that open their explanation."""
    page = Client().get(path).content.decode()
    return {
        part.partition("<span")[0]
        for part in page.split('class="term"')[1:]
        for part in [part.partition(">")[2]]
    }


@pytest.mark.parametrize("path", [*READ, *LEGAL])
def test_each_page_has_the_three_exits(artifaille: Hoster, path: str) -> None:
    """002-058: ask, quote, be called back, one click away."""
    make_offer(artifaille, slug="marmule")
    page = Client().get(path).content.decode()
    exits = page[page.index('class="exits"') :]
    assert 'href="/question/' in exits and 'href="/rappel/' in exits
    assert 'href="/demande/' in exits or 'href="/offres/marmule/devis/' in exits


def test_each_thing_is_told_in_one_line_and_its_words_are_explained(artifaille: Hoster) -> None:
    """002-057, 002-107, 002-134: the function, then the software; formats and the tax code are not left as letters."""
    artifaille.vat_regime = Hoster.VatRegimes.FRANCHISE
    artifaille.save()
    with scope(hoster=artifaille):
        load_defaults(hoster=artifaille)
    offer = make_offer(artifaille, slug="marmule")
    component = make_component(
        artifaille, function="Ranger à plusieurs", export_formats="messages au format Maildir"
    )
    OfferComponent.objects.create(offer=offer, component=component)
    publish_version(offer=offer)
    assert "Ranger à plusieurs. avec Nextcloud" in words(Client().get("/offres/marmule/")).replace(
        " (explication)", ""
    )
    assert {"Nextcloud", "Maildir", "CGI"} <= explained("/offres/marmule/")


def test_software_of_a_comparison_is_explained(artifaille: Hoster) -> None:
    with scope(hoster=artifaille):
        load_defaults(hoster=artifaille)
    offer = make_offer(artifaille)
    make_offer(artifaille)
    OfferComponent.objects.create(offer=offer, component=make_component(artifaille))
    publish_version(offer=offer)
    assert "Nextcloud" in explained("/")


def test_list_offers_each_public_its_own(artifaille: Hoster) -> None:
    """002-068."""
    make_offer(artifaille)
    make_offer(artifaille, segment="company")
    page = Client().get("/offres/?public=company").content.decode()
    assert 'href="/offres/?public=association"' in page
    assert 'href="/offres/?public=company" aria-current="true"' in page


def test_note_and_example_are_said(artifaille: Hoster) -> None:
    """An asterisk has its note on the page; an example of the course is never taken for an offer."""
    notes = [{"mark": "*", "text": "La première année seulement."}]
    make_offer(artifaille, slug="marmule", footnotes=notes, is_example=True)
    assert "* La première année seulement." in words(Client().get("/offres/marmule/"))
    for path in ("/", "/offres/", "/offres/marmule/"):
        assert "exemple du cours" in words(Client().get(path))


def test_end_of_the_contract_is_one_click_from_the_offer(artifaille: Hoster) -> None:
    """002-155."""
    make_offer(artifaille, slug="marmule")
    assert 'href="/offres/marmule/depart/"' in Client().get("/offres/marmule/").content.decode()


def test_who_hosts_the_site_is_told(artifaille: Hoster) -> None:
    artifaille.site_host = "Tuile & Zinc, 2 rue du Zinc, Lyon"
    artifaille.save()
    page = words(Client().get("/mentions-legales/"))
    assert "Qui l’héberge Tuile & Zinc, 2 rue du Zinc, Lyon" in page
