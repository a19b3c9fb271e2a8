"""The property files of the CHATONS: what the hoster told, nothing else, readable by any program (CHI-01, CHI-02)."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from hosters.models import Hoster, User
from offers.chatonsinfos import organization_properties, read, service_properties, written
from offers.models import Component, Offer
from tests.factories import make_offer

ROOT = "/.well-known/chatonsinfos/"


@pytest.fixture
def marmule(artifaille: Hoster) -> Offer:
    return make_offer(artifaille, slug="marmule")


def file(path: str) -> dict[str, str]:
    answer = Client().get(f"{ROOT}{path}")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    return read(answer.content.decode())


def test_organisation_names_the_files_of_its_offers(artifaille: Hoster, marmule: Offer) -> None:
    """CHI-01, CHI-02: an instant of ISO 8601, addresses, codes of the protocol; drafts are named nowhere."""
    make_offer(artifaille, slug="brouillon", state=Offer.State.DRAFT)
    told = file("organization.properties")
    assert (told["file.class"], told["organization.type"]) == ("Organization", "ASSOCIATION")
    assert (told["organization.name"], told["organization.country.code"]) == ("Artifaille", "FR")
    assert {name for name in told if name.startswith("subs.")} == {"subs.marmule"}
    assert told["subs.marmule"].endswith(f"/chez/artifaille{ROOT}marmule.properties")
    instant = parse_datetime(told["file.datetime"])
    assert instant is not None and instant.tzinfo is not None
    assert "organization.logo" not in told and "" not in told.values()


def test_offer_says_its_guide_its_software_and_whom_to_write_to(artifaille: Hoster, marmule: Offer) -> None:
    """CHA-02, CHI-01: for clients, and no price."""
    Component.objects.update(documentation_url="https://docs.example.org/nuage")
    told = read(written(service_properties(Offer.objects.select_related("hoster").get(), at=timezone.now())))
    assert told["service.guide.user"] == "https://docs.example.org/nuage"
    assert (told["software.name"], told["service.registration"]) == ("Nextcloud", "Client")
    assert told["service.contact.email"] == artifaille.email
    assert file("marmule.properties")["service.name"] == "Marmule"


def test_hoster_is_told_the_address_of_its_file(
    artifaille: Hoster, alix: User, signed_in: Callable[[User], Client]
) -> None:
    """CHI-01."""
    page = signed_in(alix).get("/gestion/reglages/charte/").content.decode()
    assert f'href="{ROOT}organization.properties"' in page


def test_what_is_not_on_sale_has_no_file(artifaille: Hoster) -> None:
    make_offer(artifaille, slug="brouillon", state=Offer.State.DRAFT)
    assert Client().get(f"{ROOT}brouillon.properties").status_code == 404


def test_what_is_written_is_read_back(artifaille: Hoster, marmule: Offer) -> None:
    """CHI-01, CHI-02: unknown names, byte order mark, comments and loose spaces of others are read too; a line break
    typed by somebody makes no other property."""
    artifaille.tagline = "Un nuage = à nous\nfile.class = Federation"
    sections = organization_properties(artifaille, [marmule], at=timezone.now())
    told = {name: value for values in sections.values() for name, value in values.items() if value}
    told["organization.description"] = "Un nuage = à nous file.class = Federation"
    assert read(written(sections)) == told
    loose = "\ufeff# [Organization]\n\n organization.name=Le Nichoir \nnouveau.nom  =  a = b\nsans rien\n"
    assert read(loose) == {"organization.name": "Le Nichoir", "nouveau.nom": "a = b"}
