"""A price per unit, the first ones possibly free."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from pricing.engine.basket import Basket
from pricing.engine.charges.base import (
    NONE,
    Shape,
    Sum,
    Teller,
    at_rate,
    equation,
    no_price_rule,
    step_after,
)
from pricing.engine.metrics import Metric
from pricing.engine.prices import Price
from pricing.engine.text import _


@dataclass(frozen=True, slots=True)
class PerUnit(Shape):
    """So much per unit (2), after `free` units at no charge (3). Fractions of a unit count."""

    kind: ClassVar[str] = "per_unit"
    metric: str
    price: Price
    free: Decimal = NONE

    def _paying(self, basket: Basket) -> Decimal:
        quantity = basket.quantities[self.metric]
        return max(NONE, quantity - self.free) if self.free else quantity

    def sum(self, basket: Basket) -> Sum:
        paying = self._paying(basket)
        return at_rate(self.price.rate(basket), paying, basket.metrics[self.metric].noun(paying))

    def rule(self, basket: Basket, found: Sum) -> str:
        rate = found.rate
        if rate is None or found.amount is None:
            return no_price_rule()
        if not self.free:
            return equation(basket.words(self.metric, found.quantity), rate, found.quantity, found.amount)
        total = basket.words(self.metric, basket.quantities[self.metric])
        free = basket.metrics[self.metric].words(self.free)
        if not found.quantity:
            return _("{total} : gratuit jusqu’à {free}").format(total=total, free=free)
        paying = basket.words(self.metric, found.quantity)
        left = _("{total} − {free} sans frais, soit {paying}").format(total=total, free=free, paying=paying)
        return equation(left, rate, found.quantity, found.amount)

    def story(self, teller: Teller) -> str:
        unit = teller.metrics[self.metric].unit
        if not self.free:
            return _("{price} pour chaque {unit}").format(price=teller.price(self.price), unit=unit)
        return _("gratuit jusqu’à {free}, puis {price} pour chaque {unit} de plus").format(
            free=teller.words(self.metric, self.free), price=teller.price(self.price), unit=unit
        )

    def metric_codes(self) -> tuple[str, ...]:
        return (self.metric,)

    def prices(self) -> tuple[Price, ...]:
        return (self.price,)

    def next_change(self, metric: Metric, quantity: Decimal) -> Decimal | None:
        return step_after(max(quantity, self.free), metric) if metric.code == self.metric else None
