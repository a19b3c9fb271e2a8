"""What the demonstration shows of deliveries: a half-day done, another one planned, a follow-up to come."""

from datetime import timedelta

from django.utils import timezone

from billing.delivery.planning import confirm, finish, schedule
from billing.models import Delivery
from hosters.demonstration import register_story
from hosters.models import Hoster

SOON, BEFORE = timedelta(days=4), timedelta(days=6)


def register() -> None:
    """Add our chapter to the demonstration."""
    register_story(deliver_a_little)


def deliver_a_little(hoster: Hoster) -> None:
    """The first piece of work is done and received, the next one has its day. Once."""
    rows = Delivery.objects.filter(hoster=hoster).exclude(kind=Delivery.Kind.DOWNLOAD).order_by("pk")
    member = hoster.memberships.select_related("user").first()
    if member is None or rows.filter(done_on__isnull=False).exists():
        return
    today = timezone.localdate()
    works = list(rows.exclude(kind=Delivery.Kind.FOLLOW_UP)[:2])
    for work in works[:1]:
        schedule(delivery=work, due_on=today - BEFORE, person="Amina")
        finish(
            delivery=work,
            on=today - BEFORE,
            note="Six personnes formées, aide-mémoire remis.",
            by=member.user,
        )
        confirm(delivery=work)
    for work in works[1:]:
        schedule(delivery=work, due_on=today + SOON, person="Amina")
