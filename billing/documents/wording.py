"""Dates, quantities and account numbers as a French document writes them."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from django.utils import formats
from django.utils.translation import gettext as _

from pricing.typography import CENT, NBSP, number, quantity

SHORT = 40  # characters: longer texts must be free to wrap
MOST_UNIT_DECIMALS = 6  # EN 16931 BT-146


def day(value: date) -> str:
    """`1er janvier 2027`, the day kept with its month."""
    ordinal = _("1er") if value.day == 1 else str(value.day)
    return f"{ordinal}{NBSP}{formats.date_format(value, 'F Y')}"


def period(start: date, end: date) -> str:
    """`du 21 novembre 2026 au 20 décembre 2026`, both days included."""
    return _("du %(start)s au %(end)s") % {"start": day(start), "end": day(end)}


def amount_of(count: Decimal, unit: str) -> str:
    """`2 lots de 5 personnes`, `1`."""
    return f"{quantity(count)}{NBSP}{unit}" if unit else quantity(count)


def unit_price(net: Decimal, count: Decimal) -> str:
    """The price of one, with as few decimals (2 to 6) as give the line's amount back; "" when nothing is counted."""
    if not count:
        return ""
    for decimals in range(2, MOST_UNIT_DECIMALS + 1):
        price = (net / count).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
        if (price * count).quantize(CENT, ROUND_HALF_UP) == net:
            break
    return f"{number(price)}{NBSP}€"


def rate(percent: Decimal) -> str:
    """`20 %`, `5,5 %`."""
    return f"{quantity(percent)}{NBSP}%"


def iban(value: str) -> str:
    """In groups of four, as a bank prints it."""
    packed = value.replace(" ", "")
    return NBSP.join(packed[i : i + 4] for i in range(0, len(packed), 4))


def unbroken(lines: Iterable[str]) -> list[str]:
    """Short texts, such as `SIREN 303 265 045`, that a line of the page never cuts."""
    return [line.replace(" ", NBSP) if len(line) <= SHORT else line for line in lines]
