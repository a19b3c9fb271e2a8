"""Sizes S, M, L: the smallest pack that holds every quantity gives the price."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from pricing.engine.basket import Basket
from pricing.engine.charges.base import ONE, Shape, Sum, Teller, at_rate, no_price_rule, step_after
from pricing.engine.charges.tiers import Beyond
from pricing.engine.metrics import Metric
from pricing.engine.outcomes import Outcome
from pricing.engine.prices import Price
from pricing.engine.text import NARROW_NBSP, _, euros


@dataclass(frozen=True, slots=True)
class Pack:
    """A named size: `holds` the most of each metric it can take."""

    label: str
    price: Price
    holds: tuple[tuple[str, Decimal], ...]

    def fits(self, basket: Basket) -> bool:
        return all(basket.quantities[metric] <= top for metric, top in self.holds)

    def limit(self, metric: str) -> Decimal | None:
        return dict(self.holds).get(metric)


def _holds(pack: Pack, metrics: Mapping[str, Metric]) -> str:
    return _(" et ").join(metrics[metric].words(top) for metric, top in pack.holds)


@dataclass(frozen=True, slots=True)
class Packs(Shape):
    """The first pack that fits, in the order typed (smallest first)."""

    kind: ClassVar[str] = "packs"
    packs: tuple[Pack, ...]
    beyond: Beyond = Beyond.ON_QUOTE

    def _chosen(self, basket: Basket) -> Pack | None:
        return next((pack for pack in self.packs if pack.fits(basket)), None)

    def sum(self, basket: Basket) -> Sum:
        pack = self._chosen(basket)
        if pack is None:
            on_quote = self.beyond is Beyond.ON_QUOTE
            return Sum(None, ONE, "", outcome=Outcome.ON_QUOTE if on_quote else Outcome.NOT_ELIGIBLE)
        return at_rate(pack.price.rate(basket), ONE, "")

    def rule(self, basket: Basket, found: Sum) -> str:
        pack = self._chosen(basket)
        if pack is None:
            return _("aucune taille ne convient : la plus grande va jusqu’à {biggest}").format(
                biggest=_holds(self.packs[-1], basket.metrics)
            )
        rate = found.rate
        if rate is None or found.amount is None:
            return no_price_rule()
        price = f"{rate.words()} = {euros(found.amount)}" if rate.multiplier else euros(found.amount)
        return _("{pack} ({holds}) : {price}").format(
            pack=pack.label, holds=_holds(pack, basket.metrics), price=price
        )

    def story(self, teller: Teller) -> str:
        told = [
            _("{pack} ({holds}), {price}").format(
                pack=pack.label, holds=_holds(pack, teller.metrics), price=teller.price(pack.price)
            )
            for pack in self.packs
        ]
        story = _("la plus petite taille qui convient : {packs}").format(packs=f"{NARROW_NBSP}; ".join(told))
        ending = _("au-delà, sur devis") if self.beyond is Beyond.ON_QUOTE else _("rien au-delà")
        return f"{story}{NARROW_NBSP}; {ending}"

    def metric_codes(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(metric for pack in self.packs for metric, _top in pack.holds))

    def prices(self) -> tuple[Price, ...]:
        return tuple(pack.price for pack in self.packs)

    def next_change(self, metric: Metric, quantity: Decimal) -> Decimal | None:
        tops = [top for pack in self.packs if (top := pack.limit(metric.code)) is not None]
        return min((step_after(top, metric) for top in tops if top >= quantity), default=None)
