"""One price per period, whatever is used."""

from dataclasses import dataclass
from typing import ClassVar

from pricing.engine.basket import Basket
from pricing.engine.charges.base import ONE, Shape, Sum, Teller, at_rate, no_price_rule
from pricing.engine.prices import Price
from pricing.engine.text import _, euros


@dataclass(frozen=True, slots=True)
class Flat(Shape):
    """A fixed price (mechanism 1)."""

    kind: ClassVar[str] = "flat"
    price: Price

    def sum(self, basket: Basket) -> Sum:
        return at_rate(self.price.rate(basket), ONE, "")

    def rule(self, basket: Basket, found: Sum) -> str:
        rate = found.rate
        if rate is None or found.amount is None:
            return no_price_rule()
        if not rate.unit:
            return _("gratuit")
        if rate.multiplier:
            return f"{rate.words()} = {euros(found.amount)}"
        return _("prix fixe de {price}").format(price=euros(rate.unit))

    def story(self, teller: Teller) -> str:
        return teller.price(self.price)

    def prices(self) -> tuple[Price, ...]:
        return (self.price,)
