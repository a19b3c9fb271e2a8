"""What is being priced: a selection once read and found sound, with the multiplier of its term."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal

from pricing.engine.metrics import Metric
from pricing.engine.terms import Term
from pricing.engine.text import NBSP, _, span


@dataclass(slots=True)
class Basket:
    """Quantities, public and term of one computation.

    A price typed per `period_months` is multiplied by `numerator` and divided by `denominator`
    to cover the term; `multiplier` says so in words (` × 12 mois`).
    """

    metrics: Mapping[str, Metric]
    quantities: Mapping[str, Decimal]
    options: Mapping[str, Decimal]
    segment: str
    months: int
    period_months: int
    numerator: int
    denominator: int
    multiplier: str
    member: bool
    free_amount: Decimal | None = None

    def over(self, term: Term) -> "Basket":
        """The same basket for another term of the tariff."""
        numerator, denominator = term.billed_months, self.period_months
        if numerator % denominator == 0:
            numerator, denominator = numerator // denominator, 1
        words = _multiplier(numerator, denominator, self.period_months)
        return replace(
            self, months=term.months, numerator=numerator, denominator=denominator, multiplier=words
        )

    def once(self) -> "Basket":
        """The same basket for an amount that does not depend on the length of the term."""
        return replace(self, numerator=1, denominator=1, multiplier="")

    def with_option(self, metric: Metric, quantity: Decimal) -> "Basket":
        """The basket in which an option counts its own units, under its own code."""
        return replace(
            self,
            metrics={**self.metrics, metric.code: metric},
            quantities={**self.quantities, metric.code: quantity},
        )

    def words(self, metric: str, quantity: Decimal) -> str:
        return self.metrics[metric].words(quantity)


def _multiplier(numerator: int, denominator: int, period_months: int) -> str:
    """In the unit of the typed price, so that the sum can be checked by hand."""
    if denominator != 1:
        months = "" if numerator == 1 else f" × {numerator}{NBSP}{_('mois')}"
        return f"{months} ÷ {denominator}"
    if numerator == 1:
        return ""
    if period_months % 12 == 0:
        return f" × {span(numerator * period_months)}" if period_months == 12 else f" × {numerator}"
    return f" × {numerator}{NBSP}{_('mois')}" if period_months == 1 else f" × {numerator}"
