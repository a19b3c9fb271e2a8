"""Mails: text and HTML, links from the settings, no header from a person's words, sent once."""

from collections.abc import Iterator

import pytest
from django.core import mail
from django.core.mail import EmailMultiAlternatives

from billing.documents import render
from billing.quoting import mails as quote_mails
from hosters.mail import queue_mail
from hosters.mailbox import stored_mails
from hosters.models import Hoster, Mail
from hosters.tasks import send_mail_task
from offers.models import Offer
from tests.factories import asking, make_acceptance, make_offer, make_quote
from tests.worker import finish_the_work

#: What leaves between the request of a quote and its first invoice; the other kinds have their own tests.
JOURNEY = {
    "request_received",
    "quote_sent",
    "acceptance_received",
    "quote_accepted",
    "invoice_and_fees_issued",
}


@pytest.fixture
def marmule(artifaille: Hoster) -> Offer:
    return make_offer(artifaille, slug="marmule")


@pytest.fixture
def sent(
    marmule: Offer, monkeypatch: pytest.MonkeyPatch, settings: object
) -> Iterator[list[EmailMultiAlternatives]]:
    """Every mail of a quote that was accepted."""
    settings.PUBLIC_URL = "https://chatiere.example"  # type: ignore[attr-defined]
    monkeypatch.setattr(render, "make_pdf", lambda document: b"%PDF")
    make_acceptance(make_quote(marmule))
    finish_the_work()
    yield mail.outbox  # type: ignore[misc]


def test_mails_of_the_journey_leave(sent: list[EmailMultiAlternatives]) -> None:
    kinds = {row.kind for row in Mail.objects.filter(state=Mail.State.DONE)}
    assert kinds == JOURNEY
    assert len(sent) == len(kinds)


def test_mail_is_text_with_an_html_twin(sent: list[EmailMultiAlternatives]) -> None:
    for message in sent:
        assert message.body.strip() and "<" not in message.body.split("https://")[0]
        [(html, media_type)] = message.alternatives
        assert media_type == "text/html"
        assert '<html lang="fr"' in html
        assert "<img" not in html and "<script" not in html


def test_links_start_with_the_public_address(sent: list[EmailMultiAlternatives]) -> None:
    for message in sent:
        links = [word for word in message.body.split() if "://" in word]
        assert links
        assert all(link.startswith("https://chatiere.example/chez/artifaille/") for link in links)


def test_mail_is_from_the_hoster_and_answers_to_it(
    sent: list[EmailMultiAlternatives], artifaille: Hoster
) -> None:
    for message in sent:
        assert message.from_email.startswith("Artifaille <")
        assert message.reply_to == [artifaille.email]
        assert len(message.subject) < 80


def test_same_mail_has_the_same_identity_each_time(marmule: Offer) -> None:
    """Delivery is at least once: mail programs recognise the second copy."""
    make_quote(marmule)
    row = Mail.objects.get(kind="quote_sent")
    for _ in range(2):
        Mail.objects.filter(pk=row.pk).update(state=Mail.State.QUEUED)
        send_mail_task(row.pk)
    first, second = (message.extra_headers["Message-ID"] for message in mail.outbox)
    assert first == second


def test_sent_mail_is_not_sent_again(marmule: Offer) -> None:
    make_quote(marmule)
    row = Mail.objects.get(kind="quote_sent")
    send_mail_task(row.pk)
    send_mail_task(row.pk)
    assert len(mail.outbox) == 1
    assert Mail.objects.get(pk=row.pk).sent_at is not None


def test_mail_server_away_loses_no_mail(marmule: Offer, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(self: object) -> None:
        raise ConnectionRefusedError

    make_quote(marmule)
    row = Mail.objects.get(kind="quote_sent")
    with monkeypatch.context() as patch:
        patch.setattr(EmailMultiAlternatives, "send", away)
        send_mail_task(row.pk)
    assert Mail.objects.get(pk=row.pk).state == Mail.State.QUEUED
    send_mail_task(row.pk)
    assert len(mail.outbox) == 1


INJECTIONS = [
    "Amis\r\nBcc: pirate@example.org",
    "Amis\nSubject: autre",
    "=?utf-8?q?Amis?=",
    "{{ quote.contact }}",
    "%(name)s",
    "<b>Amis</b>",
]


@pytest.mark.parametrize("name", INJECTIONS, ids=ascii)
def test_name_adds_no_header_and_no_markup(marmule: Offer, name: str) -> None:
    wanted = asking(marmule)
    make_quote(marmule, organization=type(wanted.organization)(name, "1 rue", "69003", "Lyon"))
    finish_the_work_of_mails()
    for message in mail.outbox:
        real = message.message()
        assert real["Bcc"] is None and real["Cc"] is None
        assert len(real.get_all("Subject")) == 1 and "\n" not in message.subject
        assert "<b>" not in message.alternatives[0].content.replace("</b>", "")
        assert message.recipients() == message.to


def finish_the_work_of_mails() -> None:
    for row in Mail.objects.filter(state=Mail.State.QUEUED):
        send_mail_task(row.pk)


def test_unknown_kind_of_mail_is_an_error_at_once(artifaille: Hoster) -> None:
    with pytest.raises(KeyError):
        queue_mail(hoster=artifaille, kind="inconnu", to="d@example.org", reference=1)


def test_database_holds_no_secret_link(marmule: Offer) -> None:
    make_quote(marmule)
    row = Mail.objects.get(kind="quote_sent")
    assert row.reference.isdigit()
    assert not hasattr(row, "body")
    assert (
        quote_mails.quote_sent(row).link != quote_mails.quote_sent(row).link
    )  # a new token each time it is composed


def test_mailbox_of_development_reads_what_was_sent(marmule: Offer, settings: object) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"  # type: ignore[attr-defined]
    make_quote(marmule)
    finish_the_work_of_mails()
    subjects = {stored.subject for stored in stored_mails()}
    assert any(subject.startswith("Votre devis D-") for subject in subjects)
    assert len(stored_mails()) == 2
    assert [stored.to for stored in stored_mails(to="Dominique@")] == [Mail.objects.get(kind="quote_sent").to]


@pytest.mark.parametrize("production", [False, True])
def test_mailbox_page_is_for_development_only(
    artifaille: Hoster, client: object, settings: object, production: bool
) -> None:
    settings.MAILBOX_PAGE = not production  # type: ignore[attr-defined]
    assert client.get("/courriels/").status_code == (404 if production else 200)  # type: ignore[attr-defined]
