"""« Nous en parlons le … » : the date that the hoster waits for, and whether the quote lives until then."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.board.summaries import keep_summary
from billing.board.waiting import BoardRefused, lock_waiting
from billing.models import BoardMeeting, Quote, QuoteEvent
from billing.quoting.states import ActRefused, Told, move
from crm.models import Contact
from pricing.dates import date_format

FARTHEST = timedelta(days=366)
#: After the meeting, time to write the minutes and to accept.
MARGIN = timedelta(days=15)


def next_meeting(quote: Quote) -> BoardMeeting | None:
    """The meeting that counts: the latest one announced, be it about the version that this quote replaces."""
    announced = quote.meetings.first()
    if announced or quote.meeting_on is None or quote.former is None:
        return announced
    return next_meeting(quote.former)


def outlives_quote(meeting: BoardMeeting | None, quote: Quote) -> bool:
    """Whether the meeting comes after the last day of validity."""
    return meeting is not None and meeting.held_on > quote.valid_until


def day_refusal(held_on: date) -> str:
    """Why a meeting cannot be planned that day, or ""."""
    today = timezone.localdate()
    if today <= held_on <= today + FARTHEST:
        return ""
    last = date_format(today + FARTHEST, "j F Y")
    return _("Choisissez une date à venir, d’ici au %(last)s.") % {"last": last}


@transaction.atomic
def plan_meeting(*, quote: Quote, by: Contact, body: str, held_on: date) -> BoardMeeting:
    """Put the quote before a body of the association on a day. Saying the same twice is said once.

    Raises:
        BoardRefused: the day is past or too far, or nobody waits for a decision on this quote.
    """
    if reason := day_refusal(held_on):
        raise BoardRefused(reason)
    locked = lock_waiting(quote)
    latest = next_meeting(locked)
    if latest and (latest.body, latest.held_on) == (body, held_on):
        return latest
    try:
        move(
            quote=locked,
            act=QuoteEvent.Act.PUT_IN_REVIEW,
            actor=QuoteEvent.Actor.CLIENT,
            told=Told(name=by.name, meeting_on=held_on),
        )
    except ActRefused as refused:
        raise BoardRefused(str(refused)) from refused
    keep_summary(locked)
    return BoardMeeting.objects.create(quote=locked, body=body, held_on=held_on, told_by=by.email)


def wished_validity(meeting: BoardMeeting) -> date:
    """Until when to ask for an extension: the meeting, and time to accept after it."""
    return meeting.held_on + MARGIN
