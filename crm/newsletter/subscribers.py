"""Addresses that receive the newsletter. What people say of it passes by `crm.consent` when they have a card."""

from dataclasses import dataclass

from django.db.models import QuerySet
from django.utils import timezone

from crm.models import Subscriber
from hosters.models import Hoster


@dataclass(frozen=True)
class Agreement:
    """What was read, where, and what proves it (GDPR-08)."""

    text: str
    source: str
    proof: str = ""


def receiving(hoster: Hoster) -> "QuerySet[Subscriber]":
    """Who confirmed and has not left."""
    return Subscriber.objects.filter(hoster=hoster, left_at=None).exclude(confirmed_at=None)


def enrol(*, hoster: Hoster, email: str, agreed: Agreement) -> Subscriber:
    """An address receives the next issue. Said twice, the first proof stays."""
    if known := receiving(hoster).filter(email=email.lower()).first():
        return known
    told = {"text": agreed.text, "source": agreed.source[:80], "proof": agreed.proof[:200]}
    values = {**told, "confirmed_at": timezone.now(), "left_at": None}
    return Subscriber.objects.update_or_create(hoster=hoster, email=email.lower(), defaults=values)[0]


def strike(*, hoster: Hoster, email: str) -> None:
    """An address receives nothing more. The row stays a while: it proves that the agreement existed."""
    Subscriber.objects.filter(hoster=hoster, email__iexact=email, left_at=None).update(left_at=timezone.now())
