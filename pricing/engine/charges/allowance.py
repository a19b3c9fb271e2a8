"""An included allowance (support minutes): what is used beyond it is charged afterwards."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from pricing.engine.basket import Basket
from pricing.engine.charges.base import NONE, ONE, Shape, Sum, Teller, started
from pricing.engine.money import ZERO, cents
from pricing.engine.prices import Price
from pricing.engine.text import _, per_period


@dataclass(frozen=True, slots=True)
class Allowance(Shape):
    """`included` units of `metric` every `per_months` months (13).

    Beyond: `overrun` per started block of `size`; without it the overrun is on quote, never 0.
    The allowance itself costs nothing: it is a line of zero that says what is included.
    """

    kind: ClassVar[str] = "allowance"
    metric: str
    included: Decimal
    per_months: int = 12
    overrun: Price | None = None
    size: Decimal = ONE

    def sum(self, basket: Basket) -> Sum:
        return Sum(ZERO, self.included, basket.metrics[self.metric].noun(self.included))

    def rule(self, basket: Basket, found: Sum) -> str:
        return _("{included} {per} dans le prix").format(
            included=basket.words(self.metric, self.included), per=per_period(self.per_months)
        )

    def excess(self, used: Decimal) -> Decimal:
        """Units used beyond the allowance."""
        return max(NONE, used - self.included)

    def overrun_amount(self, basket: Basket, used: Decimal) -> Decimal | None:
        """EUR due for `used` units, None when it must be quoted."""
        if not self.excess(used):
            return ZERO
        rate = self.overrun.rate(basket.once()) if self.overrun else None
        return None if rate is None else cents(rate.exact(started(self.excess(used), self.size)))

    def story(self, teller: Teller) -> str:
        included = _("{included} {per} dans le prix").format(
            included=teller.words(self.metric, self.included), per=per_period(self.per_months)
        )
        if self.overrun is None:
            return _("{included}, au-delà sur devis").format(included=included)
        return _("{included}, au-delà {price} par tranche de {size} entamée").format(
            included=included,
            price=teller._replace(per="").price(self.overrun),
            size=teller.words(self.metric, self.size),
        )

    def prices(self) -> tuple[Price, ...]:
        return (self.overrun,) if self.overrun else ()
