"""Twelve months as bars: integers for the attributes of an SVG, which needs no style."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

HEIGHT = 100
WIDTH, STEP = 34, 50  # of a bar, and from one bar to the next


@dataclass(frozen=True)
class Bar:
    """One month: `low` stands on the ground, `high` on it; positions and sizes in the units of the drawing."""

    month: date
    x: int
    low: int
    high: int

    @property
    def low_y(self) -> int:
        return HEIGHT - self.low

    @property
    def high_y(self) -> int:
        return HEIGHT - self.low - self.high

    @property
    def middle(self) -> int:
        return self.x + WIDTH // 2


@dataclass(frozen=True)
class Chart:
    """Twelve bars, and what the tallest stands for: bars alone have no scale."""

    bars: list[Bar]
    tallest: date
    amount: Decimal


def chart_of(months: Sequence[tuple[date, Decimal, Decimal]]) -> Chart | None:
    """The bars of months, each with the amount below and the amount above (EUR); the tallest fills the height.

    None when there is nothing to draw: an empty frame would say nothing.
    """
    amount, tallest = max(((low + high, month) for month, low, high in months), default=(Decimal(0), None))
    if tallest is None or amount <= 0:
        return None
    scale = HEIGHT / amount
    bars = [
        Bar(
            month,
            STEP * index + (STEP - WIDTH) // 2,
            round(max(low, Decimal(0)) * scale),
            round(max(high, Decimal(0)) * scale),
        )
        for index, (month, low, high) in enumerate(months)
    ]
    return Chart(bars, tallest, amount)
