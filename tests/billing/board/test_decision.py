"""The decision of an association: whole, coherent, immutable, with its minutes and its mandate (ASS-03, 002-143)."""

import re
from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from billing.access_links import mint_link
from billing.models import Acceptance, AccessLink, BoardDecision, Quote
from billing.models.frozen import FrozenError
from crm.models import Contact
from crm.timeline import timeline
from hosters.mail import send
from hosters.models import Hoster, Mail, User
from offers.models import Offer
from tests.factories import make_acceptance, make_quote
from tests.pages import words

At = Callable[[str], None]
SignIn = Callable[[User], Client]
YES = {
    "result": "accepted",
    "body": "board",
    "decided_on": "2026-11-22",
    "mandated_name": "Camille Roux",
    "mandated_role": "Présidente",
    "mandated_email": "Camille@lavoir.example",
    "confirmed": "on",
}
PDF, JPEG, PNG = b"%PDF-1.4 pv", b"\xff\xd8\xff\xe0 pv", b"\x89PNG\r\n\x1a\n pv"


def record(client: Client, decide: str, **changes: Any) -> str:
    values = YES | {"key": str(uuid4())} | changes
    return words(client.post(decide + "ca/decision/", values, follow=True))


def test_yes_gives_the_mandated_person_the_link_that_decides(
    client: Client, quote: Quote, decide: str
) -> None:
    assert "Décision : accepté" in record(client, decide)
    row = Mail.objects.get(kind="mandate_given")
    assert row.to == "camille@lavoir.example"
    send(row)
    url = re.search(r"/chez/artifaille(/devis/[\w-]{43}/)", str(outbox.outbox[-1].body))
    assert url
    page = client.get(url[1])
    assert "Accepter le devis…" in words(page)
    assert 'value="Présidente"' in client.get(url[1] + "accepter/").content.decode()
    camille = Contact.objects.get(email="camille@lavoir.example")
    assert camille.organization == quote.organization
    assert camille.consents.exists()
    assert AccessLink.objects.get(contact=camille).purpose == AccessLink.Purpose.DECIDE_QUOTE


def test_known_person_is_mandated_without_a_second_contact(client: Client, quote: Quote, decide: str) -> None:
    record(client, decide, mandated_email=quote.contact.email.upper(), mandated_name="Dom")
    assert Contact.objects.get(organization=quote.organization).name == "Dominique Petit"


def test_decision_never_changes(client: Client, quote: Quote, decide: str) -> None:
    record(client, decide)
    made = BoardDecision.objects.get()
    made.result = BoardDecision.Result.REFUSED
    with pytest.raises(FrozenError):
        made.save()
    with pytest.raises(FrozenError):
        made.delete()


def test_form_sent_twice_records_once(client: Client, quote: Quote, decide: str) -> None:
    key = str(uuid4())
    for _again in range(2):
        record(client, decide, key=key)
    assert BoardDecision.objects.count() == 1
    assert Mail.objects.filter(kind="mandate_given").count() == 1


def test_correction_is_a_new_row_that_replaces_the_former(client: Client, quote: Quote, decide: str) -> None:
    record(client, decide)
    shown = record(client, decide, votes_for="6", votes_against="1", votes_abstain="0")
    first, second = BoardDecision.objects.order_by("pk")
    assert (second.corrects, first.votes_for, second.votes_for) == (first, None, 6)
    assert "6 pour, 1 contre" in shown
    assert "remplacée par une correction" in shown


def test_mail_of_a_corrected_mandate_does_not_leave(client: Client, quote: Quote, decide: str) -> None:
    record(client, decide)
    record(client, decide, mandated_email="nour@lavoir.example", mandated_name="Nour")
    for row in Mail.objects.filter(kind="mandate_given"):
        send(row)
    assert [message.to for message in outbox.outbox] == [["nour@lavoir.example"]]


def test_no_closes_the_quote(client: Client, quote: Quote, decide: str) -> None:
    shown = record(client, decide, result="refused", conditions="Trop cher cette année.")
    quote.refresh_from_db()
    assert quote.state == Quote.State.REFUSED
    assert "Décision : refusé" in shown
    assert not Mail.objects.filter(kind="mandate_given").exists()
    assert client.get(decide + "ca/").status_code == 200


def test_later_keeps_the_quote_and_another_decision_may_follow(
    client: Client, quote: Quote, decide: str
) -> None:
    assert "Décision : reporté" in record(client, decide, result="postponed")
    assert "Décision : accepté" in record(client, decide)
    assert BoardDecision.objects.filter(corrects=None).count() == 2


