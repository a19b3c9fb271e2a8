"""What was done for an association, in the world of two hosters."""

from django.utils import timezone

from billing.models import Delivery, Quote

OF_A_DELIVERY = ["staff:delivery", "staff:delivery_done", "portal:received"]


def leave_delivery(quote: Quote, canary: str) -> Delivery:
    """A piece of work that is done, `canary` wherever a person typed something."""
    return Delivery.objects.create(
        hoster=quote.hoster,
        organization=quote.organization,
        quote=quote,
        kind=Delivery.Kind.WORK,
        what=canary,
        person=canary,
        note=canary,
        done_on=timezone.localdate(),
    )
