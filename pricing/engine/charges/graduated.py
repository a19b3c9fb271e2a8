"""Graduated tiers: each slice is paid at its own price."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from pricing.engine.basket import Basket
from pricing.engine.charges.base import NONE, Sum, Teller, without_price
from pricing.engine.charges.tiers import Tier, Tiered
from pricing.engine.money import cents
from pricing.engine.text import _, euros, number


@dataclass(frozen=True, slots=True)
class Graduated(Tiered):
    """Each slice at its price, plus the flat amount of every tier entered (6).

    The first tier is always entered: its flat amount is due even for a quantity of zero.
    """

    kind: ClassVar[str] = "graduated"

    def _slices(self, quantity: Decimal) -> Iterator[tuple[Tier, Decimal]]:
        bottom = NONE
        for tier in self.tiers:
            top = quantity if tier.up_to is None else min(quantity, tier.up_to)
            yield tier, top - bottom
            if tier.up_to is None or quantity <= tier.up_to:
                return
            bottom = tier.up_to

    def sum(self, basket: Basket) -> Sum:
        quantity = basket.quantities[self.metric]
        unit = basket.metrics[self.metric].noun(quantity)
        if self.position(quantity) is None:
            return self.above(quantity, unit)
        total, typed = NONE, False
        for tier, count in self._slices(quantity):
            rates = tier.rates(basket)
            if rates is None:
                return without_price(quantity, unit)
            total += tier.exact(rates, count)
            typed = typed or any(rate.typed for rate in rates if rate)
        return Sum(cents(total), quantity, unit, typed=typed)

    def rule(self, basket: Basket, found: Sum) -> str:
        if found.amount is None:
            return self.unpriced_rule(basket, found)
        parts = []
        for tier, count in self._slices(found.quantity):
            rates = tier.rates(basket)
            if rates is not None and (tier.flat or tier.unit):
                parts.append(tier.words(rates, number(count)))
        asked, amount = basket.words(self.metric, found.quantity), euros(found.amount)
        if not parts:
            return _("{asked} : {amount}").format(asked=asked, amount=amount)
        return _("{asked}, tranche par tranche : {sum} = {amount}").format(
            asked=asked, sum=" + ".join(parts), amount=amount
        )

    def story(self, teller: Teller) -> str:
        return _("chaque tranche à son prix ({tiers})").format(tiers=self.tiers_story(teller))
