"""A question, a call back, a first appointment: short forms, a person is told, the sender is thanked."""

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse

from billing.access_links import mint_link
from billing.contact_forms import CallForm, QuestionForm
from billing.models import AccessLink
from crm.models import Consent, Contact, Organization, Request, Stage
from crm.organizations import OrganizationDetails
from crm.workqueue import workqueue
from hosters.mail import send
from hosters.models import Hoster, Mail, Role
from tests.factories import make_offer, make_quote
from tests.pages import hidden_fields, words

WHO = {"name": "Dominique Petit", "organization": "Les Amis du lavoir", "email": "Dominique@lavoir.example"}
ASK = WHO | {"text": "Peut-on garder notre nom de domaine ?"}
CALL = WHO | {"phone": "06 12 34 56 78", "when": "morning", "text": ""}
PATHS = {"question": "/question/", "callback": "/rappel/", "appointment": "/rendez-vous/"}


def post(kind: str, query: str = "", **changes: Any) -> Any:
    typed = (ASK if kind == "question" else CALL) | {"key": str(uuid4())} | changes
    return Client().post(PATHS[kind] + query, typed)


@pytest.mark.parametrize("kind", PATHS)
def test_request_is_recorded_and_thanked(artifaille: Hoster, kind: str) -> None:
    """004-008: asking is an interest, with what was asked as its evidence."""
    answer = post(kind)
    assert (answer.status_code, answer["Location"]) == (302, f"/demande-recue/?pour={kind}")
    request = Request.objects.get()
    assert (request.kind, request.contact.email) == (kind, "dominique@lavoir.example")
    assert request.organization.stage == Stage.INTEREST
    assert request.organization.stage_changes.latest("pk").evidence == request.subject
    assert "bien arrivée" in words(Client().get(answer["Location"]))


@pytest.mark.parametrize("kind", PATHS)
def test_six_fields_at_most_are_required(kind: str) -> None:
    """002-058: asking is short."""
    form = QuestionForm() if kind == "question" else CallForm()
    assert len([field for field in form.visible_fields() if field.field.required]) <= 6


@pytest.mark.parametrize("kind", PATHS)
def test_notice_that_was_read_is_kept(artifaille: Hoster, kind: str) -> None:
    """002-200, 000-032: a form is for one purpose, answering; no box for the newsletter in it."""
    notice = "Vos coordonnées servent à répondre à cette demande, et à rien d’autre."
    assert notice in words(Client().get(PATHS[kind]))
    post(kind)
    consent = Consent.objects.get()
    assert consent.text.startswith(notice) and consent.purpose == Consent.Purpose.ANSWER
    assert 'type="checkbox"' not in Client().get(PATHS[kind]).content.decode()


@pytest.mark.parametrize("kind", PATHS)
def test_hoster_is_told_and_sender_is_thanked(artifaille: Hoster, kind: str) -> None:
    post(kind)
    assert {mail.kind: mail.to for mail in Mail.objects.all()} == {
        "contact_asked": artifaille.email,
        "contact_acknowledged": "Dominique@lavoir.example",
    }


def test_mail_to_the_hoster_says_everything(artifaille: Hoster) -> None:
    make_offer(artifaille, slug="marmule")
    post("callback", "?offre=marmule", text="Plutôt le mardi.")
    send(Mail.objects.get(kind="contact_asked"))
    body = outbox.outbox[-1].body
    for said in (
        "Demande de rappel : Marmule",
        "06 12 34 56 78",
        "le matin, de 9 h à 12 h",
        "Plutôt le mardi.",
    ):
        assert said in str(body)


@pytest.mark.parametrize("kind", PATHS)
def test_thanks_repeat_nothing_that_was_typed(artifaille: Hoster, kind: str) -> None:
    """The address may be a victim's: the mail must not carry the sender's advertisement."""
    spam = "https://spam.example"
    post(kind, name=spam, organization=spam, text=spam)
    send(Mail.objects.get(kind="contact_acknowledged"))
    message = outbox.outbox[-1]
    assert spam not in str(message.body) + str(message.subject) + str(message.alternatives)


def test_queue_shows_whom_to_call_and_when(artifaille: Hoster) -> None:
    """002-200."""
    post("callback")
    item = next(iter(workqueue(artifaille, role=Role.SALES)))
    assert (item.label, item.title) == ("À rappeler", "Les Amis du lavoir")
    assert "06\u00a012\u00a034\u00a056\u00a078" in item.detail and "le matin" in item.detail


def test_first_appointment_is_free_and_lasts_half_an_hour(artifaille: Hoster) -> None:
    """000-031: asked from the page of an offer, it waits for a person of the team."""
    make_offer(artifaille, slug="marmule")
    assert 'href="/rendez-vous/?offre=marmule"' in Client().get("/offres/marmule/").content.decode()
    assert "Rendez-vous découverte, 30 minutes offertes" in words(Client().get("/rendez-vous/?offre=marmule"))
    post("appointment", "?offre=marmule")
    [item] = workqueue(artifaille, role=Role.SALES)
    assert item.label == "Rendez-vous" and "Marmule" in item.detail


def test_quote_asked_online_is_a_call_to_make_and_offers_an_appointment(
    artifaille: Hoster, at: Callable[[str], None]
) -> None:
    """004-028: called within the working days that the hoster chose, here a Thursday and two days."""
    at("2026-11-26 10:00+01:00")
    quote = make_quote(make_offer(artifaille))
    [item] = workqueue(artifaille, role=Role.SALES)
    assert "à rappeler avant le 30 novembre" in item.detail and item.tone == "info"
    at("2026-12-01 10:00+01:00")
    assert [each.tone for each in workqueue(artifaille, role=Role.SALES)] == ["warning"]
    token = mint_link(purpose=AccessLink.Purpose.READ_QUOTE, contact=quote.contact, quote=quote)
    page = Client().get(reverse("storefront:quote", kwargs={"token": token}))
    assert f'href="{reverse("storefront:appointment")}"' in page.content.decode()


