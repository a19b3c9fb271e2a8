"""What an offer gives and costs before anything is added, asked of the pricing engine."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from offers.linter.facts import OfferFacts
from pricing.engine import Breakdown, Cadence, Outcome, Selection, Tariff, VatPolicy, price
from pricing.engine.charges import Allowance
from pricing.engine.tariff import quantity_included

NO_LIMIT = Decimal("Infinity")
YEAR = 12
Entitlements = Mapping[tuple[str, ...], Decimal]


@dataclass(frozen=True)
class Sold:
    """The smallest configuration of an offer, over each length sold.

    `yearly`: EUR as paid for a year in regime at the cheapest length; None without a firm price.
    """

    offer: OfferFacts
    tariff: Tariff
    segment: str
    answers: tuple[Breakdown, ...]

    @property
    def first(self) -> Breakdown:
        return self.answers[0]

    @property
    def is_trial_plan(self) -> bool:
        return self.tariff.trial is not None and self.tariff.trial.plan

    @property
    def is_on_quote(self) -> bool:
        return all(answer.outcome is Outcome.ON_QUOTE for answer in self.answers)

    @property
    def is_subscription(self) -> bool:
        """Whether something is paid at each period, be it from the second person on only."""
        sold_apart = [option.charge for option in self.tariff.options] if not self.tariff.charges else []
        return any(
            any(found.figures())
            for charge in (*self.tariff.charges, *sold_apart)
            if charge.cadence is Cadence.PERIOD and not isinstance(charge.shape, Allowance)
            for found in charge.shape.prices()
        )

    @cached_property
    def yearly(self) -> Decimal | None:
        totals = [answer.yearly_after for answer in self.answers if answer.yearly_after is not None]
        return min(totals, default=None)

    def starting(self) -> dict[str, Decimal]:
        return {metric.code: metric.starting for metric in self.tariff.metrics}

    def brings(self, quantities: Mapping[str, Decimal] | None = None) -> dict[str, Decimal]:
        """Quantities that come with these: what the tariff includes, and its allowances."""
        asked = {**self.starting(), **(quantities or {})}
        brought = {
            each.metric: quantity_included(self.tariff.includes, each.metric, asked)
            for each in self.tariff.includes
        }
        return brought | self.allowances()

    def allowances(self) -> dict[str, Decimal]:
        """What may be used in a year without paying more, by metric."""
        shapes = [charge.shape for charge in self.tariff.charges if isinstance(charge.shape, Allowance)]
        return {shape.metric: shape.included * YEAR / shape.per_months for shape in shapes}

    def entitlements(self, quantities: Mapping[str, Decimal] | None = None) -> Entitlements:
        """Everything had for the price, the quantities being those that come with `quantities`."""
        brought = self.brings(quantities).items()
        return {**self._listed, **{("metric", code): quantity for code, quantity in brought}}

    @cached_property
    def _listed(self) -> Entitlements:
        """What does not depend on quantities: components, words, how far it goes, options, guarantee."""
        found: dict[tuple[str, ...], Decimal] = {}
        for part in self.offer.parts:
            found["part", part.slug] = Decimal(1)
            found |= {("word", part.slug, right.label): Decimal(1) for right in part.rights if right.label}
        for metric in self.tariff.priced_metrics():
            found["most", metric.code] = NO_LIMIT if metric.maximum is None else metric.maximum
        found |= {("option", option.code): Decimal(1) for option in self.tariff.options}
        found["guarantee",] = Decimal(self.tariff.guarantee_days)
        return found

    def wording(self) -> tuple[str, ...]:
        """What is said beside the entitlements, and may explain a price too."""
        return (self.offer.not_included, *(f"{part.slug} {part.detail}" for part in self.offer.parts))

    def yearly_for(self, quantities: Mapping[str, Decimal], vat: VatPolicy) -> Decimal | None:
        """A year in regime for these quantities, at the cheapest length; None without a firm price."""
        answers = [
            price(self.tariff, Selection(quantities, term_months=term.months, segment=self.segment), vat=vat)
            for term in self.tariff.terms
        ]
        return min((each.yearly_after for each in answers if each.yearly_after is not None), default=None)


def sold(offer: OfferFacts, vat: VatPolicy) -> Sold | None:
    """None for an offer whose tariff is missing or cannot be read."""
    if offer.tariff is None or offer.tariff.tariff is None:
        return None
    tariff = offer.tariff.tariff
    known = not tariff.segments or tariff.segment(offer.segment) is not None
    segment = offer.segment if known else tariff.segments[0].code
    answers = [
        price(tariff, Selection(term_months=term.months, segment=segment), vat=vat) for term in tariff.terms
    ]
    return Sold(offer, tariff, segment, tuple(answers))


def larger(one: Entitlements, other: Entitlements) -> bool:
    """Whether `one` gives something more than `other`."""
    return any(quantity > other.get(thing, Decimal(0)) for thing, quantity in one.items())
