"""When somebody answers, and until when a delay counted in those hours runs (003-033, 003-034, 003-036)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from offers.models import Component

#: Days of the week from Monday, 0.
WORKING_WEEK, WITH_SATURDAY, WHOLE_WEEK = range(5), range(6), range(7)
#: Public holidays of the labour code that keep their day (article L. 3133-1): month and day.
FIXED_HOLIDAYS = ((1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25))
#: Easter Monday, Ascension and Whit Monday, in days after Easter.
AFTER_EASTER = (1, 39, 50)


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


def is_holiday(day: date) -> bool:
    """A public holiday in metropolitan France."""
    moving = {easter(day.year) + timedelta(days=after) for after in AFTER_EASTER}
    return (day.month, day.day) in FIXED_HOLIDAYS or day in moving


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (anonymous algorithm, as in Meeus, Astronomical Algorithms, ch. 8)."""
    moon, (century, rest) = year % 19, divmod(year, 100)
    leaps, short = divmod(century, 4)
    correction = (century - (century + 8) // 25 + 1) // 3
    age = (19 * moon + century - leaps - correction + 15) % 30
    quarter, remainder = divmod(rest, 4)
    sunday = (32 + 2 * short + 2 * quarter - age - remainder) % 7
    late = (moon + 11 * age + 22 * sunday) // 451
    month, day = divmod(age + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
