"""Counts written down by staff, when the site is elsewhere (002-204)."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from funnel.models import HandCount
from hosters.models import Hoster, User


def record_hand_count(
    *, hoster: Hoster, day: date, step: str, source: str, count: int, note: str, key: UUID, by: User
) -> HandCount:
    """Write down a number. The same form sent twice, even at once, counts once."""
    values = {"hoster": hoster, "day": day, "step": step, "source": source}
    values |= {"count": count, "note": note, "by": by}
    try:
        with transaction.atomic():
            return HandCount.objects.create(key=key, **values)
    except IntegrityError:
        return HandCount.objects.get(key=key)


def erase_hand_count(*, count: HandCount) -> None:
    """A mistake is erased: nothing was built on it."""
    HandCount.objects.filter(pk=count.pk).delete()
