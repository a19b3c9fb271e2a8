"""The need that the team wrote again goes back to whoever asked, who confirms or corrects it before the quote.

Requirement 003-003.

The link is signed for one request and one wording: once the team writes it otherwise, a former link decides nothing.
"""

from dataclasses import dataclass
from hashlib import sha256

from django.core import signing
from django.db import transaction
from django.utils.translation import gettext as _

from crm.models import Request
from crm.requests import answer_need, note_need_asked
from hosters.links import absolute_url
from hosters.mail import Message, queue_mail
from hosters.models import Mail

SALT = "billing.need"


class NeedRefused(Exception):
    """It cannot be sent; the message says why, in French."""


@dataclass(frozen=True)
class Asked:
    """A request found by its link; `current` unless its wording changed since the link was made."""

    request: Request
    current: bool


@transaction.atomic
def ask_confirmation(*, request: Request) -> None:
    """Send the need back to the person who asked.

    Raises:
        NeedRefused: nothing is written yet.
    """
    locked = Request.objects.select_for_update(of=("self",)).select_related("contact", "hoster")
    row = locked.get(pk=request.pk)
    if not row.need_statement:
        raise NeedRefused(_("Écrivez d’abord le besoin."))
    note_need_asked(request=row)
    queue_mail(hoster=row.hoster, kind="need_to_confirm", to=row.contact.email, reference=row.pk)


@transaction.atomic
def answer(*, asked: Asked, correction: str) -> bool:
    """Keep the answer: « » is a yes. False, and nothing kept, when the wording changed meanwhile."""
    row = Request.objects.select_for_update(of=("self",)).get(pk=asked.request.pk)
    if _digest(row) != _digest(asked.request):
        return False
    answer_need(request=row, correction=correction)
    return True


def token_of(request: Request) -> str:
    """The secret of the page that shows the need as it is written now."""
    return signing.Signer(salt=SALT).sign_object([request.hoster_id, request.pk, _digest(request)])


def asked_by(token: str) -> Asked | None:
    """The request of a link; None for a forged or foreign one, or once its need is no more (an erased person)."""
    try:
        _hoster, pk, digest = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    found = Request.objects.filter(pk=pk).exclude(need_statement="").select_related("organization").first()
    return Asked(found, _digest(found) == digest) if found else None


def need_to_confirm(mail: Mail) -> Message | None:
    """The mail, with the need as it is when it leaves; nothing once the person was erased."""
    asked = (
        Request.objects.filter(pk=mail.reference).exclude(need_statement="").select_related("contact").first()
    )
    if asked is None:
        return None
    link = absolute_url(mail.hoster, "storefront:need", token=token_of(asked))
    values = {"nom": asked.contact.name, "besoin": asked.need_statement}
    return Message(context=dict(values), link=(_("Dire si c’est bien cela"), link))


def _digest(request: Request) -> str:
    return sha256(request.need_statement.encode()).hexdigest()[:16]
