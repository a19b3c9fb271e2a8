"""Requests from public forms: recorded once, answered by a person."""

from typing import Any
from uuid import UUID

from django.db.models import Q
from django.utils import timezone

from crm.models import Contact, Request, Stage
from crm.opportunities import open_for_request
from crm.scoring import rescore
from crm.stages import advance_stage
from hosters.models import User

#: Former versions of a brief that its request keeps; a quote keeps its own.
MOST_FORMER = 20


def record_request(
    *,
    contact: Contact,
    kind: Request.Kind,
    subject: str,
    message: str,
    key: UUID,
    phone: str = "",
    slot: str = "",
    details: dict[str, Any] | None = None,
) -> Request:
    """Record what was asked. Asking is an interest with evidence (004-008).

    `details` holds structured answers: a brief, a change. `phone` and `slot` belong to this request: a form proves
    nothing, so it changes nobody's card.
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
        details=details or {},
        key=key,
    )
    advance_stage(organization=organization, to=Stage.INTEREST, evidence=subject)
    open_for_request(request=request)
    rescore(organization=organization)
    return request


def correct_brief(*, request: Request, answers: dict[str, Any]) -> None:
    """Another version of the brief of a locked request: the former one stays beside it, and the answer is to be given
    again (003-013)."""
    told = request.details
    former = {"version": told.get("version", 1), "sent_on": told.get("sent_on", ""), "brief": told["brief"]}
    request.details = told | {
        "brief": answers,
        "version": former["version"] + 1,
        "sent_on": timezone.localdate().isoformat(),
        "former": [*told.get("former", []), former][-MOST_FORMER:],
    }
    request.handled_at, request.handled_by = None, None
    request.save(update_fields=["details", "handled_at", "handled_by"])


def close_requests_of(*, key: UUID, quote: int | None = None, by: User | None = None) -> None:
    """What was asked came to its end: the quote that answers left, or was accepted. `quote` is the one that a change
    or a renewal was asked on, `by` who answered; nobody when it came by itself."""
    asked = Q(key=key) | Q(details__quote=quote) if quote else Q(key=key)
    Request.objects.filter(asked, handled_at=None).update(handled_at=timezone.now(), handled_by=by)


def state_need(*, request: Request, statement: str) -> None:
    """The need in the association's words, before any software (003-003, 003-041). Written otherwise, it is to be
    confirmed again."""
    rows = Request.objects.filter(pk=request.pk).exclude(need_statement=statement)
    rows.update(need_statement=statement, need_asked_at=None, need_confirmed_at=None, need_correction="")
    request.need_statement = statement


def note_need_asked(*, request: Request) -> None:
    """The need went back to whoever asked, who answers anew (003-003)."""
    Request.objects.filter(pk=request.pk).update(
        need_asked_at=timezone.now(), need_confirmed_at=None, need_correction=""
    )


def answer_need(*, request: Request, correction: str) -> None:
    """Whoever asked says yes to the need of a locked request, or corrects it: then the request waits for an answer
    again (003-003). The first answer stays until the need is sent again."""
    if request.need_confirmed_at or request.need_correction:
        return
    told: dict[str, Any] = {"need_confirmed_at": timezone.now()}
    if correction:
        told = {"need_correction": correction, "handled_at": None, "handled_by": None}
    Request.objects.filter(pk=request.pk).update(**told)


def close_request(*, request: Request, by: User) -> None:
    """Staff have answered. Closing twice changes nothing."""
    Request.objects.filter(pk=request.pk, handled_at=None).update(handled_at=timezone.now(), handled_by=by)
