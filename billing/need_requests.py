"""A request that names no offer: a need that a person must think about, or several offers at once."""

from collections.abc import Sequence
from uuid import UUID

from django.db import IntegrityError, transaction

from billing.quoting.online import FormAlreadyUsed, request_of
from crm.models import Request
from crm.organizations import OrganizationDetails, PersonDetails, welcome
from crm.requests import record_request
from hosters.mail import queue_mail
from hosters.models import Hoster


def request_for_need(
    *,
    hoster: Hoster,
    organization: OrganizationDetails,
    person: PersonDetails,
    subject: str,
    wish: Sequence[str],
    message: str,
    source: str,
    key: UUID,
) -> Request:
    """Record the request and tell the team. The same form sent twice, even at once, records one request.

    Raises:
        FormAlreadyUsed: the same key came with another request.
    """
    text = "\n".join(filter(None, [*wish, message]))
    same = {"subject": subject, "message": text, "email": person.email}
    if already := request_of(key, **same):
        return already
    try:
        return _record(hoster, organization, person, subject, text, source, key)
    except IntegrityError:  # the other one was first
        if already := request_of(key, **same):
            return already
        raise FormAlreadyUsed from None


@transaction.atomic
def _record(
    hoster: Hoster,
    organization: OrganizationDetails,
    person: PersonDetails,
    subject: str,
    message: str,
    source: str,
    key: UUID,
) -> Request:
    contact = welcome(hoster=hoster, organization=organization, person=person, source=source)
    request = record_request(
        contact=contact, kind=Request.Kind.ON_QUOTE, subject=subject, message=message, key=key
    )
    queue_mail(hoster=hoster, kind="pricing_asked", to=hoster.email, reference=request.pk)
    return request
