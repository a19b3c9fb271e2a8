"""The newsletter: nothing before the second yes, all stops at the first no (000-032, 002-184, 002-185, GDPR-08)."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client

from crm.consent import may_write, record_consent
from crm.erasure import erase_person
from crm.models import Consent, Erasure, NewsletterIssue, NewsletterSettings, Subscriber
from crm.newsletter.issues import IssueRefused, keep_issue, progress_of, readers_of, send_issue
from crm.newsletter.opting import confirm, confirming_url, leave, leaving_url, subscriber_to_confirm
from crm.retention import old_subscriptions
from hosters import work
from hosters.mail import send
from hosters.models import Hoster, Mail, User
from tests.factories import days_ago
from tests.relations import make_contact, make_organization

READER = "zoe@lavoir.example"


@pytest.fixture
def letter(artifaille: Hoster) -> NewsletterSettings:
    return NewsletterSettings.objects.create(
        hoster=artifaille, is_open=True, about="nos nouvelles", rhythm="quatre fois par an"
    )


@pytest.fixture
def written(artifaille: Hoster) -> NewsletterIssue:
    text = "## Novembre\n\nUn [récit](https://exemple.org/recit).\n\n<script>x</script> ![x](https://pixel.example/x.png)"
    return NewsletterIssue.objects.create(hoster=artifaille, subject="Novembre", body=text)


def path_of(url: str) -> str:
    return "/" + url.split("/", 3)[3]


def leave_post() -> list[Any]:
    """What the worker sends now."""
    outbox.outbox.clear()
    for row in Mail.objects.filter(state=Mail.State.QUEUED).order_by("pk"):
        work.perform(Mail, row.pk, send)
    return outbox.outbox


def test_whole_way_from_the_form_to_the_last_letter(
    letter: NewsletterSettings, written: NewsletterIssue, browser: Client, alix: User
) -> None:
    """Asked, confirmed by a button, received once, stopped by one click without login."""
    assert browser.post("/lettre/", {"email": READER.upper()}).status_code == 302
    assert browser.post("/lettre/", {"email": READER}).status_code == 302, "no second mail within the hour"
    [asking] = leave_post()
    assert "nos nouvelles, quatre fois par an" in asking.body
    assert readers_of(written.hoster) == []
    reader = Subscriber.objects.get()
    path = path_of(confirming_url(reader))
    assert browser.get(path).status_code == 200
    assert readers_of(written.hoster) == [], "opening a link confirms nothing"
    browser.post(path)
    assert readers_of(written.hoster) == [READER]
    reader.refresh_from_db()
    assert "confirmée par le lien" in reader.proof and "nos nouvelles" in reader.text

    send_issue(issue=written, by=alix)
    [sent] = leave_post()
    html = sent.alternatives[0][0]
    assert "<h3>Novembre</h3>" in html
    assert "<script" not in html and "<img" not in html
    assert "Novembre\n--------\n\nUn récit (https://exemple.org/recit)." in sent.body
    stop = path_of(sent.extra_headers["List-Unsubscribe"].strip("<>"))
    machine = Client(enforce_csrf_checks=True)
    assert machine.get(stop).status_code == 200
    assert readers_of(written.hoster) == [READER]
    assert machine.post(stop, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert readers_of(written.hoster) == []


def test_issue_leaves_once_and_skips_who_left_meanwhile(
    letter: NewsletterSettings, written: NewsletterIssue, alix: User
) -> None:
    """Sent in the background: the page counts what left, what waits, and who withdrew."""
    first, second = (
        Subscriber.objects.create(hoster=written.hoster, email=f"{name}@a.example", confirmed_at=days_ago(1))
        for name in ("ana", "bo")
    )
    send_issue(issue=written, by=alix)
    with pytest.raises(IssueRefused, match="déjà partie"):
        send_issue(issue=written, by=alix)
    written.refresh_from_db()
    with pytest.raises(IssueRefused, match="ne change plus"):
        keep_issue(issue=written)
    assert (progress_of(written).waiting, progress_of(written).share) == (2, 0)
    leave(subscriber=second)
    assert [each.to for each in leave_post()] == [[first.email]]
    told = progress_of(written)
    assert (told.sent, told.waiting, told.withdrawn, told.share) == (1, 0, 1, 100)


def test_person_with_a_card_says_it_there_too(
    letter: NewsletterSettings, artifaille: Hoster, alix: User
) -> None:
    """One answer to « may we write » : the card and the list agree, both ways; erasing empties both (GDPR-06)."""
    contact = make_contact(make_organization(artifaille, alix), READER)
    other = Subscriber.objects.create(
        hoster=artifaille, email="autre@lavoir.example", confirmed_at=days_ago(1)
    )
    reader = Subscriber.objects.create(hoster=artifaille, email=READER, text="…", source="site")
    confirm(subscriber=reader)
    assert may_write(contact, Consent.Purpose.NEWSLETTER).allowed
    reader.refresh_from_db()
    leave(subscriber=reader)
    assert not may_write(contact, Consent.Purpose.NEWSLETTER).allowed
    record_consent(
        contact=contact,
        purpose=Consent.Purpose.NEWSLETTER,
        basis=Consent.Basis.CONSENT,
        source="salon de Lyon",
        text="Je veux la lettre.",
        proof="feuille 3",
    )
    assert readers_of(artifaille) == [other.email, READER]
    erase_person(contact=contact, cause=Erasure.Cause.ASKED)
    assert list(Subscriber.objects.all()) == [other]


def test_page_exists_only_when_the_promise_is_made(artifaille: Hoster, browser: Client) -> None:
    assert browser.get("/lettre/").status_code == 404
    assert browser.post("/lettre/", {"email": READER}).status_code == 404
    assert not Subscriber.objects.exists()


def test_links_of_confirmation_last_a_week(
    letter: NewsletterSettings, artifaille: Hoster, at: Callable[[str], None]
) -> None:
    """GDPR-08; the link that stops has no end."""
    at("2026-11-01 12:00+01:00")
    reader = Subscriber.objects.create(hoster=artifaille, email=READER, text="…")
    token, stop = (url(reader).rstrip("/").rpartition("/")[2] for url in (confirming_url, leaving_url))
    assert subscriber_to_confirm(token) == reader
    assert subscriber_to_confirm(stop) is None
    at("2026-11-08 12:01+01:00")
    assert subscriber_to_confirm(token) is None


def test_unconfirmed_addresses_go_away(artifaille: Hoster, at: Callable[[str], None]) -> None:
    """Thirty days without a second yes; three years of proof after a no."""
    at("2023-01-01 12:00+01:00")
    Subscriber.objects.create(hoster=artifaille, email="jamais@a.example")
    Subscriber.objects.create(hoster=artifaille, email="fidele@a.example", confirmed_at=days_ago(0))
    gone = Subscriber.objects.create(
        hoster=artifaille, email="parti@a.example", confirmed_at=days_ago(0), left_at=days_ago(0)
    )
    due = {each.email for each in old_subscriptions(artifaille, days_ago(-31))}
    assert due == {"jamais@a.example"}
    assert gone in old_subscriptions(artifaille, days_ago(-3 * 365 - 1))