def test_minutes_are_added_after_the_acceptance_but_the_result_stays(
    client: Client, quote: Quote, decide: str
) -> None:
    record(client, decide)
    make_acceptance(quote)
    record(client, decide, minutes=SimpleUploadedFile("pv.pdf", PDF))
    assert BoardDecision.objects.count() == 2
    assert "n’attend plus de décision" in record(client, decide, result="refused")
    assert BoardDecision.objects.count() == 2
    assert Acceptance.objects.count() == 1
    assert Mail.objects.filter(kind="mandate_given").count() == 1


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"result": "conditional"}, "Dites quelles sont les conditions"),
        ({"mandated_email": ""}, "Indiquez qui est mandaté"),
        ({"mandated_email": "camille"}, "valide"),
        ({"decided_on": "2026-11-23"}, "entre l’envoi du devis et aujourd’hui"),
        ({"decided_on": "2026-11-21"}, "entre l’envoi du devis et aujourd’hui"),
        ({"votes_for": "3"}, "trois nombres"),
        ({"votes_for": "3", "votes_against": "1", "votes_abstain": "1", "present": "4"}, "plus de voix que"),
        ({"present": "4", "quorum": "5"}, "quorum n’est pas atteint"),
        ({"votes_for": "1", "votes_against": "2", "votes_abstain": "0"}, "plus de voix contre"),
        ({"votes_for": "-1", "votes_against": "2", "votes_abstain": "0"}, "supérieur"),
        ({"present": "99999999999999999999"}, "inférieur"),
        ({"confirmed": ""}, "obligatoire"),
        ({"result": "maybe"}, "Sélectionnez un choix valide"),
    ],
)
def test_what_does_not_hold_together_is_told(
    client: Client, quote: Quote, decide: str, changes: dict[str, str], sentence: str
) -> None:
    assert sentence in record(client, decide, **changes)
    assert not BoardDecision.objects.exists()


@pytest.mark.parametrize(
    ("name", "content", "media_type", "end"),
    [
        ("pv.pdf", PDF, "application/pdf", "pdf"),
        ("photo.JPG", JPEG, "image/jpeg", "jpg"),
        ("../../etc/passwd", PNG, "image/png", "png"),
    ],
)
def test_minutes_come_back_as_an_attachment(
    client: Client, quote: Quote, decide: str, name: str, content: bytes, media_type: str, end: str
) -> None:
    record(client, decide, minutes=SimpleUploadedFile(name, content, "text/html"))
    made = BoardDecision.objects.get()
    answer = client.get(f"{decide}ca/proces-verbal/{made.pk}/")
    assert answer.content == content
    assert answer["Content-Type"] == media_type
    assert answer["Content-Disposition"] == f'attachment; filename="pv-{quote.number}.{end}"'
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert made.minutes_path.name == str(made.pk)


@pytest.mark.parametrize(
    "content",
    [b"", b"<script>alert(1)</script>", b"GIF89a", b"PK\x03\x04", PDF + b"0" * 5 * 1024 * 1024],
    ids=["empty", "html", "gif", "zip", "large"],
)
def test_other_files_are_refused(client: Client, quote: Quote, decide: str, content: bytes) -> None:
    record(client, decide, minutes=SimpleUploadedFile("pv.pdf", content, "application/pdf"))
    assert not BoardDecision.objects.exists()


def test_changed_file_is_not_given_back(client: Client, quote: Quote, decide: str) -> None:
    record(client, decide, minutes=SimpleUploadedFile("pv.pdf", PDF))
    made = BoardDecision.objects.get()
    made.minutes_path.write_bytes(PDF + b"!")
    assert client.get(f"{decide}ca/proces-verbal/{made.pk}/").status_code == 404


def test_minutes_are_for_this_association_and_the_team_only(
    client: Client,
    quote: Quote,
    decide: str,
    read: str,
    marmule: Offer,
    alix: User,
    camille: User,
    signed_in: SignIn,
) -> None:
    here = "/chez/artifaille"  # there are two hosters in this test
    record(client, here + decide, minutes=SimpleUploadedFile("pv.pdf", PDF))
    pk = BoardDecision.objects.get().pk
    assert client.get(f"{here}{decide}ca/proces-verbal/{pk}/").content == PDF
    other = make_quote(marmule)
    theirs = mint_link(purpose=AccessLink.Purpose.DECIDE_QUOTE, contact=other.contact, quote=other)
    assert client.get(f"{here}{read}ca/proces-verbal/{pk}/").status_code == 404
    assert client.get(f"{here}/devis/{theirs}/ca/proces-verbal/{pk}/").status_code == 404
    url = f"/chez/artifaille/gestion/proces-verbaux/{pk}/"
    assert signed_in(alix).get(url).content == PDF
    assert signed_in(camille).get(url).status_code == 404
    assert "login" in client.get(url)["Location"]


