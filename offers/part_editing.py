"""Changes to the components of the working copy of an offer."""

from collections.abc import Sequence

from django.db import transaction
from django.db.models import Max

from offers.models import Component, Entitlement, Offer, OfferComponent


@transaction.atomic
def add_part(*, offer: Offer, component: Component, detail: str = "") -> OfferComponent:
    """Put a component last in an offer; the one that is already there when it is."""
    last = offer.parts.aggregate(last=Max("position"))["last"] or 0
    part, _created = OfferComponent.objects.get_or_create(
        offer=offer, component=component, defaults={"detail": detail, "position": last + 1}
    )
    return part


@transaction.atomic
def change_part(
    *,
    part: OfferComponent,
    detail: str,
    metrics: Sequence[str],
    labels: Sequence[str],
    charges: Sequence[str] | None = None,
) -> None:
    """Say how much of a component this offer gives: metrics of its tariff first, then words (002-104, 002-138).

    `charges`: the lines of the tariff that pay for it (002-167); None leaves them as they are.
    """
    part.detail = detail
    if charges is not None:
        part.charges = list(charges)
    part.save(update_fields=["detail", "charges"])
    wanted = [(metric, "") for metric in metrics] + [("", label) for label in labels]
    if wanted != list(part.entitlements.values_list("metric", "label")):
        part.entitlements.all().delete()
        Entitlement.objects.bulk_create(
            Entitlement(part=part, metric=metric, label=label, position=order)
            for order, (metric, label) in enumerate(wanted, 1)
        )


@transaction.atomic
def move_part(*, part: OfferComponent, up: bool) -> None:
    """One place up or down on the page."""
    rows = list(OfferComponent.objects.filter(offer=part.offer_id).select_for_update())
    here = [row.pk for row in rows].index(part.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    for rank, row in enumerate(rows, 1):
        if row.position != rank:
            OfferComponent.objects.filter(pk=row.pk).update(position=rank)


@transaction.atomic
def remove_part(*, part: OfferComponent) -> None:
    """Take a component out of an offer; it stays in the catalogue."""
    part.delete()
