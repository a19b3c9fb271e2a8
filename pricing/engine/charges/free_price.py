"""Prix libre: the client chooses, a suggestion helps, a floor may protect the hoster."""

from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from pricing.engine.basket import Basket
from pricing.engine.charges.base import ONE, Shape, Sum, Teller, at_rate, no_price_rule
from pricing.engine.money import cents
from pricing.engine.outcomes import Outcome
from pricing.engine.prices import Price, Rate
from pricing.engine.text import _, euros


@dataclass(frozen=True, slots=True)
class FreePrice(Shape):
    """`suggested` per period unless an amount is chosen; `floor` is the least accepted.

    The amount chosen is for the whole term, as the client will read it on the invoice.
    """

    kind: ClassVar[str] = "free_price"
    suggested: Price
    floor: Price | None = None

    def least(self, basket: Basket) -> Decimal:
        """The least amount accepted for the term (0 without a floor)."""
        rate = self.floor.rate(basket) if self.floor else None
        return rate.amount(ONE) if rate else cents(Decimal(0))

    def sum(self, basket: Basket) -> Sum:
        if basket.free_amount is not None:
            return self._chosen(basket, basket.free_amount)
        return at_rate(self.suggested.rate(basket), ONE, "")

    def _chosen(self, basket: Basket, amount: Decimal) -> Sum:
        if amount < self.least(basket):
            return Sum(None, ONE, "", outcome=Outcome.INVALID)
        return Sum(cents(amount), ONE, "", typed=True)

    def rule(self, basket: Basket, found: Sum) -> str:
        rate = self.suggested.rate(basket)
        if found.outcome is Outcome.INVALID:
            return _("le montant choisi doit être d’au moins {least}").format(least=euros(self.least(basket)))
        if found.amount is None:
            return no_price_rule()
        if basket.free_amount is None:
            return self._suggestion(rate, found.amount)
        if rate is None:
            return _("prix libre : {amount} choisis").format(amount=euros(found.amount))
        return _("prix libre : {amount} choisis (montant conseillé : {suggested})").format(
            amount=euros(found.amount), suggested=euros(rate.amount(ONE))
        )

    def _suggestion(self, rate: Rate | None, amount: Decimal) -> str:
        if rate is None or not rate.multiplier:
            return _("prix libre, montant conseillé : {amount}").format(amount=euros(amount))
        return _("prix libre, montant conseillé : {words} = {amount}").format(
            words=rate.words(), amount=euros(amount)
        )

    def story(self, teller: Teller) -> str:
        story = _("prix libre, {price} conseillés").format(price=teller.price(self.suggested))
        if self.floor is None:
            return story
        return _("{story}, au moins {floor}").format(story=story, floor=teller.price(self.floor))

    def prices(self) -> tuple[Price, ...]:
        return (self.suggested, self.floor) if self.floor else (self.suggested,)