@pytest.mark.parametrize(
    ("to", "said"), [("victime@ailleurs.example", False), ("dominique@lavoir.example", True)]
)
def test_free_words_are_not_mailed_to_an_address_that_nobody_proved(
    client: Client, quote: Quote, decide: str, to: str, said: bool
) -> None:
    """Somebody who would use us to write to strangers cannot say anything of their own; the page tells the rest."""
    spam = "Achetez sur https://spam.example !"
    record(client, decide, result="conditional", conditions=spam, mandated_email=to)
    send(Mail.objects.get(kind="mandate_given"))
    body = str(outbox.outbox[-1].body)
    assert ("spam.example" in body) is said
    assert ("la page les montre" in body) is not said
    url = re.search(r"/chez/artifaille(/devis/[\w-]{43}/)", body)
    assert url
    assert "spam.example" in words(client.get(url[1] + "ca/"))


def test_conditions_are_read_again_before_accepting_what_may_not_hold_them(
    client: Client, quote: Quote, decide: str
) -> None:
    record(client, decide, result="conditional", conditions="Si la <b>reprise</b> est comprise.")
    told = words(client.get(f"{decide}accepter/"))
    assert "Si la <b>reprise</b> est comprise." in told and "demandez un changement" in told
    assert "<b>reprise" not in client.get(f"{decide}accepter/").content.decode()


def test_decision_put_off_is_told_before_accepting(client: Client, quote: Quote, decide: str) -> None:
    assert "un report" not in words(client.get(f"{decide}accepter/"))
    record(client, decide, result="postponed")
    assert "La décision enregistrée est un report" in words(client.get(f"{decide}accepter/"))


def test_file_of_a_form_to_correct_is_asked_again(client: Client, quote: Quote, decide: str) -> None:
    """A browser keeps no file: sent again without a word, the decision would lose its minutes."""
    typed = {"present": "8", "votes_for": "9", "votes_against": "0", "votes_abstain": "0"}
    told = record(client, decide, minutes=SimpleUploadedFile("pv.pdf", PDF), **typed)
    assert "Choisissez de nouveau ce fichier" in told
    assert "Choisissez de nouveau" not in record(client, decide, **typed), "none was sent"
    assert not BoardDecision.objects.exists()


def test_page_of_the_quote_says_what_was_decided(client: Client, quote: Quote, decide: str) -> None:
    assert "Prenez le temps de la réunion" in words(client.get(decide))
    record(client, decide)
    told = words(client.get(decide))
    assert "Décision enregistrée : accepté" in told and "Camille Roux a mandat pour le faire" in told
    assert "Prenez le temps de la réunion" not in told


def test_team_reads_the_decision_in_the_story_and_on_the_quote(
    client: Client, quote: Quote, decide: str, alix: User, signed_in: SignIn
) -> None:
    record(client, decide, result="conditional", conditions="Si la reprise des données est comprise.")
    page = words(signed_in(alix).get(quote.get_absolute_url()))
    assert "Accepté avec des conditions" in page
    assert "Camille Roux, Présidente" in page
    titles = [event.title for event in timeline(quote.organization)]
    assert f"Décision sur le devis {quote.number} : accepté avec des conditions" in titles


def test_decision_is_recorded_until_the_last_minute(
    client: Client, quote: Quote, decide: str, at: At
) -> None:
    """DEV-03, Europe/Paris."""
    at("2027-01-22 00:00:00+01:00")
    assert "n’attend plus de décision" in record(client, decide, decided_on="2027-01-21")
    at("2027-01-21 23:59:59+01:00")
    assert "Décision : accepté" in record(client, decide, decided_on="2027-01-21")
    assert BoardDecision.objects.get().decided_on == date(2027, 1, 21)


def test_get_records_nothing(client: Client, quote: Quote, decide: str, artifaille: Hoster) -> None:
    for page in ("", "liens/", "reunion/", "synthese/", "decision/", "vote/"):
        assert client.get(f"{decide}ca/{page}", YES).status_code == 200
        assert client.head(f"{decide}ca/{page}").status_code == 200
    assert not BoardDecision.objects.exists()
    assert Quote.objects.get().state == Quote.State.SENT
