"""« Nous en parlons le … » : before the board, late meetings, extensions granted in one act (DEV-03, 002-143)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core import mail as outbox
from django.test import Client

from billing.models import BoardMeeting, BoardSummary, Quote, QuoteEvent, ValidityExtension
from billing.models.frozen import FrozenError
from crm.timeline import timeline
from crm.workqueue import workqueue
from hosters.mail import send
from hosters.models import Hoster, Mail, Role, User
from tests.factories import make_acceptance
from tests.pages import words

At = Callable[[str], None]
SignIn = Callable[[User], Client]
EARLY, LATE = "2026-12-03", "2027-01-28"


def say(client: Client, decide: str, day: str, body: str = "board") -> str:
    return words(client.post(decide + "ca/reunion/", {"body": body, "held_on": day}, follow=True))


def test_meeting_puts_the_quote_in_review(client: Client, quote: Quote, decide: str) -> None:
    assert "C’est noté" in say(client, decide, EARLY)
    quote.refresh_from_db()
    assert (quote.state, quote.meeting_on) == (Quote.State.IN_REVIEW, date(2026, 12, 3))
    assert "Vous en parlez le 3 décembre 2026" in words(client.get(decide + "ca/"))


def test_meeting_told_twice_is_told_once_and_a_new_date_counts(
    client: Client, quote: Quote, decide: str
) -> None:
    say(client, decide, EARLY)
    say(client, decide, EARLY)
    assert BoardMeeting.objects.count() == QuoteEvent.objects.filter(act="put_in_review").count() == 1
    say(client, decide, "2026-12-10", "assembly")
    assert "10 décembre 2026" in words(client.get(decide + "ca/"))
    first = BoardMeeting.objects.earliest("pk")
    with pytest.raises(FrozenError):
        first.delete()


@pytest.mark.parametrize("day", ["2026-11-21", "2028-01-01", "", "demain", "9999-12-31"])
def test_silly_day_is_refused(client: Client, quote: Quote, decide: str, day: str) -> None:
    say(client, decide, day)
    quote.refresh_from_db()
    assert (quote.state, BoardMeeting.objects.count()) == (Quote.State.SENT, 0)


def test_today_is_a_day_until_midnight_in_paris(client: Client, quote: Quote, decide: str, at: At) -> None:
    at("2026-12-03 23:59:59+01:00")
    assert "C’est noté" in say(client, decide, EARLY)


def test_late_meeting_offers_to_ask_for_an_extension(client: Client, quote: Quote, decide: str) -> None:
    shown = say(client, decide, LATE)
    assert "La réunion est après la fin de validité" in shown
    assert "Demander une prolongation" in shown
    for _again in range(2):
        client.post(decide + "ca/prolongation/")
    asked = ValidityExtension.objects.get()
    assert (asked.asked_until, asked.asked_by) == (date(2027, 2, 12), quote.contact.email)
    assert Mail.objects.filter(kind="extension_asked").count() == 1
    assert "est demandée" in words(client.get(decide + "ca/"))


def test_extension_is_not_asked_for_nothing(client: Client, quote: Quote, decide: str) -> None:
    say(client, decide, EARLY)
    assert "rien à prolonger" in words(client.post(decide + "ca/prolongation/", follow=True))
    assert not ValidityExtension.objects.exists()


def test_team_grants_in_one_click_and_the_story_keeps_it(
    client: Client, quote: Quote, decide: str, alix: User, signed_in: SignIn, artifaille: Hoster
) -> None:
    say(client, decide, LATE)
    client.post(decide + "ca/prolongation/")
    item = next(
        item for item in workqueue(artifaille, role=Role.ADMIN) if item.label == "Prolongation demandée"
    )
    for _again in range(2):
        signed_in(alix).post(item.act)
    quote.refresh_from_db()
    granted = ValidityExtension.objects.get()
    assert quote.valid_until == date(2027, 2, 12)
    assert (granted.before, granted.granted_until) == (date(2027, 1, 21), date(2027, 2, 12))
    assert (granted.granted_by, QuoteEvent.objects.filter(act="extend").count()) == (alix, 1)
    assert any("prolongé jusqu’au 12 février 2027" in event.title for event in timeline(quote.organization))
    assert "Valable jusqu’au 12 février 2027" in words(client.get(decide))
    assert not [item for item in workqueue(artifaille, role=Role.ADMIN) if "Prolongation" in item.label]
    send(Mail.objects.get(kind="validity_extended"))
    assert "12 février 2027 (au lieu du 21 janvier 2027)" in words(str(outbox.outbox[-1].body))


def test_extension_prints_the_summary_again(
    client: Client, quote: Quote, decide: str, alix: User, signed_in: SignIn
) -> None:
    say(client, decide, EARLY)
    signed_in(alix).post(f"/gestion/devis/{quote.pk}/prolonger/", {"until": "2027-02-28"})
    assert [row.valid_until for row in BoardSummary.objects.all()] == [date(2027, 2, 28), date(2027, 1, 21)]


@pytest.mark.parametrize("until", ["2027-01-20", "2029-01-01", "", "x"])
def test_extension_to_a_silly_day_is_refused(quote: Quote, alix: User, signed_in: SignIn, until: str) -> None:
    signed_in(alix).post(f"/gestion/devis/{quote.pk}/prolonger/", {"until": until})
    quote.refresh_from_db()
    assert (quote.valid_until, ValidityExtension.objects.count()) == (date(2027, 1, 21), 0)


def test_accounts_do_not_extend(quote: Quote, bastien: User, signed_in: SignIn) -> None:
    url = f"/gestion/devis/{quote.pk}/prolonger/"
    assert signed_in(bastien).post(url, {"until": "2027-02-28"}).status_code == 403


def test_decided_or_expired_quote_is_not_extended(
    quote: Quote, alix: User, signed_in: SignIn, at: At
) -> None:
    at("2027-01-22 00:00+01:00")
    url = f"/gestion/devis/{quote.pk}/prolonger/"
    assert "n’attend plus" in words(signed_in(alix).post(url, {"until": "2027-02-28"}, follow=True))
    quote.refresh_from_db()
    assert quote.valid_until == date(2027, 1, 21)


def test_accepted_quote_has_no_meeting(client: Client, quote: Quote, decide: str) -> None:
    make_acceptance(quote)
    assert "n’attend plus de décision" in say(client, decide, EARLY)
    assert not BoardMeeting.objects.exists()


def test_queue_says_ca_tomorrow_and_quotes_about_to_expire(
    client: Client, quote: Quote, decide: str, artifaille: Hoster, at: At
) -> None:
    def labels() -> set[str]:
        return {item.label for item in workqueue(artifaille, role=Role.ADMIN)}

    say(client, decide, EARLY)
    at("2026-12-01 12:00+01:00")
    assert not labels() & {"CA demain", "CA aujourd’hui", "Devis bientôt périmé"}
    at("2026-12-02 00:00+01:00")
    assert "CA demain" in labels()
    at("2026-12-03 23:59+01:00")
    assert "CA aujourd’hui" in labels()
    at("2027-01-14 12:00+01:00")
    assert "Devis bientôt périmé" in labels()
    make_acceptance(quote)
    assert not labels() & {"CA demain", "CA aujourd’hui", "Devis bientôt périmé"}


def test_day_too_far_says_the_last_one_on_its_field(at: At, client: Client, decide: str) -> None:
    at("2026-11-22 10:00+01:00")
    page = client.post(f"{decide}ca/reunion/", {"body": "board", "held_on": "2028-01-01"})
    assert "d’ici au 23 novembre 2027" in words(page)
    assert set(page.context["form"].errors) == {"held_on"}
