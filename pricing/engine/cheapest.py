"""The cheapest offer that satisfies a need: which plan, which quantities, which supplements."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal

from pricing.engine.breakdown import Breakdown
from pricing.engine.eligibility import Entitlement
from pricing.engine.metrics import Metric
from pricing.engine.money import ZERO, cents
from pricing.engine.options import Option
from pricing.engine.outcomes import Outcome
from pricing.engine.pricing import price
from pricing.engine.selection import Quantity, Selection
from pricing.engine.tariff import Tariff, quantity_included
from pricing.engine.text import _, quoted
from pricing.engine.vat import VatPolicy

YEAR = 12


@dataclass(frozen=True, slots=True)
class Candidate:
    """An offer to compare. `includes` replaces what the tariff says it brings, when given."""

    code: str
    label: str
    tariff: Tariff
    includes: tuple[Entitlement, ...] | None = None

    @property
    def brings(self) -> tuple[Entitlement, ...]:
        return self.tariff.includes if self.includes is None else self.includes


@dataclass(frozen=True, slots=True)
class Proposal:
    """A candidate with the selection that meets the need. `cost`: EUR over the first year, a term
    longer than a year counted for its yearly part; None without a price. `supplements`: units added."""

    candidate: Candidate
    selection: Selection
    breakdown: Breakdown
    cost: Decimal | None
    supplements: Decimal

    @property
    def fits(self) -> bool:
        """Whether the offer meets the need, at a price or on quote."""
        return self.breakdown.outcome in (Outcome.PRICED, Outcome.ON_QUOTE)


def rank(
    candidates: Iterable[Candidate],
    need: Mapping[str, Quantity],
    vat: VatPolicy,
    *,
    months: int | None = None,
    segment: str = "association",
    already_member: bool = False,
) -> list[Proposal]:
    """Every candidate, best first: priced by cost (fewer supplements on a tie), then on quote, then
    those that do not fit, each with its reason. `months` None: the cheapest term of each."""
    wanted = {code: Decimal(quantity) for code, quantity in need.items()}
    best = []
    for candidate in candidates:
        terms = [months] if months else [term.months for term in candidate.tariff.terms]
        proposals = [
            _propose(
                candidate,
                wanted,
                Selection(term_months=term, segment=segment, already_member=already_member),
                vat,
            )
            for term in terms
        ]
        best.append(min(proposals, key=_order))
    return sorted(best, key=_order)


def cheapest(
    candidates: Iterable[Candidate],
    need: Mapping[str, Quantity],
    vat: VatPolicy,
    *,
    months: int | None = None,
    segment: str = "association",
    already_member: bool = False,
) -> Proposal | None:
    """The cheapest priced offer that meets the need, else one on quote, else None."""
    ranked = rank(candidates, need, vat, months=months, segment=segment, already_member=already_member)
    return ranked[0] if ranked and ranked[0].fits else None


def _order(proposal: Proposal) -> tuple[int, Decimal, Decimal, int, str]:
    rank_of = {Outcome.PRICED: 0, Outcome.ON_QUOTE: 1}.get(proposal.breakdown.outcome, 2)
    cost = ZERO if proposal.cost is None else proposal.cost
    return rank_of, cost, proposal.supplements, proposal.selection.term_months, proposal.candidate.code


def _propose(candidate: Candidate, need: Mapping[str, Decimal], bare: Selection, vat: VatPolicy) -> Proposal:
    """The cheaper of two ways to fill a gap: supplements first, or more units of what brings it."""
    ways = [_meet(candidate, need, bare, options_first) for options_first in (True, False)]
    return min((_priced(candidate, selection, missing, vat) for selection, missing in ways), key=_order)


def _priced(candidate: Candidate, selection: Selection, missing: str, vat: VatPolicy) -> Proposal:
    breakdown = (
        Breakdown(Outcome.NOT_ELIGIBLE, missing, "need", selection.term_months)
        if missing
        else price(candidate.tariff, selection, vat=vat)
    )
    supplements = sum((Decimal(q or 0) for q in selection.options.values()), Decimal(0))
    return Proposal(candidate, selection, breakdown, first_year_cost(breakdown), supplements)


def first_year_cost(breakdown: Breakdown) -> Decimal | None:
    """Cost used to compare: the first year, a longer term being counted for its yearly part."""
    total, recurring = breakdown.first_year_total, breakdown.recurring_per_period
    if breakdown.outcome is not Outcome.PRICED or total is None or recurring is None:
        return None
    if breakdown.months <= YEAR:
        return total
    return total - recurring + cents(recurring * YEAR / breakdown.months)


def _meet(
    candidate: Candidate, need: Mapping[str, Decimal], bare: Selection, options_first: bool
) -> tuple[Selection, str]:
    """A selection that meets the need, and what is missing if it cannot."""
    tariff = candidate.tariff
    # A comfortable default never counts against a smaller need.
    quantities = {
        metric.code: metric.minimum if metric.code in need else metric.starting for metric in tariff.metrics
    }
    for code in need:
        if code not in tariff.metrics_by_code:
            return bare, _("cette offre ne propose pas {code}").format(code=quoted(code))
        metric = tariff.metrics_by_code[code]
        if metric in tariff.priced_metrics() or not _brings(candidate, code):
            quantities[code] = max(quantities[code], _on_step(need[code], metric.step))
    options: dict[str, Quantity | None] = {}
    for code, wanted in need.items():
        if _brings(candidate, code) and not _fill(
            candidate, code, wanted, quantities, options, options_first
        ):
            label = tariff.metrics_by_code[code].label
            return bare, _("{label} : cette offre ne va pas jusque-là").format(label=label)
    asked = {code: quantities[code] for code in quantities if code in need or quantities[code]}
    asked |= {code: max(asked.get(code, ZERO), wanted) for code, wanted in need.items()}
    return replace(bare, quantities=asked, options=options), ""


def _brings(candidate: Candidate, code: str) -> bool:
    return any(entitlement.metric == code for entitlement in candidate.brings)


def _fill(
    candidate: Candidate,
    code: str,
    wanted: Decimal,
    quantities: dict[str, Decimal],
    options: "dict[str, Quantity | None]",
    options_first: bool,
) -> bool:
    """Add supplements or raise the metric that brings `code` until `wanted` is covered."""
    ways = [_add_options, _raise_driver]
    for way in ways if options_first else reversed(ways):
        short = wanted - _covered(candidate, code, quantities, options)
        if short <= 0:
            return True
        way(candidate, code, short, quantities, options)
    return wanted <= _covered(candidate, code, quantities, options)


def _covered(
    candidate: Candidate,
    code: str,
    quantities: Mapping[str, Decimal],
    options: "Mapping[str, Quantity | None]",
) -> Decimal:
    added = ZERO
    for option in candidate.tariff.options:
        added += dict(option.adds).get(code, ZERO) * Decimal(options.get(option.code) or 0)
    return quantity_included(candidate.brings, code, quantities) + added


def _add_options(
    candidate: Candidate,
    code: str,
    short: Decimal,
    quantities: dict[str, Decimal],
    options: "dict[str, Quantity | None]",
) -> None:
    for option in candidate.tariff.options:
        adds = dict(option.adds).get(code)
        if not adds or short <= 0:
            continue
        units = _most(option, _on_step(short / adds, option.step) + Decimal(options.get(option.code) or 0))
        short -= adds * (units - Decimal(options.get(option.code) or 0))
        if units:
            options[option.code] = units


def _most(option: Option, units: Decimal) -> Decimal:
    return units if option.maximum is None else min(units, option.maximum)


def _raise_driver(
    candidate: Candidate,
    code: str,
    short: Decimal,
    quantities: dict[str, Decimal],
    options: "dict[str, Quantity | None]",
) -> None:
    for entitlement in candidate.brings:
        if entitlement.metric == code and entitlement.per and entitlement.quantity:
            metric: Metric = candidate.tariff.metrics_by_code[entitlement.per]
            more = _on_step(short / entitlement.quantity, metric.step)
            quantities[entitlement.per] = quantities[entitlement.per] + more
            return


def _on_step(quantity: Decimal, step: Decimal) -> Decimal:
    return (quantity / step).to_integral_value(ROUND_CEILING) * step
