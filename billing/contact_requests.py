"""The three equal exits of an offer: a question, a call back, a first appointment (002-058, 002-200, 000-031)."""

from dataclasses import dataclass
from uuid import UUID

from django.db import IntegrityError, transaction

from billing.quoting.online import FormAlreadyUsed
from crm.models import Request
from crm.organizations import OrganizationDetails, PersonDetails, welcome
from crm.requests import record_request
from hosters.mail import queue_mail
from hosters.models import Hoster


@dataclass(frozen=True)
class ContactAsked:
    """What a person asks. `slot` and `phone` are empty for a question that is answered in writing."""

    kind: Request.Kind
    subject: str
    organization: OrganizationDetails
    person: PersonDetails
    message: str
    slot: str
    source: str
    key: UUID


def ask_to_be_contacted(*, hoster: Hoster, asked: ContactAsked) -> Request:
    """Record the request, tell the team, acknowledge. The same form sent twice, even at once, does it once.

    Raises:
        FormAlreadyUsed: the same key belongs to another request.
    """
    try:
        return _already(asked) or _record(hoster, asked)
    except IntegrityError:  # the other one was first
        if already := _already(asked):
            return already
        raise FormAlreadyUsed from None


def _already(asked: ContactAsked) -> Request | None:
    request = Request.objects.select_related("contact").filter(key=asked.key).first()
    if request and (request.kind, request.contact.email) != (asked.kind, asked.person.email.lower()):
        raise FormAlreadyUsed
    return request


@transaction.atomic
def _record(hoster: Hoster, asked: ContactAsked) -> Request:
    contact = welcome(
        hoster=hoster, organization=asked.organization, person=asked.person, source=asked.source
    )
    request = record_request(
        contact=contact,
        kind=asked.kind,
        subject=asked.subject,
        message=asked.message,
        key=asked.key,
        phone=asked.person.phone,
        slot=asked.slot,
    )
    queue_mail(hoster=hoster, kind="contact_asked", to=hoster.email, reference=request.pk)
    queue_mail(hoster=hoster, kind="contact_acknowledged", to=asked.person.email, reference=request.pk)
    return request
