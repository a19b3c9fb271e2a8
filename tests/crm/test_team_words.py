"""What the team wrote of a person is exported with them and emptied with them (GDPR-05, GDPR-06)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from crm.erasure import erase_person
from crm.follow_ups import plan
from crm.importing.files import drop_file
from crm.models import Contact, Erasure, FollowUp, Interaction, Merge, Organization
from crm.person_export import export_person
from crm.retention import old_merges
from hosters.models import Hoster, User
from tests.relations import make_contact, make_organization

NAME = "Dominique Petit"


@pytest.fixture
def home(artifaille: Hoster, alix: User) -> Organization:
    organization = make_organization(artifaille, alix)
    Organization.objects.filter(pk=organization.pk).update(note="On passe par sa sœur.")
    plan(organization=organization, what=f"Rappeler {NAME}", due_on=timezone.localdate(), owner=alix)
    plan(organization=organization, what="Envoyer le devis", due_on=timezone.localdate(), owner=alix)
    return organization


@pytest.fixture
def person(home: Organization) -> Contact:
    contact = make_contact(home, "dominique@lavoir.example")
    Contact.objects.filter(pk=contact.pk).update(name=NAME)
    Interaction.objects.create(
        organization=home,
        contact=contact,
        channel="call",
        happened_at=timezone.now(),
        summary="Se remet d’une opération.",
        brought="Un rendez-vous",
        key=uuid4(),
    )
    return Contact.objects.get(pk=contact.pk)


def things_to_do() -> set[str]:
    return set(FollowUp.objects.values_list("what", flat=True))


def test_export_holds_what_the_team_wrote(person: Contact) -> None:
    told = export_person(person)
    assert told["echanges_notes_par_l_equipe"][0]["ce_qui_s_est_dit"] == "Se remet d’une opération."
    assert [each["quoi"] for each in told["relances_qui_la_nomment"]] == [f"Rappeler {NAME}"]


def test_what_names_the_person_is_emptied_and_the_rest_stays(person: Contact, home: Organization) -> None:
    make_contact(home, "autre@lavoir.example")
    erase_person(contact=person, cause=Erasure.Cause.ASKED)
    said = Interaction.objects.get()
    assert (said.summary, said.brought) == ("Texte effacé", "")
    assert things_to_do() == {"Texte effacé", "Envoyer le devis"}
    assert Organization.objects.get().note == "On passe par sa sœur."


def test_nobody_left_leaves_no_words(person: Contact) -> None:
    erase_person(contact=person, cause=Erasure.Cause.ASKED)
    assert things_to_do() == {"Texte effacé"}
    assert Organization.objects.get().note == ""


def test_merge_is_forgotten_after_ninety_days(artifaille: Hoster, alix: User) -> None:
    one, two = (make_organization(artifaille, alix, name) for name in ("Lavoir", "Le lavoir"))
    for days in (89, 91):
        row = Merge.objects.create(hoster=artifaille, kept=one, absorbed=two, moved={}, filled={}, by=alix)
        Merge.objects.filter(pk=row.pk).update(at=timezone.now() - timedelta(days=days))
    assert old_merges(artifaille, timezone.now()).get().pk == row.pk


def test_names_are_whole_words_whatever_their_accents(
    person: Contact, home: Organization, alix: User
) -> None:
    """« Zoe PETIT » is Zoé Petit; « Dominique Petitjean » and « xzoe@… » are somebody else."""
    make_contact(home, "autre@lavoir.example")
    Contact.objects.filter(pk=person.pk).update(name="Zoé Petit")
    kept = {"Rappeler Zoé Petitjean", "Écrire à une-petite-zoe petite"}
    for what in (*kept, "Rappeler ZOE PETIT", "Voir avec Zoé Petit."):
        plan(organization=home, what=what, due_on=timezone.localdate(), owner=alix)
    person.refresh_from_db()
    erase_person(contact=person, cause=Erasure.Cause.ASKED)
    assert things_to_do() == {*kept, "Texte effacé", "Envoyer le devis", f"Rappeler {NAME}"}


def test_line_of_a_longer_address_stays(person: Contact, artifaille: Hoster) -> None:
    text = "Structure;E-mail\nA;dominique@lavoir.example\nB;xdominique@lavoir.example\nC;Dominique@Lavoir.example"
    file = drop_file(hoster=artifaille, name="x.csv", content=text.encode(), by=None)
    erase_person(contact=person, cause=Erasure.Cause.ASKED)
    assert [cells[0] for cells in file.lines.values_list("cells", flat=True)] == ["B"]
