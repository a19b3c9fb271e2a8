"""Every state × act × actor against the table of docs/devis.md, through the database (issue 5, 002-143, DEV-03)."""

import re
from datetime import date, datetime, timedelta
from itertools import product
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.utils import timezone
from time_machine import TimeMachineFixture

from billing.models import Quote, QuoteEvent
from billing.quoting.expiry import expire_quotes
from billing.quoting.states import ActRefused, Told, move, refusal
from offers.models import Offer
from tests.factories import make_quote

State, Act, Actor = Quote.State, QuoteEvent.Act, QuoteEvent.Actor
ROW = re.compile(r"^\| `(\w+)` \| `(\w+)` \| ([\w, ]+) \| `(\w+)` \|$", re.MULTILINE)
PAGE = (Path(settings.BASE_DIR) / "docs" / "devis.md").read_text(encoding="utf-8")
PARIS = ZoneInfo("Europe/Paris")


def documented() -> dict[tuple[str, str, str], str]:
    """What the page allows: (state, act, actor) → next state."""
    return {
        (state, act, actor.strip()): after
        for state, act, actors, after in ROW.findall(PAGE)
        for actor in actors.split(",")
    }


def told() -> Told:
    return Told(
        name="Dominique",
        reason=QuoteEvent.Reason.LATER,
        note="…",
        meeting_on=date(2027, 1, 12),
        valid_until=date(2099, 1, 1),
    )


def put(quote: Quote, state: str, **fields: object) -> Quote:
    """The quote as if it had come to this state."""
    values: dict[str, object] = {"state": state, "valid_until": timezone.localdate()}
    Quote.objects.filter(pk=quote.pk).update(**values | fields)
    return Quote.objects.get(pk=quote.pk)


def outcome(quote: Quote, state: str, act: str, actor: str) -> tuple[str, str]:
    """The state after an act, and why it was refused."""
    late = timezone.localdate() + timedelta(days=act == Act.EXPIRE)
    try:
        moved = move(quote=put(quote, state), act=act, actor=actor, told=told(), on=late)
    except ActRefused as refused:
        return Quote.objects.get(pk=quote.pk).state, str(refused)
    assert Quote.objects.get(pk=quote.pk).state == moved.state
    return moved.state, ""


def test_every_state_act_actor(marmule: Offer) -> None:
    """What the page allows happens and is told; anything else changes nothing and is explained."""
    quote, allowed = make_quote(marmule), documented()
    for case in product(State.values, Act.values, Actor.values):
        state, act, _actor = case
        before = QuoteEvent.objects.count()
        after, reason = outcome(quote, *case)
        added = QuoteEvent.objects.count() - before
        if case in allowed:
            assert (after, reason) == (allowed[case], ""), case
            assert added == (act != Act.OPEN or after != state), case
        else:
            assert (after, added) == (state, 0), case
            assert reason.endswith((".", "minutes.")), case


def test_page_holds_every_state_and_act() -> None:
    allowed = documented()
    assert {state for state, _act, _actor in allowed} == set(State.values)
    assert {act for _state, act, _actor in allowed} == set(Act.values)
    assert "reader" not in {actor for _state, _act, actor in allowed}


def test_act_tells_who_why_and_from_where(marmule: Offer) -> None:
    quote = make_quote(marmule)
    move(quote=quote, act=Act.REFUSE, actor=Actor.CLIENT, told=told())
    event = QuoteEvent.objects.get(act=Act.REFUSE)
    assert (event.before, event.after, event.reason, event.note, event.name) == (
        "sent",
        "refused",
        "later",
        "…",
        "Dominique",
    )


@pytest.mark.parametrize("act", [Act.REFUSE, Act.ASK_CHANGE, Act.WITHDRAW, Act.PUT_IN_REVIEW])
def test_act_without_its_words_or_date_is_refused(marmule: Offer, act: str) -> None:
    quote = make_quote(marmule)
    actor = Actor.STAFF if act == Act.WITHDRAW else Actor.CLIENT
    with pytest.raises(ActRefused, match=r"Dites en quelques mots|Indiquez la date"):
        move(quote=quote, act=act, actor=actor, told=Told(note="  "))
    assert Quote.objects.get().state == State.SENT


@pytest.mark.parametrize("state", Quote.OPEN_STATES)
def test_validity_ends_with_the_last_minute_in_paris(
    marmule: Offer, state: str, time_machine: TimeMachineFixture
) -> None:
    """DEV-03, in winter time: 23:59 Paris is 22:59 UTC of the same day."""
    quote = put(make_quote(marmule), state, valid_until=date(2026, 12, 31))
    time_machine.move_to(datetime(2026, 12, 31, 23, 59, 59, tzinfo=PARIS), tick=False)
    assert refusal(quote=quote, act=Act.ACCEPT, actor=Actor.CLIENT) == ""
    assert expire_quotes() == 0
    time_machine.move_to(datetime(2027, 1, 1, 0, 0, 0, tzinfo=PARIS), tick=False)
    assert "plus valable" in refusal(quote=quote, act=Act.ACCEPT, actor=Actor.CLIENT)
    assert quote.current_state() == State.EXPIRED
    assert expire_quotes() == 1
    assert expire_quotes() == 0
    assert Quote.objects.get().state == State.EXPIRED


@pytest.mark.parametrize(
    ("last", "over"),
    [
        (date(2027, 6, 30), "2027-06-30T22:00:00Z"),
        (date(2027, 3, 27), "2027-03-27T23:00:00Z"),
        (date(2027, 3, 28), "2027-03-28T22:00:00Z"),
        (date(2027, 10, 30), "2027-10-30T22:00:00Z"),
        (date(2027, 10, 31), "2027-10-31T23:00:00Z"),
    ],
    ids=["summer", "eve of summer time", "23 hours long", "eve of winter time", "25 hours long"],
)
def test_validity_follows_the_clocks_of_paris(
    marmule: Offer, time_machine: TimeMachineFixture, last: date, over: str
) -> None:
    """DEV-03: midnight of Paris, wherever UTC is that night, also when the clocks change."""
    quote = put(make_quote(marmule), State.SEEN, valid_until=last)
    end = datetime.fromisoformat(over)
    time_machine.move_to(end - timedelta(seconds=1), tick=False)
    assert not quote.expired() and expire_quotes() == 0
    time_machine.move_to(end, tick=False)
    assert quote.expired() and expire_quotes() == 1


def test_decided_quote_never_expires(marmule: Offer) -> None:
    put(make_quote(marmule), State.ACCEPTED, valid_until=date(2020, 1, 1))
    assert expire_quotes() == 0
    assert Quote.objects.get().current_state() == State.ACCEPTED
