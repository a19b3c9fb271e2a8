"""A line without a public price: staff puts a figure on it in a quote (002-124)."""

from dataclasses import dataclass
from typing import ClassVar

from pricing.engine.basket import Basket
from pricing.engine.charges.base import ONE, Shape, Sum, Teller, without_price
from pricing.engine.text import _


def no_public_price() -> str:
    return _("pas de prix public, à chiffrer sur devis")


@dataclass(frozen=True, slots=True)
class OnQuote(Shape):
    """Never an amount, never zero (14)."""

    kind: ClassVar[str] = "on_quote"

    def sum(self, basket: Basket) -> Sum:
        return without_price(ONE, "")

    def rule(self, basket: Basket, found: Sum) -> str:
        return no_public_price()

    def story(self, teller: Teller) -> str:
        return _("sur devis")
