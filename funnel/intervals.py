"""Small numbers told honestly: a rate with the interval in which the true one probably is."""

from decimal import ROUND_HALF_UP, Decimal
from math import sqrt

from django.utils.translation import gettext as _

from pricing.typography import NBSP, number, quantity

Z = 1.96  # nineteen chances in twenty
SURE_FROM = 400  # people at the base: beyond, the interval is a matter of a few points
HUNDRED = Decimal(100)


def rate(part: int, whole: int) -> Decimal | None:
    """`part` in percent of `whole` with one decimal; None when there is nothing to compare with."""
    if not whole:
        return None
    return (HUNDRED * part / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)


def percent(value: Decimal) -> str:
    """`12,5 %`, with a space that never breaks."""
    return f"{quantity(value)}{NBSP}%"


def wilson(part: int, whole: int) -> tuple[int, int] | None:
    """The interval of Wilson (1927) at 95 %, in whole percents; None when `part` of `whole` is no share.

    Unlike the textbook one it stays between 0 and 100 and means something for 0 of 10.
    """
    if not whole or part > whole:
        return None
    share, z2 = part / whole, Z * Z
    middle = (share + z2 / (2 * whole)) / (1 + z2 / whole)
    spread = Z / (1 + z2 / whole) * sqrt(share * (1 - share) / whole + z2 / (4 * whole * whole))
    return round(100 * max(0.0, middle - spread)), round(100 * min(1.0, middle + spread))


def told(part: int, whole: int) -> str:
    """« 3 sur 100 : entre 1 % et 8 % »; only « 300 sur 1 000 » when the number is large enough to be believed."""
    share = _("%(part)s sur %(whole)s") % {"part": number(part), "whole": number(whole)}
    interval = wilson(part, whole)
    if interval is None or whole >= SURE_FROM:
        return share
    low, high = (percent(Decimal(bound)) for bound in interval)
    return _("%(share)s : entre %(low)s et %(high)s") % {"share": share, "low": low, "high": high}
