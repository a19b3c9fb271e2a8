"""Mails that a person writes: refused without a basis, kept in the story, stopped by one click (GDPR-01 to 08)."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from crm.calls.script import BadScript, read_script, walk
from crm.consent import may_write, oppose, record_consent
from crm.letters.sending import Draft, LetterRefused, send_letter
from crm.letters.texts import keep_model, start_with_usual
from crm.letters.unsubscribing import target_of
from crm.letters.values import filled
from crm.models import Consent, Contact, Interaction, Letter, LetterModel, Organization, Suppression
from crm.timeline import timeline
from hosters import work
from hosters.mail import send
from hosters.mail_texts import UnknownPlaceholder
from hosters.models import Hoster, Mail, User
from tests.pages import words
from tests.relations import make_contact, make_organization

SignIn = Callable[[User], Client]
PROSPECTING, ANSWER = LetterModel.Purpose.PROSPECTING, LetterModel.Purpose.ANSWER


@pytest.fixture
def contact(artifaille: Hoster, alix: User) -> Contact:
    """A generic address: writing is allowed until somebody says no (GDPR-01)."""
    return make_contact(make_organization(artifaille, alix), "contact@lavoir.example")


def draft(purpose: str = PROSPECTING, **changes: Any) -> Draft:
    return Draft(
        **{"purpose": purpose, "subject": "Bonjour", "body": "Une question ?", "key": uuid4(), **changes}
    )


def leave() -> list[Any]:
    """What the worker sends."""
    for row in Mail.objects.filter(state=Mail.State.QUEUED).order_by("pk"):
        work.perform(Mail, row.pk, send)
    return outbox.outbox


def test_letter_has_identity_unsubscription_and_a_place_in_the_story(contact: Contact, alix: User) -> None:
    """GDPR-08, GDPR-09, 002-183: who writes, why, one click to stop, no picture nor followed link."""
    told = draft()
    assert send_letter(contact=contact, draft=told, by=alix) == send_letter(
        contact=contact, draft=told, by=alix
    )
    [sent] = leave()
    address = sent.extra_headers["List-Unsubscribe"].strip("<>")
    assert sent.extra_headers["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    html = sent.alternatives[0][0]
    assert address in sent.body and address in html and "Artifaille" in sent.body
    assert "<img" not in html and "utm_" not in html
    [event] = [each for each in timeline(contact.organization) if "Une question ?" in each.text]
    assert "Courriel" in event.title


def test_one_click_of_the_mail_program_stops_it_and_opening_does_not(contact: Contact, alix: User) -> None:
    """RFC 8058: a POST without cookie nor token of a form; a GET by a scanner changes nothing."""
    send_letter(contact=contact, draft=draft(), by=alix)
    url = leave()[0].extra_headers["List-Unsubscribe"].strip("<>")
    path = "/" + url.split("/", 3)[3]
    machine = Client(enforce_csrf_checks=True)
    assert machine.get(path).status_code == 200
    assert may_write(contact, Consent.Purpose.PROSPECTING).allowed
    for _twice in range(2):
        assert machine.post(path, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not may_write(contact, Consent.Purpose.PROSPECTING).allowed
    assert Suppression.objects.count() == 1
    assert machine.post(path.replace("desabonnement/", "desabonnement/x")).status_code == 404
    assert target_of("x") is None


@pytest.mark.parametrize("purpose", [PROSPECTING, ANSWER])
def test_letter_without_a_basis_is_refused_with_the_reason(
    contact: Contact, alix: User, purpose: str
) -> None:
    """GDPR-02, GDPR-03, 004-007: a private address that asked for nothing."""
    Contact.objects.update(email="zoe@gmail.com")
    contact.refresh_from_db()
    with pytest.raises(LetterRefused, match=r"accord|rien demandé"):
        send_letter(contact=contact, draft=draft(purpose), by=alix)
    assert not Letter.objects.exists() and not Mail.objects.exists() and not Interaction.objects.exists()


def test_second_letter_waits(contact: Contact, alix: User) -> None:
    """004-022: one outbound contact in the gap that the hoster chose; an answer is no prospecting."""
    send_letter(contact=contact, draft=draft(), by=alix)
    with pytest.raises(LetterRefused, match="trop tôt"):
        send_letter(contact=contact, draft=draft(), by=alix)
    record_consent(
        contact=contact,
        purpose=Consent.Purpose.ANSWER,
        basis=Consent.Basis.PRECONTRACT,
        source="téléphone",
        text="…",
    )
    send_letter(contact=contact, draft=draft(ANSWER), by=alix)


def test_who_refused_meanwhile_receives_nothing(contact: Contact, alix: User) -> None:
    """The refusal wins even when the mail waited for its worker; the story says that it did not leave."""
    send_letter(contact=contact, draft=draft(), by=alix)
    oppose(contact=contact, source="téléphone", cause=Suppression.Cause.OPPOSED)
    assert leave() == []
    assert any("pas parti" in each.text for each in timeline(contact.organization))


def test_organization_that_wants_peace_is_left_alone(contact: Contact, alix: User) -> None:
    """002-197."""
    Organization.objects.update(do_not_contact=True)
    contact.organization.refresh_from_db()
    with pytest.raises(LetterRefused, match="ne plus être contactée"):
        send_letter(contact=contact, draft=draft(), by=alix)


def test_page_shows_before_it_sends(contact: Contact, alix: User, signed_in: SignIn) -> None:
    """002-210, C16: a person looks, then presses send; a model fills its names, unknown ones are refused."""
    start_with_usual(hoster=contact.organization.hoster)
    model = LetterModel.objects.get(situation="first")
    client, url = signed_in(alix), reverse("staff:write_letter", args=[contact.pk])
    page = client.get(f"{url}?modele={model.pk}")
    assert "Des outils libres pour Les Amis du lavoir" in page.content.decode().replace("\u202f", " ")
    told = {"purpose": PROSPECTING, "subject": "Bonjour", "body": "Une question ?", "key": uuid4()}
    assert "Ce qui va partir" in words(client.post(url, told))
    assert not Mail.objects.exists()
    assert client.post(url, told | {"body": "{{ nom }}", "send": "1"}).status_code == 422
    assert client.post(url, told | {"send": "1"}).status_code == 302
    assert Mail.objects.count() == 1
    assert client.get(f"{url}?modele=999999").status_code == 404


def test_names_of_a_model_are_an_allow_list(contact: Contact, alix: User) -> None:
    """What a person typed is never read as a name."""
    Organization.objects.update(name="{{ vous }}")
    contact.organization.refresh_from_db()
    assert filled("{{ structure }} {{ inconnu }}!", contact=contact, by=alix).startswith("{{ vous }}")
    wrong = LetterModel(hoster=contact.organization.hoster, name="x", subject="x", body="{{ mot_de_passe }}")
    with pytest.raises(UnknownPlaceholder):
        keep_model(model=wrong)


def test_guide_is_a_tree_whose_answers_make_the_note(contact: Contact, alix: User, signed_in: SignIn) -> None:
    """002-209: question, answers, next; used during a call, logged."""
    guide = contact.organization.hoster.call_scripts.create(
        name="Besoin",
        text="1. Qui décide ?\nConseil : laissez parler.\n- le CA -> 2\n- moi -> fin\n2. Quand ?\n- mardi -> fin",
    )
    url = reverse("staff:organization_call", args=[contact.organization_id, guide.pk])
    client = signed_in(alix)
    assert "laissez parler" in words(client.get(url))
    end = client.get(f"{url}?chemin=0-0").content.decode()
    assert "Qui décide ? le CA\nQuand ? mardi" in end
    assert walk(read_script(guide.text), [0, 7]).now is not None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "bonjour",
        "1. Oui ?",
        "1. Oui ?\n- non -> 4",
        "1. A ?\n- x -> fin\n1. B ?\n- y -> fin",
        "1. A ?\nplouf",
    ],
)
def test_text_that_is_no_guide_says_why(text: str) -> None:
    with pytest.raises(BadScript) as refused:
        read_script(text)
    assert str(refused.value).endswith(".")
