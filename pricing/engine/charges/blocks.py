"""An included quantity, then blocks: a started block is due (002-116)."""

from abc import abstractmethod
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
from pricing.engine.text import NBSP, _, ngettext, number


@dataclass(frozen=True, slots=True)
class Started(Shape):
    """Common to blocks and extra units: what exceeds `included` is counted in started blocks."""

    metric: str
    price: Price
    included: Decimal = NONE

    @property
    @abstractmethod
    def block(self) -> Decimal:
        """How many units one block holds."""

    @abstractmethod
    def _units(self, count: Decimal, basket: Basket) -> str:
        """The blocks that were counted, as a French phrase."""

    def sum(self, basket: Basket) -> Sum:
        count = started(basket.quantities[self.metric] - self.included, self.block)
        return at_rate(self.price.rate(basket), count, self._units(count, basket))

    def rule(self, basket: Basket, found: Sum) -> str:
        rate = found.rate
        if rate is None or found.amount is None:
            return no_price_rule()
        asked = basket.words(self.metric, basket.quantities[self.metric])
        included = basket.words(self.metric, self.included)
        if not found.quantity:
            return _("{asked} : déjà dans le forfait, qui va jusqu’à {included}").format(
                asked=asked, included=included
            )
        blocks = f"{number(found.quantity)}{NBSP}{found.unit}"
        if self.included:
            left = _("{asked} − {included} du forfait, soit {blocks}").format(
                asked=asked, included=included, blocks=blocks
            )
        else:
            left = _("{asked}, soit {blocks}").format(asked=asked, blocks=blocks)
        return equation(left, rate, found.quantity, found.amount)

    def metric_codes(self) -> tuple[str, ...]:
        return (self.metric,)

    def prices(self) -> tuple[Price, ...]:
        return (self.price,)

    def next_change(self, metric: Metric, quantity: Decimal) -> Decimal | None:
        if metric.code != self.metric:
            return None
        paid = self.included + started(quantity - self.included, self.block) * self.block
        return step_after(paid, metric)


@dataclass(frozen=True, slots=True)
class Blocks(Started):
    """So much per started block of `size` beyond `included` (4)."""

    kind: ClassVar[str] = "blocks"
    size: Decimal = ONE

    @property
    def block(self) -> Decimal:
        return self.size

    def _units(self, count: Decimal, basket: Basket) -> str:
        return ngettext("lot de {size}", "lots de {size}", int(count)).format(
            size=basket.words(self.metric, self.size)
        )

    def story(self, teller: Teller) -> str:
        sentence = (
            _("au-delà de {included}, {price} pour chaque lot de {size} entamé")
            if self.included
            else _("{price} pour chaque lot de {size} entamé")
        )
        return sentence.format(
            included=teller.words(self.metric, self.included),
            price=teller.price(self.price),
            size=teller.words(self.metric, self.size),
        )


@dataclass(frozen=True, slots=True)
class PerExtraUnit(Started):
    """So much per started unit beyond `included` (5)."""

    kind: ClassVar[str] = "per_extra_unit"

    @property
    def block(self) -> Decimal:
        return ONE

    def _units(self, count: Decimal, basket: Basket) -> str:
        return basket.metrics[self.metric].noun(count)

    def story(self, teller: Teller) -> str:
        return _("au-delà de {included}, {price} pour chaque {unit} de plus").format(
            included=teller.words(self.metric, self.included),
            price=teller.price(self.price),
            unit=teller.metrics[self.metric].unit,
        )
