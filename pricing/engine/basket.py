"""What is being priced: a selection once read and found sound, with the multiplier of its term."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import NamedTuple

from pricing.engine.metrics import Metric
from pricing.engine.terms import Term
from pricing.engine.text import NBSP, _, span


class Multiplier(NamedTuple):
    """How a price typed per period of the tariff becomes that of the term: times `numerator`,
    divided by `denominator`, and the same in words (` × 12 mois`)."""

    numerator: int
    denominator: int
    words: str


ONCE = Multiplier(1, 1, "")


def multiplier(billed_months: int, period_months: int) -> Multiplier:
    """Told in the unit of the typed price, so that the sum can be checked by hand."""
    if billed_months % period_months:
        months = "" if billed_months == 1 else f" × {billed_months}{NBSP}{_('mois')}"
        return Multiplier(billed_months, period_months, f"{months} ÷ {period_months}")
    times = billed_months // period_months
    if times == 1:
        return ONCE
    if period_months == 1:
        return Multiplier(times, 1, f" × {times}{NBSP}{_('mois')}")
    return Multiplier(times, 1, f" × {span(billed_months) if period_months == 12 else times}")


@dataclass(slots=True)
class Basket:
    """Quantities, public and term of one computation."""

    metrics: Mapping[str, Metric]
    quantities: Mapping[str, Decimal]
    options: Mapping[str, Decimal]
    segment: str
    months: int
    period_months: int
    multiplier: Multiplier
    member: bool
    free_amount: Decimal | None = None

    def over(self, term: Term) -> "Basket":
        """The same basket for another term of the tariff."""
        return replace(
            self, months=term.months, multiplier=multiplier(term.billed_months, self.period_months)
        )

    def once(self) -> "Basket":
        """The same basket for an amount that does not depend on the length of the term."""
        return replace(self, multiplier=ONCE)

    def with_option(self, metric: Metric, quantity: Decimal) -> "Basket":
        """The basket in which an option counts its own units, under its own code."""
        return replace(
            self,
            metrics={**self.metrics, metric.code: metric},
            quantities={**self.quantities, metric.code: quantity},
        )

    def words(self, metric: str, quantity: Decimal) -> str:
        return self.metrics[metric].words(quantity)
