"""For whom: the publics of a tariff, its limits, and what it brings."""

from dataclasses import dataclass
from decimal import Decimal

from pricing.engine.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class Segment:
    """A public (association, company…) with the discount it may get on every period."""

    code: str
    label: str
    discount: Decimal | None = None


@dataclass(frozen=True, slots=True)
class Limit:
    """Above `maximum` of a metric the answer is `outcome`: no price is ever extrapolated.

    `segments` and `terms` empty: always. `reason` replaces the sentence made from the figures.
    """

    metric: str
    maximum: Decimal
    outcome: Outcome = Outcome.NOT_ELIGIBLE
    reason: str = ""
    segments: tuple[str, ...] = ()
    terms: tuple[int, ...] = ()

    def concerns(self, segment: str, months: int) -> bool:
        return (not self.segments or segment in self.segments) and (not self.terms or months in self.terms)


@dataclass(frozen=True, slots=True)
class Entitlement:
    """A quantity that comes with the tariff: pooled, or for each unit of the metric `per`."""

    metric: str
    quantity: Decimal
    per: str = ""
