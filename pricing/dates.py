"""Dates as French writes them: the first of a month is « 1er »."""

import re
from datetime import date, datetime

from django.utils import formats

#: The day of the month before the name of a month, in a format of Django (`j F Y`, `j N Y`, `j M`).
_DAY_OF_A_MONTH = re.compile(r"(?<!\\)j(?= [FMN])")
FIRST = r"1\e\r"


def date_format(value: date | datetime, pattern: str = "j F Y") -> str:
    """`1er novembre 2026`: as Django, but for the first of a month. The only way that dates become words."""
    if isinstance(value, date) and value.day == 1:
        pattern = _DAY_OF_A_MONTH.sub(lambda _found: FIRST, pattern)
    return formats.date_format(value, pattern)
