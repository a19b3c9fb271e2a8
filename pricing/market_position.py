"""Where a price stands among those of others, for the same need (002-028, 002-033). Plain Python."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal
from statistics import median

from pricing.engine.money import cents, percentage


@dataclass(frozen=True)
class Position:
    """Prices of others, EUR a month as clients pay. `gap`: percent above the median, negative below."""

    lowest: Decimal
    middle: Decimal
    highest: Decimal
    average: Decimal
    gap: int | None


def position(own: Decimal | None, prices: Collection[Decimal]) -> Position | None:
    """None while nobody's price is known. `gap` is None without a price of ours, or above a median of zero."""
    if not prices:
        return None
    middle = cents(median(prices))
    gap = percentage(own - middle, middle) if own is not None and middle else None
    return Position(min(prices), middle, max(prices), cents(sum(prices, Decimal(0)) / len(prices)), gap)
