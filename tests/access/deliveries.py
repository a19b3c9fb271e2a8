"""What was done for an association, in the world of two hosters."""

from django.utils import timezone

from billing.models import Delivery, Objective, ObjectiveValue, Quote

OF_A_DELIVERY = ["staff:delivery", "staff:delivery_done", "portal:received"]


def leave_delivery(quote: Quote, canary: str) -> Delivery:
    """A piece of work that is done and an objective followed, `canary` wherever a person typed something."""
    objective = Objective.objects.create(
        hoster=quote.hoster, organization=quote.organization, quote=quote, what=canary, target=canary
    )
    ObjectiveValue.objects.create(objective=objective, on=timezone.localdate(), value=canary, note=canary)
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
