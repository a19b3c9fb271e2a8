"""Secret links: 256 random bits in the mail, their SHA-256 in the database, an end date, and a way to revoke."""

import hashlib
import secrets
from datetime import timedelta

from django.utils import timezone

from billing.models import AccessLink, Quote
from crm.models import Contact

LIFETIME = {
    AccessLink.Purpose.READ_QUOTE: timedelta(days=90),
    AccessLink.Purpose.DECIDE_QUOTE: timedelta(days=120),
    AccessLink.Purpose.SPACE: timedelta(days=7),
}


def mint_link(*, purpose: AccessLink.Purpose, contact: Contact, quote: Quote | None = None) -> str:
    """A new token for a person. Only the caller ever sees it."""
    token = secrets.token_urlsafe(32)
    AccessLink.objects.create(
        hoster=contact.organization.hoster,
        purpose=purpose,
        contact=contact,
        quote=quote,
        digest=_digest(token),
        expires_at=timezone.now() + LIFETIME[purpose],
    )
    return token


def open_link(token: str, *purposes: AccessLink.Purpose) -> AccessLink | None:
    """The link of a token if it is alive and made for one of these purposes; reading it changes nothing."""
    links = AccessLink.objects.filter(
        digest=_digest(token), purpose__in=purposes, revoked_at=None, expires_at__gt=timezone.now()
    )
    return links.select_related("contact__organization__hoster", "quote").first()


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()
