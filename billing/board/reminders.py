"""Reminders by the calendar: each one is a row with a key of its own, so that none leaves twice.

They stop when the answer comes: a decided quote is not in the list, and the mail looks again when it leaves.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from billing.board.decisions import standing_decision
from billing.board.meetings import next_meeting
from billing.board.votes import close_finished_votes
from billing.models import Ballot, BoardDecision, BoardMeeting, BoardReminder, Quote
from billing.people import who_decides
from crm.models import Contact
from hosters.mail import queue_mail
from hosters.models import Hoster

Kind = BoardReminder.Kind

#: Nobody wants to be reminded at night (hours in Europe/Paris, the last one excluded).
HOURS = range(8, 20)
BEFORE_MEETING = 2  # days
AFTER_MEETING = range(1, 8)  # days: the day after, and the following ones if the worker was away
BEFORE_END = (2, 7)  # days before the end of validity


@dataclass(frozen=True)
class Due:
    """A reminder whose time has come."""

    quote: Quote
    kind: str
    key: str
    to: str
    mail: str
    about: object


def run_boards(*, now: datetime | None = None) -> int:
    """Close the votes that are over and send the reminders that are due, hoster by hoster (the hourly task).

    Running it again, or twice at once, sends nothing again. Returns how many reminders it queued.
    """
    moment = timezone.localtime(now)
    sent = 0
    for hoster in Hoster.objects.order_by("pk"):
        with scope(hoster=hoster):
            close_finished_votes()
            if moment.hour in HOURS:
                sent += sum(_send(due) for due in _due(moment.date()))
    return sent


def person_of(quote: Quote) -> Contact:
    """Whom to remind: the mandated person once there is one, else whoever asked for the quote."""
    decision = standing_decision(quote)
    if decision and decision.favourable:
        people = Contact.objects.current().filter(organization_id=quote.organization_id)
        mandated = people.filter(email__iexact=decision.mandated_email).order_by("pk").first()
        return mandated or who_decides(quote.contact)
    return who_decides(quote.contact)


@transaction.atomic
def _send(due: Due) -> bool:
    reminder, new = BoardReminder.objects.get_or_create(
        key=due.key, defaults={"quote": due.quote, "kind": due.kind}
    )
    if new:
        reference = due.about if due.kind == Kind.BALLOT else reminder.pk
        queue_mail(hoster=due.quote.hoster, kind=due.mail, to=due.to, reference=reference)
    return new


def _due(today: date) -> Iterator[Due]:
    waiting = Quote.objects.undecided(today).select_related("hoster", "contact")
    for quote in waiting.prefetch_related("meetings"):
        yield from _about_meeting(quote, today)
        yield from _about_validity(quote, today)
    yield from _about_votes(today)


def _about_meeting(quote: Quote, today: date) -> Iterator[Due]:
    meeting = next_meeting(quote)
    if meeting is None or _answered(quote, meeting):
        return
    to, key = who_decides(quote.contact).email, f"{quote.pk}:{meeting.held_on}"
    if 0 < (meeting.held_on - today).days <= BEFORE_MEETING and _day(meeting.told_at) < today:
        yield Due(quote, Kind.MEETING, f"meeting:{key}", to, "meeting_soon", meeting.pk)
    if (today - meeting.held_on).days in AFTER_MEETING:
        yield Due(quote, Kind.RESULT, f"result:{key}", to, "meeting_result", meeting.pk)


def _answered(quote: Quote, meeting: BoardMeeting) -> bool:
    """Whether a decision came: any that stands, or a postponement told since the meeting was announced."""
    decision = standing_decision(quote)
    if decision is None:
        return False
    return decision.result != BoardDecision.Result.POSTPONED or decision.recorded_at >= meeting.told_at


def _about_validity(quote: Quote, today: date) -> Iterator[Due]:
    left = (quote.valid_until - today).days
    before = next((days for days in BEFORE_END if left <= days), None)
    if before is not None and quote.issued_on < today:
        key = f"validity:{quote.pk}:{quote.valid_until}:{before}"
        yield Due(quote, Kind.VALIDITY, key, person_of(quote).email, "validity_soon", None)


def _about_votes(today: date) -> Iterator[Due]:
    """Members who have not voted, one day before the end; not those who were asked today."""
    silent = Ballot.objects.filter(
        cast_at=None,
        vote__closed_at=None,
        vote__cancelled_at=None,
        vote__closes_on__range=(today, today + timedelta(days=1)),
        vote__quote__state__in=Quote.OPEN_STATES,
    )
    for ballot in silent.select_related("vote__quote__hoster"):
        if _day(ballot.vote.opened_at) < today:
            key = f"ballot:{ballot.pk}"
            yield Due(ballot.vote.quote, Kind.BALLOT, key, ballot.email, "ballot_reminder", ballot.pk)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)
