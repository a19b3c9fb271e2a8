"""A quote kept open longer: asked by the association, granted by staff in one act that is kept (DEV-03)."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.board.meetings import next_meeting, outlives_quote, wished_validity
from billing.board.summaries import keep_summary, summary_of
from billing.board.waiting import BoardRefused, lock_waiting
from billing.models import Quote, QuoteEvent, ValidityExtension
from billing.people import who_decides
from billing.quoting.states import ActRefused, Told, move
from crm.models import Contact
from hosters.mail import queue_mail
from hosters.models import User

LONGEST = timedelta(days=366)  # from today


def asked_extension(quote: Quote) -> ValidityExtension | None:
    """The extension that waits for an answer."""
    return quote.extensions.filter(granted_until=None).first()


@transaction.atomic
def ask_extension(*, quote: Quote, by: Contact) -> ValidityExtension:
    """Ask that the quote lives until after the meeting. Asking twice is asking once.

    Raises:
        BoardRefused: no meeting comes after the validity, or nobody waits for a decision on this quote.
    """
    locked = lock_waiting(quote)
    meeting = next_meeting(locked)
    if meeting is None or not outlives_quote(meeting, locked):
        raise BoardRefused(_("Le devis est valable jusqu’à la réunion : il n’y a rien à prolonger."))
    if waiting := asked_extension(locked):
        return waiting
    asked = ValidityExtension.objects.create(
        quote=locked, asked_until=wished_validity(meeting), asked_by=by.email
    )
    queue_mail(hoster=locked.hoster, kind="extension_asked", to=locked.hoster.email, reference=asked.pk)
    return asked


@transaction.atomic
def extend_quote(*, quote: Quote, until: date, by: User) -> Quote:
    """Keep a quote open until a later day, and tell the person. The PDF keeps the day of issue; the pages say this one.

    The same day asked twice is granted once: nothing is written.

    Raises:
        BoardRefused: the day is not later, is too far, or nobody waits for a decision on this quote.
    """
    locked = lock_waiting(quote)
    if until == locked.valid_until:
        return locked
    if not locked.valid_until < until <= timezone.localdate() + LONGEST:
        raise BoardRefused(_("Choisissez un jour après la fin actuelle, dans l’année."))
    try:
        move(
            quote=locked,
            act=QuoteEvent.Act.EXTEND,
            actor=QuoteEvent.Actor.STAFF,
            told=Told(by=by, valid_until=until),
        )
    except ActRefused as refused:
        raise BoardRefused(str(refused)) from refused
    before = locked.valid_until
    locked.refresh_from_db(fields=["valid_until", "state"])
    granted = _grant(locked, before, until, by)
    if summary_of(locked):
        keep_summary(locked)
    queue_mail(
        hoster=locked.hoster,
        kind="validity_extended",
        to=who_decides(locked.contact).email,
        reference=granted.pk,
    )
    return locked


def _grant(quote: Quote, before: date, until: date, by: User) -> ValidityExtension:
    granted = asked_extension(quote) or ValidityExtension(quote=quote, asked_until=until)
    granted.before, granted.granted_until = before, until
    granted.granted_at, granted.granted_by = timezone.now(), by
    granted.save(update_fields=sorted(granted.living_fields) if granted.pk else None)
    return granted
