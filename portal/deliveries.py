"""What the hoster does for an association: work, sessions, follow-ups, things to download (000-003 to 000-013)."""

from django.db.models import F, Q

from billing.models import Delivery
from crm.models import Organization

#: What is done is shown as long as this many of them: the rest is history.
LATEST_DONE = 10


def deliveries_of(organization: Organization) -> list[Delivery]:
    """What is to come, the soonest first, what has no day after; then what was done, the latest first. A service
    without follow-up has nothing to show."""
    rows = Delivery.objects.filter(organization=organization).select_related("component")
    shown = rows.to_do().exclude(Q(kind=Delivery.Kind.FOLLOW_UP, due_on=None))
    done = rows.filter(done_on__isnull=False).order_by("-done_on", "-pk")[:LATEST_DONE]
    return [*shown.order_by(F("due_on").asc(nulls_last=True), "pk"), *done]
