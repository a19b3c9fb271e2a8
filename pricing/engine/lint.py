"""Advice on a tariff that holds together: incoherent terms, jumps, choices nobody should make."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from pricing.engine.basket import ONCE, Basket
from pricing.engine.charges import Flat, OnQuote, Packs, Volume
from pricing.engine.charges.base import step_after
from pricing.engine.curve import curve
from pricing.engine.metrics import Metric
from pricing.engine.outcomes import Cadence
from pricing.engine.problems import Problem, Severity
from pricing.engine.quick import period_price
from pricing.engine.selection import Selection
from pricing.engine.tariff import Tariff
from pricing.engine.text import _, euros, number, per_period, span
from pricing.engine.validation import integrity
from pricing.engine.vat import VatPolicy, VatRegime

MOST_TERMS = 4
EDGES = 12
HALF_CENT = Decimal("0.005")
# VAT cannot change which of two prices is the higher: the checks compare prices as typed.
AS_TYPED = VatPolicy(VatRegime.FRANCHISE)


def check_tariff(tariff: Tariff) -> list[Problem]:
    """Errors first found by `integrity`, then the advice. An error must be mended before sale."""
    problems = integrity(tariff)
    if problems or (tariff.trial and tariff.trial.plan):
        return problems
    checks = (_discounts, _periods, _useless, _cheaper_above, _cliffs)
    return [problem for check in checks for problem in check(tariff)]


def _segments(tariff: Tariff) -> list[str]:
    return [segment.code for segment in tariff.segments] or ["association"]


def _samples(tariff: Tariff) -> Iterator[Selection]:
    """Selections on which terms are compared: what is asked by default, and the edges of each shape."""
    for segment in _segments(tariff):
        yield Selection(segment=segment)
        for metric in tariff.priced_metrics():
            for quantity in _edges(tariff, metric):
                yield Selection({metric.code: quantity}, segment=segment)


def _edges(tariff: Tariff, metric: Metric) -> Iterator[Decimal]:
    """The default quantity, then the first quantities at which the price may change."""
    edge: Decimal | None = metric.starting
    for _edge in range(EDGES):
        if edge is None:
            return
        yield edge
        following = [charge.shape.next_change(metric, edge) for charge in tariff.charges]
        edge = min((each for each in following if each is not None), default=None)


def _discounts(tariff: Tariff) -> Iterator[Problem]:
    """Q-DISCOUNT: per month, a longer term never costs more than a shorter one."""
    terms = sorted(tariff.terms, key=lambda term: term.months)
    reported: set[int] = set()
    for sample in _samples(tariff):
        for shorter, longer in pairwise(terms):
            less = period_price(tariff, replace(sample, term_months=shorter.months), AS_TYPED).amount
            more = period_price(tariff, replace(sample, term_months=longer.months), AS_TYPED).amount
            if less is None or more is None or longer.months in reported:
                continue
            rounding = HALF_CENT * (shorter.months + longer.months) * (len(tariff.charges) + 1)
            if more * shorter.months > less * longer.months + rounding:
                reported.add(longer.months)
                yield _inverted(tariff, shorter.months, less, longer.months, more)


def _inverted(tariff: Tariff, shorter: int, less: Decimal, longer: int, more: Decimal) -> Problem:
    index = next(i for i, term in enumerate(tariff.terms) if term.months == longer)
    message = _(
        "Remise inversée : {more} pour {longer} reviennent plus cher par mois que {less} pour {shorter}."
    )
    message = message.format(more=euros(more), longer=span(longer), less=euros(less), shorter=span(shorter))
    return Problem(f"terms[{index}]", message, Severity.ERROR, "Q-DISCOUNT")


def _periods(tariff: Tariff) -> Iterator[Problem]:
    """Q-PERIODS: at least monthly and annual, at most four."""
    if not any(charge.cadence is Cadence.PERIOD for charge in tariff.charges):
        return
    sold = {term.months for term in tariff.terms}
    for months in (1, 12):
        if months not in sold:
            message = _("Pas de prix {per}.").format(per=per_period(months))
            yield Problem("terms", message, Severity.WARNING, "Q-PERIODS")
    if len(sold) > MOST_TERMS:
        message = _("Plus de {n} durées : le choix devient difficile.").format(n=MOST_TERMS)
        yield Problem("terms", message, Severity.WARNING, "Q-PERIODS")


def _useless(tariff: Tariff) -> Iterator[Problem]:
    """A discount on a term whose every price is typed never applies."""
    prices = [
        price
        for charge in tariff.charges
        if charge.cadence is Cadence.PERIOD
        for price in charge.shape.prices()
    ]
    for index, term in enumerate(tariff.terms):
        typed = [
            any(months == term.months for months, _amount in nested.by_months)
            for price in prices
            for nested in (price, *(each for _code, each in price.by_segment))
            if nested.base is not None or nested.by_months
        ]
        if term.has_own_price and typed and all(typed) and term.months != tariff.period_months:
            message = _("Cette remise ne s’applique jamais : tous les prix sont donnés pour {span}.")
            yield Problem(f"terms[{index}]", message.format(span=span(term.months)), Severity.WARNING)


def _cheaper_above(tariff: Tariff) -> Iterator[Problem]:
    """Q-MONOTONE: more for less. Only volume tiers and packs can do it."""
    for index, charge in enumerate(tariff.charges):
        if isinstance(charge.shape, Volume):
            yield from _cheaper_tiers(tariff, charge.shape, f"charges[{index}]")
        elif isinstance(charge.shape, Packs):
            yield from _cheaper_packs(tariff, charge.shape, f"charges[{index}]")


def _baskets(tariff: Tariff) -> Iterator[Basket]:
    quantities = {metric.code: metric.starting for metric in tariff.metrics}
    for segment in _segments(tariff):
        bare = Basket(tariff.metrics_by_code, quantities, {}, segment, 1, tariff.period_months, ONCE, True)
        for term in tariff.terms:
            yield bare.over(term)


def _cheaper_tiers(tariff: Tariff, shape: Volume, path: str) -> Iterator[Problem]:
    metric = tariff.metrics_by_code[shape.metric]
    for index, tier in enumerate(shape.tiers[:-1]):
        if tier.up_to is None:
            return
        last, first = tier.up_to, step_after(tier.up_to, metric)
        for basket in _baskets(tariff):
            basket.quantities = {**basket.quantities, shape.metric: last}
            before = shape.sum(basket).amount
            basket.quantities = {**basket.quantities, shape.metric: first}
            after = shape.sum(basket).amount
            if before is not None and after is not None and after < before:
                message = _("{first} coûtent {after}, moins que {last} ({before}).").format(
                    first=metric.words(first), after=euros(after), last=number(last), before=euros(before)
                )
                yield Problem(f"{path}.tiers[{index + 1}]", message, Severity.WARNING, "Q-MONOTONE")
                break


def _cheaper_packs(tariff: Tariff, shape: Packs, path: str) -> Iterator[Problem]:
    for index, (smaller, bigger) in enumerate(pairwise(shape.packs)):
        for basket in _baskets(tariff):
            before, after = (Flat(pack.price).sum(basket).amount for pack in (smaller, bigger))
            if before is not None and after is not None and after < before:
                message = _("{bigger} coûte {after}, moins que {smaller} ({before}).").format(
                    bigger=bigger.label, after=euros(after), smaller=smaller.label, before=euros(before)
                )
                yield Problem(f"{path}.packs[{index + 1}]", message, Severity.WARNING, "Q-MONOTONE")
                break


def _cliffs(tariff: Tariff) -> Iterator[Problem]:
    """Q-CLIFF: one person more makes everybody's share rise by more than 20 %."""
    for metric in tariff.priced_metrics():
        if not metric.nominative or any(isinstance(charge.shape, OnQuote) for charge in tariff.charges):
            continue
        selection = Selection(term_months=tariff.terms[0].months, segment=_segments(tariff)[0])
        for row in curve(tariff, metric.code, selection, AS_TYPED):
            if row.cliff and row.rise_percent is not None:
                message = _("À partir de {quantity}, le prix par {unit} monte de {rise}\u00a0%.").format(
                    quantity=metric.words(row.quantity), unit=metric.unit, rise=number(row.rise_percent)
                )
                yield Problem("charges", message, Severity.INFO, "Q-CLIFF")
