"""The funnel of a period: its first steps come from counters, the others from the documents themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from django.db.models import Sum
from django.utils.translation import gettext as _

from funnel.models import StepCount
from hosters.models import Hoster
from pricing.typography import NBSP, quantity

MANY = 10  # people at a step: fewer prove nothing when nobody takes the next one

Counter = Callable[[Hoster, date, date], int]


@dataclass(frozen=True)
class Step:
    """One step: its code, its French label, and how it is counted between two days, both included."""

    code: str
    label: str
    count: Counter


@dataclass(frozen=True)
class Row:
    """A step with its two rates in percent; None when the base is zero (002-204, contradiction C15)."""

    label: str
    count: int
    of_first: Decimal | None
    of_previous: Decimal | None
    share: int  # length of its bar, in percent of the longest
    base: str = ""  # label of the step before

    @property
    def rate(self) -> str:
        """What its bar says: the rate from the step before."""
        if self.of_previous is None:
            return ""
        return _("%(rate)s de l’étape d’avant") % {"rate": percent(self.of_previous)}


_business_steps: list[Step] = []


def register_step(step: Step) -> None:
    """Add a step counted from documents, after the former ones. Called in `ready()`."""
    _business_steps.append(step)


def steps() -> list[Step]:
    """Every step of the funnel in order."""
    anonymous = [Step(step.value, str(step.label), _counted(step)) for step in StepCount.Step]
    return anonymous + _business_steps


def funnel_report(hoster: Hoster, *, since: date, until: date) -> list[Row]:
    """One row for each step of the period, both days included."""
    counts = [(str(step.label), step.count(hoster, since, until)) for step in steps()]
    widest = max(count for _label, count in counts)
    label, first = counts[0]
    rows = [Row(label, first, rate(first, first), None, share(first, widest))]
    for (base, before), (label, count) in pairwise(counts):
        rows.append(Row(label, count, rate(count, first), rate(count, before), share(count, widest), base))
    return rows


def blocked_step(rows: list[Row]) -> Row | None:
    """The first step that nobody takes although many took the one before: the problem to find (002-205)."""
    blocked = (row for before, row in pairwise(rows) if before.count >= MANY and not row.count)
    return next(blocked, None)


def percent(value: Decimal) -> str:
    """`12,5 %`, with a space that never breaks."""
    return f"{quantity(value)}{NBSP}%"


def rate(part: int, whole: int) -> Decimal | None:
    """`part` in percent of `whole` with one decimal; None when there is nothing to compare with."""
    if not whole:
        return None
    return (Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def share(count: int, widest: int) -> int:
    return round(100 * count / widest) if widest else 0


def _counted(step: StepCount.Step) -> Counter:
    def count(hoster: Hoster, since: date, until: date) -> int:
        rows = StepCount.objects.filter(hoster=hoster, step=step, day__range=(since, until))
        return rows.aggregate(total=Sum("count"))["total"] or 0

    return count
