"""What changes the price next: one more person costs 5 €; from 16 people, 20 € more."""

from dataclasses import replace
from decimal import Decimal

from pricing.engine.charges.base import step_after
from pricing.engine.metrics import Metric
from pricing.engine.money import ZERO
from pricing.engine.outcomes import Cadence, Outcome
from pricing.engine.quick import PeriodPrice, period_price
from pricing.engine.reading import HIGHEST, Stop, read
from pricing.engine.selection import Selection
from pricing.engine.tariff import Tariff
from pricing.engine.text import NARROW_NBSP, _, euros, number, per_period
from pricing.engine.vat import VatPolicy

# Edges at which nothing changes (a welcome tier, a free slice) are few; this only bounds the search.
MOST_EDGES = 20


def next_changes(tariff: Tariff, selection: Selection, policy: VatPolicy) -> tuple[str, ...]:
    """One French sentence per metric that can still change the price."""
    now = period_price(tariff, selection, policy)
    if now.amount is None:
        return ()
    sentences = (_sentence(tariff, metric, selection, policy, now) for metric in tariff.priced_metrics())
    return tuple(sentence for sentence in sentences if sentence)


def _sentence(
    tariff: Tariff, metric: Metric, selection: Selection, policy: VatPolicy, now: PeriodPrice
) -> str:
    try:
        quantity = read(tariff, selection).quantities[metric.code]
    except Stop:
        return ""
    edge = quantity
    for _attempt in range(MOST_EDGES):
        following = _next_edge(tariff, metric, edge)
        if following is None or following > HIGHEST:
            return ""
        edge = following
        asked = replace(selection, quantities={**selection.quantities, metric.code: edge})
        then = period_price(tariff, asked, policy)
        if (then.outcome, then.amount) != (now.outcome, now.amount):
            return _told(metric, quantity, edge, now.amount or ZERO, then, selection.term_months)
    return ""


def _next_edge(tariff: Tariff, metric: Metric, quantity: Decimal) -> Decimal | None:
    edges = [
        charge.shape.next_change(metric, quantity)
        for charge in tariff.charges
        if charge.cadence is Cadence.PERIOD
    ]
    tops = [limit.maximum for limit in tariff.limits if limit.metric == metric.code]
    tops += [metric.maximum] if metric.maximum is not None else []
    tops += [limit for charge in tariff.charges for limit in charge.shape.tops(metric)]
    edges += [step_after(top, metric) for top in tops if top >= quantity]
    return min((edge for edge in edges if edge is not None and edge > quantity), default=None)


def _told(
    metric: Metric, quantity: Decimal, edge: Decimal, before: Decimal, then: PeriodPrice, months: int
) -> str:
    if then.amount is None:
        return _ending(metric, edge, then.outcome)
    difference = then.amount - before
    per = per_period(months)
    if edge == step_after(quantity, metric):
        more = metric.words(edge - quantity)
        if difference > 0:
            return _("{more} de plus : {difference} de plus {per}.").format(
                more=more, difference=euros(difference), per=per
            )
        return _("{more} de plus : {difference} de moins {per}.").format(
            more=more, difference=euros(-difference), per=per
        )
    last = metric.words(edge - metric.step)
    return _("Jusqu’à {last}, le prix ne change pas{space}; à partir de {edge} : {total} {per}.").format(
        last=last, space=NARROW_NBSP, edge=number(edge), total=euros(then.amount), per=per
    )


def _ending(metric: Metric, edge: Decimal, outcome: Outcome) -> str:
    if outcome is Outcome.ON_QUOTE:
        return _("À partir de {edge} : sur devis.").format(edge=metric.words(edge))
    return _("Cette offre s’arrête à {last}.").format(last=metric.words(edge - metric.step))
