"""What is counted: people, gigabytes, mailboxes, domains. A metric is data, never code."""

from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from pricing.engine.text import NBSP, number


@lru_cache(maxsize=8192)
def _noun(quantity: Decimal, unit: str, units: str) -> str:
    """French takes the plural from 2 on."""
    return units if units and abs(quantity) >= 2 else unit


@lru_cache(maxsize=8192)
def _counted(quantity: Decimal, unit: str, units: str) -> str:
    return f"{number(quantity)}{NBSP}{_noun(quantity, unit, units)}"


@dataclass(frozen=True, slots=True)
class Metric:
    """One thing a price may depend on.

    `minimum` and `default` are used when nothing is asked; `maximum` is a hard limit (more is
    *not eligible*); quantities are multiples of `step`, which may be a fraction (0.5 hour).
    `pooled`: shared by the organisation; `nominative`: one per named person.
    """

    code: str
    label: str
    unit: str
    units: str = ""
    minimum: Decimal = Decimal(0)
    default: Decimal | None = None
    maximum: Decimal | None = None
    step: Decimal = Decimal(1)
    pooled: bool = False
    nominative: bool = False

    @property
    def starting(self) -> Decimal:
        """The quantity of a selection that does not name this metric."""
        return self.minimum if self.default is None else self.default

    def noun(self, quantity: Decimal) -> str:
        return _noun(quantity, self.unit, self.units)

    def words(self, quantity: Decimal) -> str:
        """`12 personnes`, `1 personne`, `20 Go`."""
        return _counted(quantity, self.unit, self.units)

    def accepts(self, quantity: Decimal) -> bool:
        """Whether the quantity falls on a step (the minimum always does)."""
        return quantity == self.minimum or quantity % self.step == 0
