"""Secret links: 256 random bits in the mail, their SHA-256 in the database, an end date, and a way to revoke."""

import hashlib
import secrets
from datetime import datetime, time, timedelta

from django.utils import timezone

from billing.models import AccessLink, Quote
from crm.models import Contact

LIFETIME = {
    AccessLink.Purpose.READ_QUOTE: timedelta(days=90),
    AccessLink.Purpose.DECIDE_QUOTE: timedelta(days=120),
    AccessLink.Purpose.SPACE: timedelta(days=7),
}
TIME_TO_RENEW = timedelta(days=60)


def mint_link(*, purpose: AccessLink.Purpose, contact: Contact, quote: Quote | None = None) -> str:
    """A new token for a person. Only the caller ever sees it."""
    token = secrets.token_urlsafe(32)
    AccessLink.objects.create(
        hoster=contact.organization.hoster,
        purpose=purpose,
        contact=contact,
        quote=quote,
        digest=digest(token),
        expires_at=max(timezone.now() + LIFETIME[purpose], _end_of(quote)),
    )
    return token


def open_link(token: str, *purposes: AccessLink.Purpose) -> AccessLink | None:
    """The link of a token if it is alive and made for one of these purposes; reading it changes nothing."""
    links = AccessLink.objects.filter(
        digest=digest(token),
        purpose__in=purposes,
        revoked_at=None,
        expires_at__gt=timezone.now(),
        contact__left_at=None,  # a mail composed just after somebody was removed opens nothing either
    )
    # A draft belongs to who writes it, whatever link might name it.
    links = links.exclude(quote__state=Quote.State.DRAFT)
    return links.select_related("contact__organization__hoster", "quote").first()


def _end_of(quote: Quote | None) -> datetime:
    """A link outlives its quote long enough to renew it, however long the quote is valid."""
    if quote is None:
        return timezone.now()
    last = datetime.combine(quote.valid_until + TIME_TO_RENEW, time())
    return timezone.make_aware(last)


def digest(token: str) -> str:
    """What the database keeps of a token."""
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