def test_number_of_this_request_is_the_one_to_call(artifaille: Hoster) -> None:
    """Another number changes nobody's card, but it is the one that staff read."""
    post("callback")
    post("callback", phone="01 99 00 00 00")
    assert Contact.objects.get().phone == "06 12 34 56 78"
    assert (
        "01\u00a099\u00a000\u00a000\u00a000"
        in [item.detail for item in workqueue(artifaille, role=Role.SALES)][1]
    )


def test_form_sent_twice_acts_once(artifaille: Hoster) -> None:
    key = str(uuid4())
    assert post("question", key=key).status_code == post("question", key=key).status_code == 302
    assert (Request.objects.count(), Mail.objects.count(), Organization.objects.count()) == (1, 2, 1)


def test_key_of_somebody_else_records_nothing(artifaille: Hoster) -> None:
    key = str(uuid4())
    post("question", key=key)
    again = post("question", key=key, email="autre@example.org")
    assert "Ce formulaire a déjà été envoyé" in words(again)
    assert hidden_fields(again)["key"] != key
    assert Request.objects.count() == 1


def test_person_without_organisation_is_filed_under_their_name(artifaille: Hoster) -> None:
    post("question", organization="")
    assert Organization.objects.get().name == "Dominique Petit"


def test_quote_asked_later_completes_the_address(artifaille: Hoster) -> None:
    post("question")
    make_quote(make_offer(artifaille))
    known = Organization.objects.get()
    assert (known.street, known.town) == ("3 place du Marché", "Lyon")


def test_known_address_is_never_overwritten(artifaille: Hoster) -> None:
    offer = make_offer(artifaille)
    make_quote(offer)
    make_quote(offer, organization=OrganizationDetails("Les Amis du lavoir", "9 rue Voleuse"))
    assert Organization.objects.get().street == "3 place du Marché"


@pytest.mark.parametrize(
    ("kind", "changes", "complaint"),
    [
        ("question", {"text": ""}, "champ est obligatoire"),
        ("question", {"email": "pas une adresse"}, "adresse"),
        ("question", {"email": "a@b.example\nBcc: c@d.example"}, "adresse"),
        ("question", {"name": "x" * 81}, "80"),
        ("question", {"text": "x" * 2001}, "2001"),
        ("question", {"name": "a\x00b"}, "caractère"),
        ("callback", {"phone": "demain"}, "numéro de téléphone"),
        ("callback", {"phone": "06;rm -rf"}, "numéro de téléphone"),
        ("callback", {"when": "minuit"}, "choix"),
    ],
)
def test_wrong_input_is_said_and_records_nothing(
    artifaille: Hoster, kind: str, changes: dict[str, str], complaint: str
) -> None:
    answer = post(kind, **changes)
    assert answer.status_code == 200
    assert complaint in words(answer)
    assert not Request.objects.exists() and not Mail.objects.exists()


def test_hostile_text_is_only_text(artifaille: Hoster) -> None:
    hostile = "<script>alert(1)</script>{{ 7|add:7 }}"
    page = post("question", name=hostile, email="faux").content.decode()
    assert "<script>alert" not in page and "&lt;script&gt;" in page and "{{ 7|add:7 }}" in page


@pytest.mark.parametrize("slug", ["", "jamais", "../..", "a\x00b", "x" * 300, "brouillon", "perchoir"])
def test_page_ignores_an_offer_that_it_cannot_show(artifaille: Hoster, other: Hoster, slug: str) -> None:
    make_offer(artifaille, slug="brouillon", name="Secret", state="draft")
    make_offer(other, slug="perchoir", name="Secret")
    answer = Client().get("/chez/artifaille/question/", {"offre": slug})
    assert answer.status_code == 200 and "Secret" not in answer.content.decode()


def test_too_many_forms_are_refused(artifaille: Hoster, settings: Any) -> None:
    settings.PUBLIC_FORMS_PER_HOUR = 2
    from_one = {"REMOTE_ADDR": "203.0.113.9"}
    client = Client(**from_one)
    statuses = [client.post("/rappel/", CALL | {"key": str(uuid4())}).status_code for _ in range(3)]
    assert statuses == [302, 302, 429]


@pytest.mark.parametrize("path", ["/", "/offres/", "/offres/marmule/", "/aide/", "/mentions-legales/"])
def test_three_exits_are_one_click_away(artifaille: Hoster, path: str) -> None:
    """002-058: a question, a quote, a call, on each page."""
    make_offer(artifaille, slug="marmule")
    page = Client().get(path).content.decode()
    exits = page[page.index('<ul class="exits"') :]
    assert exits.index("Poser une question") < exits.index("Demander un devis") < exits.index("Être rappelé")


def test_exits_of_an_offer_keep_it_and_its_configuration(artifaille: Hoster) -> None:
    make_offer(artifaille, slug="marmule")
    page = Client().get("/offres/marmule/?users=12&storage_gb=35").content.decode()
    assert 'href="/question/?offre=marmule"' in page
    assert 'href="/rappel/?offre=marmule"' in page
    assert 'href="/offres/marmule/devis/?users=12&amp;storage_gb=35"' in page
    assert page.count('<ul class="exits"') == 1
