"""When somebody answers, and until when a delay counted in those hours runs (003-033, 003-034, 003-036)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hosters.working_days import is_holiday
from offers.models import Component

#: Days of the week from Monday, 0.
WORKING_WEEK, WITH_SATURDAY, WHOLE_WEEK = range(5), range(6), range(7)


@dataclass(frozen=True)
class Coverage:
    """The hours of a day when somebody answers, and on which days. Hours are local; `end` 24 is midnight."""

    days: range
    start: int
    end: int
    on_holidays: bool = False

    def opens(self, day: date) -> bool:
        return day.weekday() in self.days and (self.on_holidays or not is_holiday(day))


COVERAGES: dict[str, Coverage] = {
    Component.Coverage.BUSINESS: Coverage(WORKING_WEEK, 9, 18),
    Component.Coverage.EXTENDED: Coverage(WITH_SATURDAY, 8, 20),
    Component.Coverage.WEEKEND: Coverage(WHOLE_WEEK, 8, 20, on_holidays=True),
    Component.Coverage.ALWAYS: Coverage(WHOLE_WEEK, 0, 24, on_holidays=True),
}


def deadline(opened: datetime, hours: int, coverage: Coverage) -> datetime:
    """The last moment at which a promise of so many hours is kept: only the hours when somebody answers count."""
    left = timedelta(hours=hours)
    for start, end in _openings(opened, coverage):
        if left <= end - start:
            return start + left
        left -= end - start
    raise AssertionError("every coverage opens again")


def elapsed(since: datetime, until: datetime, coverage: Coverage) -> timedelta:
    """How long a delay ran between two moments: only the hours when somebody answers count."""
    ran = timedelta()
    for start, end in _openings(since, coverage):
        if start >= until:
            return ran
        ran += min(end, until) - start
    raise AssertionError("every coverage opens again")


def _openings(since: datetime, coverage: Coverage) -> Iterator[tuple[datetime, datetime]]:
    """What is left of the day, then each day that opens."""
    day = since.date()
    while True:
        if coverage.opens(day):
            midnight = datetime.combine(day, time())
            start = max(since, midnight + timedelta(hours=coverage.start))
            end = midnight + timedelta(hours=coverage.end)
            if start < end:
                yield start, end
        day += timedelta(days=1)
