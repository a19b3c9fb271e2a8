"""A typed price: one figure, or one per length of commitment, or one per public."""

from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from pricing.engine.basket import Basket
from pricing.engine.money import cents
from pricing.engine.text import euros

ANY_SEGMENT = "default"


class Rate(NamedTuple):
    """A price made ready for one term. `typed`: printed for that very term, so never discounted."""

    unit: Decimal
    numerator: int
    denominator: int
    multiplier: str
    typed: bool

    def exact(self, count: Decimal) -> Decimal:
        if self.denominator == 1:
            return count * self.unit * self.numerator
        return count * self.unit * self.numerator / self.denominator

    def amount(self, count: Decimal) -> Decimal:
        """EUR for the whole term, rounded to the cent."""
        return cents(self.exact(count))

    def words(self) -> str:
        """`10,00 €` or `10,00 € × 12 mois`."""
        return euros(self.unit) + self.multiplier


@dataclass(frozen=True, slots=True)
class Price:
    """EUR per period of the tariff (`base`), or typed for some terms, or for some segments.

    A term typed in `by_months` is the authority for that term; any other term is derived from
    the price typed for the tariff's own period.
    """

    base: Decimal | None = None
    by_months: tuple[tuple[int, Decimal], ...] = ()
    by_segment: "tuple[tuple[str, Price], ...]" = ()

    def for_segment(self, segment: str) -> "Price | None":
        if not self.by_segment:
            return self
        known = dict(self.by_segment)
        return known.get(segment, known.get(ANY_SEGMENT))

    def typed_for(self, months: int) -> Decimal | None:
        for typed_months, amount in self.by_months:
            if typed_months == months:
                return amount
        return None

    def rate(self, basket: Basket) -> Rate | None:
        """The rate for this basket, None when no price is given for its segment or term."""
        price = self.for_segment(basket.segment) if self.by_segment else self
        if price is None:
            return None
        base = price.base
        if base is None:
            typed = price.typed_for(basket.months)
            if typed is not None and basket.months != basket.period_months:
                return Rate(typed, 1, 1, "", True)
            base = price.typed_for(basket.period_months)
            if base is None:
                return None
        return Rate(base, *basket.multiplier, False)

    def figures(self) -> tuple[Decimal, ...]:
        """Every figure typed."""
        own = (self.base,) if self.base is not None else ()
        nested = tuple(figure for _code, price in self.by_segment for figure in price.figures())
        return own + tuple(amount for _months, amount in self.by_months) + nested

    def typed_terms(self) -> frozenset[int]:
        """Terms, in months, for which a figure is typed."""
        nested = (price.typed_terms() for _code, price in self.by_segment)
        return frozenset(months for months, _amount in self.by_months).union(*nested)
