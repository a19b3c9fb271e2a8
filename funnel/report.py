"""The funnel of a look: its first steps come from counters, the others from the documents themselves."""

from collections.abc import Container, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from statistics import median

from django.utils import timezone
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
    optional: bool = False  # many do without this one
    early: bool = False  # the last ones of the period had no time to take it: it has no rate yet

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
        if self.early:
            return _("trop tôt pour un taux : tout le monde n’en a pas eu le temps")
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
    skipped = {place for place, step in enumerate(shown) if not step.usual and not counts[place]}
    for place, (step, count) in enumerate(zip(shown[1:], counts[1:], strict=True), start=1):
        start = base_of(counts, place, skipped)
        base, before = shown[start], counts[start]
        early = look.until + step.after > timezone.localdate()
        rows.append(
            Row(
                code=step.code,
                label=step.label,
                count=count,
                of_first=None if early else rate(count, first),
                of_previous=None if early else rate(count, before),
                share=share(count, widest),
                base=base.label,
                base_count=before,
                skips=start < place - 1,
                days=median_days(found, base.code, step.code),
                optional=not step.usual,
                early=early,
            )
        )
    return rows


def base_of(counts: Sequence[int], place: int, skipped: Container[int] = ()) -> int:
    """The step that the rate of a step is of: the nearest one before that as many took, else the one just before.

    Not every quote goes before a board: eight accepted of two boards would be 400 %, they are eight of the quotes sent.
    Places in `skipped` are steps that many do without and that nobody took: no base either.
    """
    befores = range(place - 1, -1, -1)
    enough = (each for each in befores if counts[each] >= counts[place] and each not in skipped)
    return next(enough, place - 1)


def totals_of(counters: Iterable[tuple[str, int]], found: Sequence[Journey]) -> dict[str, int]:
    """How many took each step, by code. Free users written down by hand add to those told by documents."""
    totals = counted(counters)
    for journey in found:
        for code in journey.days:
            totals[code] = totals.get(code, 0) + 1
    return totals


def median_days(found: Sequence[Journey], start: str, end: str) -> Decimal | None:
    """Half of those who took both steps in this order needed fewer days; None when nobody did, or when days are not
    known. A free user asked before being one: that is no time from free to asked."""
    spans = [
        (journey.days[end] - journey.days[start]).days
        for journey in found
        if start in journey.days and end in journey.days and journey.days[start] <= journey.days[end]
    ]
    return Decimal(median(spans)) if spans else None


def blocked_step(rows: Sequence[Row]) -> Row | None:
    """The first step that nobody takes although many took its base: the problem to find (002-205).

    One that many do without blocks nobody when others follow it; one that takes a year is judged after it.
    """
    for place, row in enumerate(rows):
        others = any(not later.optional and not later.early for later in rows[place + 1 :])
        if not row.count and row.base_count >= MANY and not row.early and not (row.optional and others):
            return row
    return None


def nobody(rows: Sequence[Row]) -> bool:
    """Whether nobody took any step: there is nothing to draw."""
    return not any(row.count for row in rows)


def share(count: int, widest: int) -> int:
    """The length of a bar, in percent of the longest; whoever was counted is seen."""
    return max(1, round(100 * count / widest)) if count else 0
