"""How the portfolio renews itself: who arrives each month, and for how long open deals have been waiting (004-038)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.models import Opportunity, Organization
from hosters.models import Hoster

#: Ages of an open deal: label, from, to (days since it was opened, both included; None: no end).
AGES = (
    (_("jusqu’à 30 jours"), 0, 30),
    (_("31 à 90 jours"), 31, 90),
    (_("91 à 180 jours"), 91, 180),
    (_("plus de 180 jours"), 181, None),
)


@dataclass(frozen=True)
class Age:
    """The open deals of one age: how many, and what they would bring a year in EUR."""

    label: str
    number: int
    value: Decimal


def arrived(hoster: Hoster, since: date, until: date) -> "QuerySet[Organization]":
    """The organisations written down between two days, both included; those that a merge absorbed are no arrivals."""
    begins, ends = _midnight(since), _midnight(until + timedelta(days=1))
    rows = Organization.objects.filter(hoster=hoster, created_at__gte=begins, created_at__lt=ends)
    return rows.living()


def arrivals(hoster: Hoster, months: Sequence[date], today: date) -> list[tuple[date, int]]:
    """How many arrived in each of these months, given by their first days, the last one until today."""
    rows = arrived(hoster, months[0], today).order_by().values_list(TruncMonth("created_at"))
    found = {month.date(): number for month, number in rows.annotate(Count("pk"))}
    return [(month, found.get(month, 0)) for month in months]


def open_deals(hoster: Hoster) -> "QuerySet[Opportunity]":
    """Neither won nor lost, the one that waits for the longest first."""
    return Opportunity.objects.filter(hoster=hoster).open().order_by("created_at", "pk")


def ages(hoster: Hoster, today: date) -> list[Age]:
    """The open deals by age."""
    bands = {str(place): _between(today, first, last) for place, (_label, first, last) in enumerate(AGES)}
    numbers = {f"number_{place}": Count("pk", filter=band) for place, band in bands.items()}
    values = {f"value_{place}": Sum("yearly_value", filter=band) for place, band in bands.items()}
    told = open_deals(hoster).order_by().aggregate(**numbers, **values)
    return [
        Age(str(label), told[f"number_{place}"], told[f"value_{place}"] or Decimal(0))
        for place, (label, _first, _last) in enumerate(AGES)
    ]


def _between(today: date, first: int, last: int | None) -> Q:
    here = Q(created_at__lt=_midnight(today + timedelta(days=1 - first)))
    return here if last is None else here & Q(created_at__gte=_midnight(today - timedelta(days=last)))


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))
