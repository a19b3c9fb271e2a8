"""The funnel of a period: its first steps come from counters, the others from the documents themselves."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.db.models import Sum

from funnel.models import StepCount
from hosters.models import Hoster

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
    width: int  # of its bar, in percent of the widest


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
    counts = [(step.label, step.count(hoster, since, until)) for step in steps()]
    widest = max((count for _label, count in counts), default=0)
    first = counts[0][1]
    previous = [None, *(count for _label, count in counts)]
    return [
        Row(label, count, rate(count, first), None if before is None else rate(count, before), width(count, widest))
        for (label, count), before in zip(counts, previous, strict=False)
    ]


def rate(part: int, whole: int) -> Decimal | None:
    """`part` in percent of `whole` with one decimal; None when there is nothing to compare with."""
    if not whole:
        return None
    return (Decimal(100) * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def width(count: int, widest: int) -> int:
    return round(100 * count / widest) if widest else 0


def _counted(step: StepCount.Step) -> Counter:
    def count(hoster: Hoster, since: date, until: date) -> int:
        rows = StepCount.objects.filter(hoster=hoster, step=step, day__range=(since, until))
        return rows.aggregate(total=Sum("count"))["total"] or 0

    return count
