"""Organisations and people by hand, and what is refused (002-141, 002-182, 002-183, ASS-01, GDPR-01 to GDPR-03)."""

from collections.abc import Callable

import pytest
from django.test import Client

from crm.addresses import guess_kind, kind_of
from crm.folding import name_key, territory_of
from crm.models import Contact, Organization, Stage
from hosters.models import Hoster, Role, User
from tests.factories import make_staff
from tests.pages import words
from tests.relations import make_contact, make_organization

SignIn = Callable[[User], Client]
NEW = "/gestion/organisations/nouvelle/"


def typed(**changes: str) -> dict[str, str]:
    values = {
        "name": "Les Amis du lavoir",
        "segment": "association",
        "source": "fair",
        "origin": "inbound",
        "country": "FR",
    }
    return values | changes


@pytest.fixture
def staff(alix: User, signed_in: SignIn) -> Client:
    return signed_in(alix)


def test_organization_is_written_with_its_name_and_source_only(staff: Client, db: None) -> None:
    answer = staff.post(NEW, typed(needs="Visio, agenda partagé, visio", postcode="2A004", town="Ajaccio"))
    written = Organization.objects.get()
    assert answer.status_code == 302
    assert (written.stage, written.source) == (Stage.CONTACT, "fair")
    assert set(written.tags.values_list("name", flat=True)) == {"visio", "agenda partagé"}
    assert "salon ou événement" in written.stage_changes.get().evidence


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"name": ""}, "Écrivez le nom de la structure."),
        ({"source": ""}, "obligatoire"),
        ({"source": "bought"}, "Une liste achetée ou louée ne donne le droit d’écrire à personne"),
        ({"siren": "123456789"}, "Ce SIREN n’est pas valable"),
        ({"rna": "691234567"}, "Ce numéro RNA n’est pas valable"),
        ({"siret": "73282932000075"}, "Ce SIRET n’est pas valable"),
        ({"siren": "303265045", "siret": "73282932000074"}, "commence par un autre SIREN"),
        ({"personne-name": "Camille"}, "Donnez le nom et l’adresse e-mail"),
    ],
)
def test_wrong_organization_is_refused_with_what_to_do(
    staff: Client, artifaille: Hoster, wrong: dict[str, str], said: str
) -> None:
    answer = staff.post(NEW, typed(**wrong))
    assert answer.status_code == 422
    assert said in words(answer)
    assert not Organization.objects.exists()


def test_siret_gives_the_siren(staff: Client, artifaille: Hoster) -> None:
    staff.post(NEW, typed(siret="732 829 320 00074"))
    assert Organization.objects.get().siren == "732829320"


def test_lookalike_is_shown_before_it_is_written_twice(staff: Client, alix: User, artifaille: Hoster) -> None:
    known = make_organization(artifaille, alix, "Association Les Amis du Lavoir")
    answer = staff.post(NEW, typed(name="Amis du lavoir"))
    assert answer.status_code == 422
    assert "C’est la même" in words(answer) and known.get_absolute_url() in answer.content.decode()
    assert Organization.objects.count() == 1
    assert staff.post(NEW, typed(name="Amis du lavoir", autre="1")).status_code == 302
    assert Organization.objects.count() == 2


@pytest.mark.parametrize(
    ("email", "kind"),
    [
        ("contact@lavoir.example", "generic"),
        ("Secretariat.general@lavoir.example", "generic"),
        ("dominique.petit@lavoir.example", "nominative"),
        ("dominique.petit@gmail.com", "personal"),
        ("asso.lavoir@laposte.net", "personal"),
    ],
)
def test_nature_of_an_address_is_guessed(email: str, kind: str) -> None:
    assert guess_kind(email) == kind


def test_nature_of_an_address_may_be_said_otherwise(staff: Client, alix: User, artifaille: Hoster) -> None:
    organization = make_organization(artifaille, alix)
    told = {"name": "Dominique", "email": "contact@lavoir.example", "met_through": "card"}
    url = f"/gestion/organisations/{organization.pk}/contacts/"
    staff.post(url, told)
    person = Contact.objects.get()
    assert (person.address_kind, kind_of(person)) == ("", "generic")  # guessed, never stored
    assert "(deviné)" in words(staff.get(organization.get_absolute_url()))
    staff.post(f"/gestion/contacts/{person.pk}/", told | {"address_kind": "nominative"})
    person.refresh_from_db()
    assert person.address_kind == "nominative"
    assert "achetée ou louée" in words(staff.post(url, told | {"met_through": "bought"}))
    assert Contact.objects.count() == 1


def test_referral_names_a_known_organization(staff: Client, alix: User, artifaille: Hoster) -> None:
    """004-040."""
    organization = make_organization(artifaille, alix)
    sponsor = make_organization(artifaille, alix, "La Fanfare")
    told = {"name": "Sacha", "email": "sacha@lavoir.example", "met_through": "recommendation"}
    url = f"/gestion/organisations/{organization.pk}/contacts/"
    assert staff.post(url, told | {"referred": "Inconnue"}).status_code == 422
    staff.post(url, told | {"referred": "la fanfare"})
    assert Contact.objects.get().referred_by == sponsor


def test_search_forgets_accents_and_reads_addresses(alix: User, artifaille: Hoster) -> None:
    fetes = make_organization(artifaille, alix, "Le Comité des fêtes", town="Saint-Étienne")
    make_contact(fetes, "sacha@fete.example")
    make_organization(artifaille, alix, "La Fanfare")
    for said in ("comite fetes", "FÊTES", "saint etienne", "sacha@", "fete.example"):
        assert list(Organization.objects.matching(said)) == [fetes]
    assert not Organization.objects.matching("%").exists()


@pytest.mark.parametrize(
    ("postcode", "country", "territory"),
    [
        ("69003", "FR", "69"),
        ("20000", "FR", "2A"),
        ("20600", "FR", "2B"),
        ("97400", "FR", "974"),
        ("", "FR", ""),
        ("1000", "BE", "BE"),
    ],
)
def test_territory_is_read_in_the_postcode(postcode: str, country: str, territory: str) -> None:
    assert territory_of(postcode, country) == territory


def test_usual_words_tell_no_organization_from_another() -> None:
    assert name_key("Association Les Amis du Lavoir") == name_key("Amis du lavoir") == "amis lavoir"


def test_accountant_reads_and_does_not_write(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    organization = make_organization(artifaille, alix)
    client = signed_in(make_staff(artifaille, Role.ACCOUNTANT))
    assert client.get(organization.get_absolute_url()).status_code == 200
    assert client.post(NEW, typed()).status_code == 403
