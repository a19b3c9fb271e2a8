"""Days on which people of a French association or of its hoster answer the telephone, and public holidays."""

from datetime import date, timedelta

#: Month and day of the public holidays that do not move (Code du travail, article L3133-1).
FIXED = {(1, 1), (5, 1), (5, 8), (7, 14), (8, 15), (11, 1), (11, 11), (12, 25)}
#: Easter Monday, Ascension, Whit Monday: days after Easter (idem).
AFTER_EASTER = (1, 39, 50)


def is_working(day: date) -> bool:
    """Neither a week-end nor a public holiday."""
    return day.weekday() < 5 and not is_holiday(day)


def is_holiday(day: date) -> bool:
    """A public holiday in metropolitan France."""
    return (day.month, day.day) in FIXED or (day - easter(day.year)).days in AFTER_EASTER


def working_days_after(day: date, number: int) -> date:
    """The day that many working days later."""
    while number > 0:
        day += timedelta(days=1)
        number -= is_working(day)
    return day


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the anonymous algorithm of 1876)."""
    golden, century, rest = year % 19, year // 100, year % 100
    leap, odd = divmod(century, 4)
    moon = (19 * golden + century - leap - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    quarter, left = divmod(rest, 4)
    sunday = (32 + 2 * odd + 2 * quarter - moon - left) % 7
    late = (golden + 11 * moon + 22 * sunday) // 451
    month, day = divmod(moon + sunday - 7 * late + 114, 31)
    return date(year, month, day + 1)
