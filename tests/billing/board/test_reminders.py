"""Reminders by the calendar: at the right time, once, and none after the answer."""

from collections import Counter
from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.test import Client

from billing.board.reminders import run_boards
from billing.models import Ballot, BoardReminder, Quote
from hosters.mail import send
from hosters.models import Mail, User
from offers.models import Offer
from tests.billing.board.test_decision import record
from tests.billing.board.test_vote import ask, cast, links
from tests.factories import make_acceptance, make_quote
from tests.pages import words

At = Callable[[str], None]
SignIn = Callable[[User], Client]
KINDS = {"meeting_soon", "meeting_result", "validity_soon", "ballot_reminder"}


def queued() -> Counter[str]:
    return Counter(Mail.objects.filter(kind__in=KINDS).values_list("kind", flat=True))


def every_hour(at: At, day: str) -> Counter[str]:
    """What a whole day of the clock queued, two workers at each hour."""
    for hour in range(24):
        at(f"{day} {hour:02}:30+01:00")
        run_boards()
        run_boards()
    return queued()


@pytest.fixture
def planned(client: Client, quote: Quote, decide: str) -> Quote:
    client.post(decide + "ca/reunion/", {"body": "board", "held_on": "2026-12-03"})
    return quote


def test_meeting_is_recalled_once_two_days_before(planned: Quote, at: At) -> None:
    assert every_hour(at, "2026-11-30") == {}
    assert every_hour(at, "2026-12-01") == {"meeting_soon": 1}
    assert every_hour(at, "2026-12-02") == {"meeting_soon": 1}
    send(Mail.objects.get(kind="meeting_soon"))
    assert "le 3 décembre 2026" in words(str(outbox.outbox[-1].body))


def test_result_is_asked_the_day_after_once(planned: Quote, at: At) -> None:
    assert every_hour(at, "2026-12-03")["meeting_result"] == 0
    assert every_hour(at, "2026-12-04")["meeting_result"] == 1
    assert every_hour(at, "2026-12-05")["meeting_result"] == 1


def test_new_version_keeps_the_meeting_of_the_former(planned: Quote, marmule: Offer, at: At) -> None:
    newer = make_quote(marmule)
    Quote.objects.filter(pk=newer.pk).update(former=planned, meeting_on="2026-12-03", state="in_review")
    Quote.objects.filter(pk=planned.pk).update(state="superseded")
    assert every_hour(at, "2026-12-01") == {"meeting_soon": 1}
    assert BoardReminder.objects.get().quote_id == newer.pk


def test_nothing_leaves_at_night(planned: Quote, at: At) -> None:
    for moment in ("2026-12-01 07:59+01:00", "2026-12-01 20:00+01:00", "2026-12-02 00:00+01:00"):
        at(moment)
        assert run_boards() == 0
    at("2026-12-02 08:00+01:00")
    assert run_boards() == 1


def test_reminders_stop_when_the_decision_comes(client: Client, planned: Quote, decide: str, at: At) -> None:
    at("2026-12-03 22:00+01:00")
    record(client, decide, decided_on="2026-12-03")
    assert every_hour(at, "2026-12-04")["meeting_result"] == 0


def test_postponed_meeting_is_not_asked_again_but_the_new_one_is(
    client: Client, planned: Quote, decide: str, at: At
) -> None:
    at("2026-12-03 22:00+01:00")
    record(client, decide, result="postponed", decided_on="2026-12-03")
    assert every_hour(at, "2026-12-04")["meeting_result"] == 0
    client.post(decide + "ca/reunion/", {"body": "board", "held_on": "2026-12-17"})
    assert every_hour(at, "2026-12-18")["meeting_result"] == 1


def test_mail_queued_before_the_answer_does_not_leave(
    client: Client, planned: Quote, decide: str, at: At
) -> None:
    at("2026-12-01 12:00+01:00")
    assert run_boards() == 1
    record(client, decide)
    send(Mail.objects.get(kind="meeting_soon"))
    assert not [message for message in outbox.outbox if "réunion approche" in message.subject]


def test_end_of_validity_is_recalled_twice(quote: Quote, at: At) -> None:
    """Valid until 21 January 2027."""
    assert every_hour(at, "2027-01-13") == {}
    assert every_hour(at, "2027-01-14") == {"validity_soon": 1}
    assert every_hour(at, "2027-01-18") == {"validity_soon": 1}
    assert every_hour(at, "2027-01-19") == {"validity_soon": 2}
    assert every_hour(at, "2027-01-21") == {"validity_soon": 2}
    assert every_hour(at, "2027-01-22") == {"validity_soon": 2}


def test_extended_quote_is_recalled_for_its_new_end(
    quote: Quote, at: At, alix: User, signed_in: SignIn
) -> None:
    every_hour(at, "2027-01-14")
    signed_in(alix).post(f"/gestion/devis/{quote.pk}/prolonger/", {"until": "2027-02-21"})
    assert every_hour(at, "2027-01-19") == {"validity_soon": 1}
    assert every_hour(at, "2027-02-14") == {"validity_soon": 2}


def test_accepted_quote_is_left_alone(planned: Quote, at: At) -> None:
    make_acceptance(planned)
    for day in ("2026-12-01", "2026-12-04", "2027-01-14", "2027-01-19"):
        assert every_hour(at, day) == {}


def test_mandated_person_is_the_one_recalled(client: Client, quote: Quote, decide: str, at: At) -> None:
    record(client, decide)
    at("2027-01-14 10:00+01:00")
    run_boards()
    assert Mail.objects.get(kind="validity_soon").to == "camille@lavoir.example"


def test_silent_members_are_recalled_one_day_before_the_end(
    client: Client, quote: Quote, decide: str, at: At
) -> None:
    ask(client, decide)
    cast(client, links(), "FFF")
    assert every_hour(at, "2026-11-27") == {}
    assert every_hour(at, "2026-11-28") == {"ballot_reminder": 4}
    assert every_hour(at, "2026-11-29") == {"ballot_reminder": 4}
    silent = set(Ballot.objects.filter(cast_at=None).values_list("email", flat=True))
    assert set(Mail.objects.filter(kind="ballot_reminder").values_list("to", flat=True)) == silent
    assert BoardReminder.objects.filter(kind="ballot").count() == 4


def test_member_who_voted_meanwhile_gets_no_reminder(
    client: Client, quote: Quote, decide: str, at: At
) -> None:
    ask(client, decide, key=str(uuid4()))
    voters = links()
    at("2026-11-28 10:00+01:00")
    run_boards()
    cast(client, voters, "FFFFFFF")
    outbox.outbox.clear()
    for row in Mail.objects.filter(kind="ballot_reminder"):
        send(row)
    assert outbox.outbox == []
