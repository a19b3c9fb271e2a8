"""Dates, quantities and account numbers as a French document writes them."""

from collections.abc import Iterable
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from zoneinfo import ZoneInfo

from django.utils import timezone
from django.utils.translation import gettext as _

from pricing.dates import date_format
from pricing.typography import CENT, NBSP, number, quantity

PARIS = ZoneInfo("Europe/Paris")
SHORT = 40  # characters: longer texts must be free to wrap
MOST_UNIT_DECIMALS = 6  # EN 16931 BT-146


def day(value: date) -> str:
    """`1er janvier 2027`, the day kept with its month."""
    return date_format(value, "j F Y").replace(" ", NBSP, 1)


def moment(value: datetime) -> str:
    """`22 novembre 2026 à 14:05:09 (heure de Paris)`, as an evidence needs it."""
    local = timezone.localtime(value, PARIS)
    return _("%(day)s à %(time)s (heure de Paris)") % {
        "day": day(local.date()),
        "time": local.strftime("%H:%M:%S"),
    }


def period(start: date, end: date) -> str:
    """`du 21 novembre 2026 au 20 décembre 2026`, both days included."""
    return _("du %(start)s au %(end)s") % {"start": day(start), "end": day(end)}


def amount_of(count: Decimal, unit: str) -> str:
    """`2 lots de 5 personnes`, `1`."""
    return f"{quantity(count)}{NBSP}{unit}" if unit else quantity(count)


def whole() -> str:
    """The quantity of what is sold for one price, such as a tier: the rule says how much it holds."""
    return amount_of(Decimal(1), _("forfait"))


def unit_price(net: Decimal, count: Decimal) -> str:
    """The price of one, with as few decimals (2 to 6) as give the line's amount back; "" when nothing is counted."""
    if not count:
        return ""
    price = price_of_one(net, count)
    return f"{number(_rounded(net / count, MOST_UNIT_DECIMALS) if price is None else price)}{NBSP}€"


def price_of_one(net: Decimal, count: Decimal) -> Decimal | None:
    """The price, of 2 to 6 decimals, that gives the amount of a line back when it is multiplied by the quantity.

    None when there is none: a large quantity would need more decimals. `count` is not zero.
    """
    for decimals in range(2, MOST_UNIT_DECIMALS + 1):
        price = _rounded(net / count, decimals)
        if (price * count).quantize(CENT, ROUND_HALF_UP) == net:
            return price
    return None


def _rounded(price: Decimal, decimals: int) -> Decimal:
    return price.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


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
