"""Whether the team can hold what is sold: human components have a capacity (000-011)."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, Sum

from billing.models import Delivery
from hosters.models import Hoster
from offers.models import Component


@dataclass(frozen=True)
class Load:
    """What is sold of a component, in its own unit: associations, or hours a month."""

    component: Component
    sold: Decimal

    @property
    def over(self) -> bool:
        return self.component.capacity is not None and self.sold > self.component.capacity


def loads(hoster: Hoster) -> list[Load]:
    """Every component whose capacity is told, with what runs or waits of it today; two queries."""
    limited = list(Component.objects.filter(hoster=hoster, capacity__isnull=False).order_by("position", "pk"))
    if not limited:
        return []
    rows = Delivery.objects.filter(component__in=limited).to_do().values("component").order_by()
    held: dict[int, Mapping[str, Any]] = {
        row["component"]: row
        for row in rows.annotate(clients=Count("organization", distinct=True), time=Sum("hours"))
    }
    return [Load(each, _sold(each, held.get(each.pk, {}))) for each in limited]


def _sold(component: Component, held: Mapping[str, Any]) -> Decimal:
    unit = "time" if component.capacity_unit == Component.CapacityUnit.HOURS else "clients"
    return Decimal(str(held.get(unit) or 0))
