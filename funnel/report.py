"""The funnel of a look: its first steps come from counters, the others from the documents themselves."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from itertools import pairwise
from statistics import median

from django.utils.translation import gettext as _

from funnel.counters import counted, counters_of, unknowable
from funnel.intervals import percent, rate, told
from funnel.look import Look
from funnel.steps import Journey, Step, journeys, usual_steps
from hosters.models import Hoster

MANY = 10  # people at a step: fewer prove nothing when nobody takes the next one


@dataclass(frozen=True)
class Row:
    """A step with its two rates in percent; None when the base is zero (002-204, contradiction C15)."""

    code: str
    label: str
    count: int
    of_first: Decimal | None
    of_previous: Decimal | None
    share: int  # length of its bar, in percent of the longest
    base: str = ""  # label of the step before, the one that its rate is of
    base_count: int = 0
    skips: bool = False  # the step just before is one that many do without
    days: Decimal | None = None  # median since its base

    @property
    def rate(self) -> str:
        """What its bar says: the rate from the step before."""
        if self.of_previous is None:
            return ""
        said = _("%(rate)s de « %(base)s »") if self.skips else _("%(rate)s de l’étape d’avant")
        return said % {"rate": percent(self.of_previous), "base": self.base}

    @property
    def told(self) -> str:
        """The rate from the step before with its numbers, and its interval when they are small."""
        return told(self.count, self.base_count) if self.base_count else ""


def funnel_report(hoster: Hoster, *, since: date, until: date) -> list[Row]:
    """The usual steps of a period, both days included."""
    return report(Look(hoster, since, until), usual_steps())


def report(look: Look, steps: Sequence[Step]) -> list[Row]:
    """One row for each step that this look can count; fewer when nothing counts some of them."""
    counters = counters_of(look)
    found = journeys(look, counters)
    totals = totals_of(counters, found)
    shown = [step for step in steps if step.code not in unknowable(look)]
    if not shown:
        return []
    counts = [totals.get(step.code, 0) for step in shown]
    widest, first = max(counts), counts[0]
    opening = shown[0]
    rows = [Row(opening.code, opening.label, first, rate(first, first), None, share(first, widest))]
    for place, (step, count) in enumerate(zip(shown[1:], counts[1:], strict=True), start=1):
        start = base_of(counts, place)
        base, before = shown[start], counts[start]
        rows.append(
            Row(
                code=step.code,
                label=step.label,
                count=count,
                of_first=rate(count, first),
                of_previous=rate(count, before),
                share=share(count, widest),
                base=base.label,
                base_count=before,
                skips=start < place - 1,
                days=median_days(found, base.code, step.code),
            )
        )
    return rows


def base_of(counts: Sequence[int], place: int) -> int:
    """The step that the rate of a step is of: the nearest one before that as many took, else the one just before.

    Not every quote goes before a board: eight accepted of two boards would be 400 %, they are eight of the quotes sent.
    """
    enough = (each for each in range(place - 1, -1, -1) if counts[each] >= counts[place])
    return next(enough, place - 1)


def totals_of(counters: Iterable[tuple[str, int]], found: Sequence[Journey]) -> dict[str, int]:
    """How many took each step, by code. Free users written down by hand add to those told by documents."""
    totals = counted(counters)
    for journey in found:
        for code in journey.days:
            totals[code] = totals.get(code, 0) + 1
    return totals


def median_days(found: Sequence[Journey], start: str, end: str) -> Decimal | None:
    """Half of those who took both steps needed fewer days; None when nobody did, or when days are not known."""
    spans = [
        (journey.days[end] - journey.days[start]).days
        for journey in found
        if start in journey.days and end in journey.days
    ]
    return Decimal(median(spans)) if spans else None


def blocked_step(rows: list[Row]) -> Row | None:
    """The first step that nobody takes although many took the one before: the problem to find (002-205)."""
    blocked = (row for before, row in pairwise(rows) if before.count >= MANY and not row.count)
    return next(blocked, None)


def share(count: int, widest: int) -> int:
    return round(100 * count / widest) if widest else 0
