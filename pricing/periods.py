"""Periods counted from an anchor day. Never from the former period: adding months one by one drifts."""

import calendar
from datetime import date


def months_after(anchor: date, months: int) -> date:
    """The same day `months` later, or the last day of a month that is too short for it."""
    year, month_index = divmod(anchor.month - 1 + months, 12)
    year, month = anchor.year + year, month_index + 1
    return date(year, month, min(anchor.day, calendar.monthrange(year, month)[1]))
