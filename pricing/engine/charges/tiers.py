"""Tiers store only their upper bound, inclusive: nothing to overlap, no gap to leave."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import ClassVar

from pricing.engine.basket import Basket
from pricing.engine.charges.base import NONE, ONE, Shape, Sum, Teller, no_price_rule, step_after
from pricing.engine.metrics import Metric
from pricing.engine.outcomes import Outcome
from pricing.engine.prices import Price, Rate
from pricing.engine.text import NARROW_NBSP, _, euros, number


class Beyond(StrEnum):
    """What happens above the last tier."""

    ON_QUOTE = "on_quote"
    MAXIMUM = "maximum"


@dataclass(frozen=True, slots=True)
class Tier:
    """Up to `up_to` (None: no end): a `flat` amount, a price per `unit`, both, or nothing to pay."""

    up_to: Decimal | None
    flat: Price | None = None
    unit: Price | None = None

    def rates(self, basket: Basket) -> "tuple[Rate | None, Rate | None] | None":
        """Flat and unit rates; None when a typed price has nothing for this term or segment."""
        flat = self.flat.rate(basket) if self.flat else None
        unit = self.unit.rate(basket) if self.unit else None
        if (self.flat and flat is None) or (self.unit and unit is None):
            return None
        return flat, unit

    def exact(self, rates: "tuple[Rate | None, Rate | None]", quantity: Decimal) -> Decimal:
        """EUR before rounding for `quantity` units priced in this tier."""
        flat, each = rates
        amount = each.exact(quantity) if each else NONE
        return amount + flat.exact(ONE) if flat else amount

    def prices(self) -> tuple[Price, ...]:
        return tuple(price for price in (self.flat, self.unit) if price is not None)

    def words(self, rates: "tuple[Rate | None, Rate | None]", quantity: str) -> str:
        """`40,00 € + 3 × 2,00 €`."""
        flat, each = rates
        parts = [flat.words()] if flat else []
        if each:
            parts.append(f"{quantity} × {each.words()}")
        return " + ".join(parts) or euros(NONE)

    def story(self, teller: Teller, unit: str) -> str:
        parts = []
        if self.flat:
            parts.append(teller.price(self.flat))
        if self.unit:
            parts.append(_("{price} pour chaque {unit}").format(price=teller.price(self.unit), unit=unit))
        return _(" plus ").join(parts) if parts else _("gratuit")


@dataclass(frozen=True, slots=True)
class Tiered(Shape):
    """Common to volume and graduated tiers."""

    kind: ClassVar[str]
    metric: str
    tiers: tuple[Tier, ...]
    beyond: Beyond = Beyond.ON_QUOTE

    def position(self, quantity: Decimal) -> int | None:
        """Index of the tier holding this quantity, None above the last one."""
        for index, tier in enumerate(self.tiers):
            if tier.up_to is None or quantity <= tier.up_to:
                return index
        return None

    def above(self, quantity: Decimal, unit: str) -> Sum:
        outcome = Outcome.ON_QUOTE if self.beyond is Beyond.ON_QUOTE else Outcome.NOT_ELIGIBLE
        return Sum(None, quantity, unit, outcome=outcome)

    def unpriced_rule(self, basket: Basket, found: Sum) -> str:
        """Why there is no amount: above the last tier, or no price for this choice."""
        last = self.tiers[-1].up_to
        if last is None or basket.quantities[self.metric] <= last:
            return no_price_rule()
        asked, top = basket.words(self.metric, found.quantity), basket.words(self.metric, last)
        if found.outcome is Outcome.ON_QUOTE:
            return _("{asked} : au-delà de {top}, sur devis").format(asked=asked, top=top)
        return _("{asked} : ce tarif s’arrête à {top}").format(asked=asked, top=top)

    def bounds(self, metric: Metric, index: int) -> str:
        """`jusqu’à 6 personnes`, `de 7 à 15 personnes`, `au-delà de 50 personnes`."""
        top = self.tiers[index].up_to
        if index == 0:
            return _("dans tous les cas") if top is None else _("jusqu’à {top}").format(top=metric.words(top))
        previous = self.tiers[index - 1].up_to or NONE
        if top is None:
            return _("au-delà de {previous}").format(previous=metric.words(previous))
        return _("de {first} à {top}").format(
            first=number(step_after(previous, metric)), top=metric.words(top)
        )

    def tiers_story(self, teller: Teller) -> str:
        metric = teller.metrics[self.metric]
        told = [
            f"{self.bounds(metric, index)}, {tier.story(teller, metric.unit)}"
            for index, tier in enumerate(self.tiers)
        ]
        last = self.tiers[-1].up_to
        if last is not None:
            top = teller.words(self.metric, last)
            ending = (
                _("au-delà de {top}, sur devis") if self.beyond is Beyond.ON_QUOTE else _("pas plus de {top}")
            )
            told.append(ending.format(top=top))
        return f"{NARROW_NBSP}; ".join(told)

    def metric_codes(self) -> tuple[str, ...]:
        return (self.metric,)

    def prices(self) -> tuple[Price, ...]:
        return tuple(price for tier in self.tiers for price in tier.prices())

    def next_change(self, metric: Metric, quantity: Decimal) -> Decimal | None:
        if metric.code != self.metric:
            return None
        index = self.position(quantity)
        if index is None:
            return None
        tier = self.tiers[index]
        if tier.unit is not None and any(tier.unit.figures()):
            return step_after(quantity, metric)
        return None if tier.up_to is None else step_after(tier.up_to, metric)

    def tops(self, metric: Metric) -> tuple[Decimal, ...]:
        last = self.tiers[-1].up_to
        return (last,) if metric.code == self.metric and last is not None else ()
