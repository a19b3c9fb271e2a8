"""Whether the team can hold what is sold: human components have a capacity (000-011)."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet, Sum

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


def capacities(hoster: Hoster) -> "tuple[QuerySet[Component], QuerySet[Delivery, Any]]":
    """Every component whose capacity is told, and what runs or waits of each today: clients, hours."""
    limited = Component.objects.filter(hoster=hoster, capacity__isnull=False).order_by("position", "pk")
    rows = Delivery.objects.filter(hoster=hoster, component__capacity__isnull=False).to_do().order_by()
    counted = rows.values_list("component").annotate(Count("organization", distinct=True), Sum("hours"))
    return limited, counted


def loads(limited: Iterable[Component], held: Iterable[tuple[int, int, Decimal | None]]) -> list[Load]:
    """What is sold of each component (`capacities`)."""
    sold = {key: (clients, hours) for key, clients, hours in held}
    return [Load(each, _sold(each, *sold.get(each.pk, (0, None)))) for each in limited]


def _sold(component: Component, clients: int, hours: Decimal | None) -> Decimal:
    in_hours = component.capacity_unit == Component.CapacityUnit.HOURS
    return (hours or Decimal(0)) if in_hours else Decimal(clients)
