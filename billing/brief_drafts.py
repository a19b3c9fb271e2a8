"""A *cahier des charges* in five guided parts, written without an account (003-007 to 003-012, 003-041).

The draft is a row; its address carries the row's signed number, so that nobody guesses another one and the mail
« reprendre plus tard » can be composed when it leaves. Sending makes a request; the draft then only says so.
"""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django_scopes import scopes_disabled

from billing.models import BriefDraft
from crm.models import Request
from crm.organizations import OrganizationDetails, PersonDetails, welcome
from crm.requests import correct_brief, record_request
from hosters.mail import queue_mail
from hosters.models import Hoster, Mail

SALT = "billing.brief"
#: Mails that one draft may make us send to addresses that nobody proved.
MOST_LINKS = 5


def token_of(draft: BriefDraft) -> str:
    """The secret of a draft's address."""
    return signing.Signer(salt=SALT).sign_object([draft.hoster_id, draft.pk])


def draft_of(token: str) -> BriefDraft | None:
    """The living draft of a token; None for a forged, foreign or expired one."""
    try:
        _hoster, pk = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return (
        BriefDraft.objects.filter(pk=pk, expires_at__gt=timezone.now())
        .select_related("request__organization")
        .first()
    )


def start_draft(*, hoster: Hoster, part: str, answers: Mapping[str, Any]) -> BriefDraft:
    """The first part was filled in: keep it."""
    return BriefDraft.objects.create(hoster=hoster, answers={part: dict(answers)})


@transaction.atomic
def keep_part(*, draft: BriefDraft, part: str, answers: Mapping[str, Any]) -> None:
    """Keep a part; the others stay as they are."""
    locked = BriefDraft.objects.select_for_update(of=("self",)).get(pk=draft.pk)
    locked.answers = locked.answers | {part: dict(answers)}
    locked.save(update_fields=["answers"])
    draft.answers = locked.answers


@transaction.atomic
def send_link(*, draft: BriefDraft, email: str) -> bool:
    """« Reprendre plus tard »: the link goes to an address, which the draft does not keep.

    False, and no mail, when this draft has sent its link `MOST_LINKS` times.
    """
    locked = BriefDraft.objects.select_for_update(of=("self",)).select_related("hoster").get(pk=draft.pk)
    if Mail.objects.filter(kind="brief_saved", reference=str(locked.pk)).count() >= MOST_LINKS:
        return False
    queue_mail(hoster=locked.hoster, kind="brief_saved", to=email, reference=locked.pk)
    return True


@transaction.atomic
def send_brief(
    *,
    draft: BriefDraft,
    organization: OrganizationDetails,
    person: PersonDetails,
    source: str,
    key: UUID,
) -> Request:
    """Turn a draft into a request, tell the team, acknowledge. Sent twice, even at once, it does it once."""
    locked = BriefDraft.objects.select_for_update(of=("self",)).select_related("hoster").get(pk=draft.pk)
    if locked.request:
        return locked.request
    contact = welcome(hoster=locked.hoster, organization=organization, person=person, source=source)
    request = record_request(
        contact=contact,
        kind=Request.Kind.BRIEF,
        subject=_("Cahier des charges de %(name)s") % {"name": organization.name},
        message="",
        key=key,
        phone=person.phone,
        details={"brief": locked.answers, "version": 1, "sent_on": timezone.localdate().isoformat()},
    )
    locked.request = request
    locked.save(update_fields=["request"])
    queue_mail(hoster=locked.hoster, kind="contact_asked", to=locked.hoster.email, reference=request.pk)
    queue_mail(hoster=locked.hoster, kind="contact_acknowledged", to=person.email, reference=request.pk)
    return request


@transaction.atomic
def send_again(*, draft: BriefDraft) -> bool:
    """A corrected brief replaces the one that was sent, which is kept as a former version (003-013); the request waits
    for an answer again, and the team is told. False when nothing changed since: sent twice, it makes one version."""
    locked = BriefDraft.objects.select_for_update(of=("self",)).select_related("hoster").get(pk=draft.pk)
    request = Request.objects.select_for_update(of=("self",)).get(pk=locked.request_id)
    if not changed_since(locked, request):
        return False
    correct_brief(request=request, answers=locked.answers)
    queue_mail(hoster=locked.hoster, kind="contact_asked", to=locked.hoster.email, reference=request.pk)
    return True


def changed_since(draft: BriefDraft, request: Request) -> bool:
    """Whether its answers are no longer those that were sent. Nothing is sent again of a person who was erased."""
    sent = request.details.get("brief")
    return sent is not None and draft.answers != sent


def forget_old_drafts() -> int:
    """Erase what nobody came back to. Returns how many drafts were erased, whatever the hoster."""
    with scopes_disabled():
        gone, _each = BriefDraft.objects.filter(expires_at__lte=timezone.now()).delete()
    return gone
