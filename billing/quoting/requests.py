"""From a request to a draft in one step, and from a quote back to a request: a change, a renewal to look at."""

from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billing.models import Quote, QuoteEvent
from billing.quoting.drafts import start_draft
from billing.quoting.states import Told, move
from crm.models import Request
from crm.requests import record_request
from hosters.mail import queue_mail


def draft_for_request(*, request: Request) -> Quote:
    """The draft that answers a request, begun once; the quote itself when the machine already made it, or when the
    request is about it."""
    if about := Quote.objects.filter(pk=request.details.get("quote")).first():
        return about
    if already := Quote.objects.filter(request_key=request.key).first():
        return already
    try:
        with transaction.atomic():
            return start_draft(contact=request.contact, key=request.key, title=request.subject[:120])
    except IntegrityError:  # two people clicked at once
        return Quote.objects.get(request_key=request.key)


@transaction.atomic
def ask_change(*, quote: Quote, message: str, told: Told, key: UUID) -> None:
    """A change asked from the page of a quote, put in the queue of the team. Sent twice, it is recorded once.

    Raises:
        ActRefused: the quote is accepted or replaced already, or nothing is asked.
    """
    if Request.objects.filter(key=key).exists():
        return
    act = Told(name=told.name, note=message)
    moved = move(quote=quote, act=QuoteEvent.Act.ASK_CHANGE, actor=QuoteEvent.Actor.CLIENT, told=act)
    subject = _("Changement demandé sur le devis %(number)s") % {"number": moved.number}
    _record(moved, subject, message, key)


def ask_renewal(*, quote: Quote, key: UUID) -> None:
    """An expired quote that a person must price again. Sent twice, it is recorded once."""
    if not Request.objects.filter(key=key).exists():
        subject = _("Renouvellement demandé du devis %(number)s") % {"number": quote.number}
        _record(quote, subject, "", key)


def _record(quote: Quote, subject: str, message: str, key: UUID) -> None:
    request = record_request(
        contact=quote.contact,
        kind=Request.Kind.ON_QUOTE,
        subject=subject,
        message=message,
        key=key,
        details={"quote": quote.pk},
    )
    queue_mail(hoster=quote.hoster, kind="pricing_asked", to=quote.hoster.email, reference=request.pk)
