"""The steps of a funnel in the order of the journey: first counters without anybody, then business facts.

An upper app that knows documents registers their steps and one source of journeys in `ready()`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.db.models import QuerySet

from funnel.look import Look
from funnel.models import HandCount, StepCount
from hosters.together import Part, read_together

MIN_STEPS, MAX_STEPS = 2, 8


@dataclass(frozen=True)
class Step:
    """One step: its code and French label. `anonymous` steps are sums of counters, the others are told by journeys.
    A step that is not `usual` is one that many do without, shown only in a funnel that names it. Nobody can take one
    sooner than `after` the beginning of the journey."""

    code: str
    label: str
    anonymous: bool = False
    usual: bool = True
    after: timedelta = timedelta(0)


@dataclass(frozen=True)
class Journey:
    """What one association asked and what came of it: the day of each step taken. The journey belongs to the day of
    its first one, so that a vote three weeks later counts with the request it answers."""

    offer: str
    source: str
    segment: str
    days: dict[str, date] = field(default_factory=dict)


#: The journeys begun in the days of a look, whatever came of them since; already filtered by the look.
Journeys = Part[Journey]
JourneySource = Callable[[Look], Journeys]

ANONYMOUS = [Step(step.value, str(step.label), anonymous=True) for step in StepCount.Step]
FREE = Step(HandCount.Step.FREE.value, str(HandCount.Step.FREE.label), usual=False)

_business_steps: list[Step] = []
_sources: list[JourneySource] = []


def register_step(step: Step) -> None:
    """Add a step told by journeys, after the former ones. Called in `ready()`."""
    _business_steps.append(step)


def register_journeys(source: JourneySource) -> None:
    """Declare who tells journeys. Called in `ready()`."""
    _sources.append(source)


def all_steps() -> list[Step]:
    """Every step that a funnel may show, in the order of the journey."""
    return [*ANONYMOUS, FREE, *_business_steps]


def usual_steps() -> list[Step]:
    """The steps of a funnel that nobody set: without free users nor board, which not every journey has."""
    return [step for step in all_steps() if step.usual]


def steps_of(codes: Iterable[str]) -> list[Step]:
    """The steps with these codes; a code that no app knows any more is left out."""
    known = {step.code: step for step in all_steps()}
    return [known[code] for code in codes if code in known]


def journeys(look: Look, *others: "QuerySet[Any, Any]") -> list[Journey]:
    """What was asked in the days of a look; other querysets are read in the same query."""
    told = read_together([source(look) for source in _sources], *others)
    return [journey for source in told for journey in source]
