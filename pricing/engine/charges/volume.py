"""Volume tiers: the tier reached gives the price of the whole quantity."""

from dataclasses import dataclass
from typing import ClassVar

from pricing.engine.basket import Basket
from pricing.engine.charges.base import Sum, Teller, without_price
from pricing.engine.charges.tiers import Tiered
from pricing.engine.money import cents
from pricing.engine.text import _, euros


@dataclass(frozen=True, slots=True)
class Volume(Tiered):
    """One price for everything, that of the tier holding the quantity (6)."""

    kind: ClassVar[str] = "volume"

    def sum(self, basket: Basket) -> Sum:
        quantity = basket.quantities[self.metric]
        unit = basket.metrics[self.metric].noun(quantity)
        index = self.position(quantity)
        if index is None:
            return self.above(quantity, unit)
        tier = self.tiers[index]
        rates = tier.rates(basket)
        if rates is None:
            return without_price(quantity, unit)
        flat, each = rates
        typed = any(rate.typed for rate in rates if rate)
        only_rate = each if flat is None else None
        return Sum(cents(tier.exact(rates, quantity)), quantity, unit, only_rate, typed)

    def rule(self, basket: Basket, found: Sum) -> str:
        index = self.position(found.quantity)
        rates = None if index is None else self.tiers[index].rates(basket)
        if index is None or rates is None or found.amount is None:
            return self.unpriced_rule(basket, found)
        metric = basket.metrics[self.metric]
        asked = metric.words(found.quantity)
        bounds = self.bounds(metric, index)
        sum_words = self.tiers[index].words(rates, asked)
        amount = euros(found.amount)
        told = amount if sum_words == amount else f"{sum_words} = {amount}"
        return _("{asked}, palier {bounds} pour l’ensemble : {sum}").format(
            asked=asked, bounds=bounds, sum=told
        )

    def story(self, teller: Teller) -> str:
        return _("le palier atteint donne le prix de l’ensemble ({tiers})").format(
            tiers=self.tiers_story(teller)
        )
