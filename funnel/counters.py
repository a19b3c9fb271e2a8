"""Sums of the anonymous counters of a look."""

from collections.abc import Iterable
from typing import Any

from django.db.models import QuerySet, Sum

from funnel.look import Look
from funnel.models import HandCount, StepCount


def unknowable(look: Look) -> set[str]:
    """The steps that no counter tells under this look, rather than a figure that means another thing: a visit has no
    offer, and no counter knows a kind of public."""
    if look.segment:
        return set(StepCount.Step.values)
    return {StepCount.Step.VISIT.value} if look.offer else set()


def counters_of(look: Look) -> "QuerySet[Any, Any]":
    """What was counted of each anonymous step, by visitors and by hand."""
    rows = StepCount.objects.filter(hoster=look.hoster, day__range=(look.since, look.until))
    by_hand = HandCount.objects.filter(hoster=look.hoster, day__range=(look.since, look.until))
    if look.source:
        rows, by_hand = rows.filter(source=look.source), by_hand.filter(source=look.source)
    if look.offer:
        rows, by_hand = rows.filter(offer=look.offer), by_hand.none()
    if look.segment:
        return StepCount.objects.none().values_list("step", "count")
    sums = [found.order_by().values_list("step").annotate(Sum("count")) for found in (rows, by_hand)]
    return sums[0].union(sums[1], all=True)


def counted(counters: Iterable[tuple[str, int]]) -> dict[str, int]:
    """How many took each anonymous step, those counted by hand included."""
    totals: dict[str, int] = {}
    for step, total in counters:
        totals[step] = totals.get(step, 0) + total
    return totals


def known_sources(look: Look) -> list[str]:
    """The sources of the links followed in those days, for a filter."""
    rows = StepCount.objects.filter(hoster=look.hoster, day__range=(look.since, look.until))
    return sorted(rows.exclude(source="").order_by().values_list("source", flat=True).distinct())
