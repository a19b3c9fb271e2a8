"""Requests from public forms: recorded once, answered by a person."""

from uuid import UUID

from django.utils import timezone

from crm.models import Contact, Request, Stage
from crm.stages import advance_stage
from hosters.models import User


def record_request(
    *,
    contact: Contact,
    kind: Request.Kind,
    subject: str,
    message: str,
    key: UUID,
    phone: str = "",
    slot: str = "",
) -> Request:
    """Record what was asked. Asking is an interest with evidence (004-008).

    `phone` and `slot` belong to this request: a form proves nothing, so it changes nobody's card.
    """
    organization = contact.organization
    request = Request.objects.create(
        hoster=organization.hoster,
        organization=organization,
        contact=contact,
        kind=kind,
        subject=subject[:200],
        message=message,
        phone=phone,
        slot=slot,
        key=key,
    )
    advance_stage(organization=organization, to=Stage.INTEREST, evidence=subject)
    return request


def close_requests_of(*, key: UUID) -> None:
    """What was asked came to its end by itself: the quote was accepted, nobody waits for a call."""
    Request.objects.filter(key=key, handled_at=None).update(handled_at=timezone.now())


def close_request(*, request: Request, by: User) -> None:
    """Staff have answered. Closing twice changes nothing."""
    Request.objects.filter(pk=request.pk, handled_at=None).update(handled_at=timezone.now(), handled_by=by)
