"""A price that multiplies several metrics: 1,50 € per user per started 10 GB."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from pricing.engine.basket import Basket
from pricing.engine.charges.base import (
    NONE,
    ONE,
    Shape,
    Sum,
    Teller,
    at_rate,
    equation,
    no_price_rule,
    started,
    step_after,
)
from pricing.engine.metrics import Metric
from pricing.engine.prices import Price
from pricing.engine.text import _, ngettext, number


@dataclass(frozen=True, slots=True)
class Factor:
    """What exceeds `included` of a metric, counted in started blocks of `size`."""

    metric: str
    size: Decimal = ONE
    included: Decimal = NONE

    def count(self, quantity: Decimal) -> Decimal:
        return started(quantity - self.included, self.size)

    def words(self, basket: Basket, count: Decimal) -> str:
        metric = basket.metrics[self.metric]
        if self.size == 1:
            return metric.words(count)
        blocks = ngettext("{count} tranche de {size}", "{count} tranches de {size}", int(count))
        return blocks.format(count=number(count), size=metric.words(self.size))

    def story(self, metric: Metric) -> str:
        block = metric.unit if self.size == 1 else metric.words(self.size)
        started_block = block if self.size == 1 else _("{block} entamés").format(block=block)
        if not self.included:
            return started_block
        return _("{block} au-delà de {included}").format(
            block=started_block, included=metric.words(self.included)
        )


@dataclass(frozen=True, slots=True)
class Product(Shape):
    """`price` for each combination of the factors."""

    kind: ClassVar[str] = "product"
    price: Price
    of: tuple[Factor, ...]

    def _counts(self, basket: Basket) -> list[Decimal]:
        return [factor.count(basket.quantities[factor.metric]) for factor in self.of]

    def sum(self, basket: Basket) -> Sum:
        count = ONE
        for factor_count in self._counts(basket):
            count *= factor_count
        return at_rate(self.price.rate(basket), count, "")

    def rule(self, basket: Basket, found: Sum) -> str:
        rate = found.rate
        if rate is None or found.amount is None:
            return no_price_rule()
        counts = self._counts(basket)
        left = " × ".join(factor.words(basket, count) for factor, count in zip(self.of, counts, strict=True))
        return equation(left, rate, found.quantity, found.amount)

    def story(self, teller: Teller) -> str:
        factors = _(" et par ").join(factor.story(teller.metrics[factor.metric]) for factor in self.of)
        return _("{price}, par {factors}").format(price=teller.price(self.price), factors=factors)

    def metric_codes(self) -> tuple[str, ...]:
        return tuple(factor.metric for factor in self.of)

    def prices(self) -> tuple[Price, ...]:
        return (self.price,)

    def next_change(self, metric: Metric, quantity: Decimal) -> Decimal | None:
        edges = [
            step_after(factor.included + factor.count(quantity) * factor.size, metric)
            for factor in self.of
            if factor.metric == metric.code
        ]
        return min(edges, default=None)
