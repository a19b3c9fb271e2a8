"""What every way to charge knows how to do."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from decimal import ROUND_CEILING, Decimal
from typing import ClassVar, NamedTuple

from pricing.engine.basket import Basket
from pricing.engine.metrics import Metric
from pricing.engine.outcomes import Outcome
from pricing.engine.prices import ANY_SEGMENT, Price, Rate
from pricing.engine.text import _, euros, per_period, span

ONE = Decimal(1)
NONE = Decimal(0)


class Sum(NamedTuple):
    """What a shape found for a basket. `amount` is None when there is no price; `rate` is kept so
    that the rule tells the very figure used; `typed`: at a price printed for this term."""

    amount: Decimal | None
    quantity: Decimal
    unit: str
    rate: Rate | None = None
    typed: bool = False
    outcome: Outcome = Outcome.PRICED


class Teller(NamedTuple):
    """What a shape needs to tell itself without any selection.

    `per` follows a price (` par mois`); `periodic` is false for an amount due once or yearly.
    `segments` gives the label of each public; `segment` is the one spoken to, "" for everybody.
    """

    metrics: Mapping[str, Metric]
    segments: Mapping[str, str]
    segment: str
    per: str
    periodic: bool

    def price(self, price: Price) -> str:
        """The price as typed, e.g. `10,00 € par mois` or `10,00 € par mois ou 100,00 € par an`."""
        if price.by_segment and not self.segment:
            told = [f"{self._public(code)} {self.price(each)}" for code, each in price.by_segment]
            return ", ".join(told)
        here = price.for_segment(self.segment)
        if here is None:
            return _("prix sur devis")
        if here.base is not None:
            return f"{euros(here.base)}{self.per}" if here.base else _("gratuit")
        return _(" ou ").join(self._for_term(months, amount) for months, amount in here.by_months)

    def _for_term(self, months: int, amount: Decimal) -> str:
        if self.periodic:
            return f"{euros(amount)} {per_period(months)}"
        return _("{amount} pour {span}").format(amount=euros(amount), span=span(months))

    def _public(self, code: str) -> str:
        if code == ANY_SEGMENT:
            return _("autres publics")
        return self.segments.get(code, code)

    def words(self, metric: str, quantity: Decimal) -> str:
        return self.metrics[metric].words(quantity)


class Shape(ABC):
    """A way to charge: the object that computes the sum is the one that explains it."""

    __slots__ = ()
    kind: ClassVar[str]

    @abstractmethod
    def sum(self, basket: Basket) -> Sum:
        """What this shape charges for a basket."""

    @abstractmethod
    def rule(self, basket: Basket, found: Sum) -> str:
        """How the amount was made, as a French phrase."""

    @abstractmethod
    def story(self, teller: Teller) -> str:
        """How this shape charges in general, as a French clause."""

    def metric_codes(self) -> tuple[str, ...]:
        return ()

    def prices(self) -> tuple[Price, ...]:
        return ()

    def next_change(self, metric: Metric, quantity: Decimal) -> Decimal | None:
        """The smallest greater quantity of `metric` at which the amount may differ."""
        return None

    def tops(self, metric: Metric) -> tuple[Decimal, ...]:
        """Quantities of `metric` above which this shape has no price any more."""
        return ()


def started(quantity: Decimal, size: Decimal) -> Decimal:
    """How many blocks of `size` are started by `quantity`."""
    if quantity <= 0:
        return NONE
    if size == 1:
        return quantity.to_integral_value(ROUND_CEILING)
    return (quantity / size).to_integral_value(ROUND_CEILING)


def step_after(boundary: Decimal, metric: Metric) -> Decimal:
    """The first quantity on a step strictly above `boundary`."""
    return (boundary // metric.step + 1) * metric.step


def without_price(quantity: Decimal, unit: str) -> Sum:
    return Sum(None, quantity, unit, outcome=Outcome.ON_QUOTE)


def at_rate(rate: Rate | None, count: Decimal, unit: str) -> Sum:
    """So many times a rate."""
    if rate is None:
        return without_price(count, unit)
    return Sum(rate.amount(count), count, unit, rate, rate.typed)


def no_price_rule() -> str:
    return _("aucun prix affiché pour ce choix, à chiffrer sur devis")


def equation(left: str, rate: Rate, count: Decimal, amount: Decimal) -> str:
    """`2 lots de 5 × 5,00 € = 10,00 €`."""
    return f"{left} × {rate.words()} = {euros(amount)}"
