"""The price for each quantity of a metric: where it jumps, and which choices cost more than a bigger one."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_HALF_UP, Decimal

from pricing.engine.metrics import Metric
from pricing.engine.money import HUNDRED, cents
from pricing.engine.outcomes import Outcome
from pricing.engine.quick import PeriodPrice, period_price
from pricing.engine.selection import Selection
from pricing.engine.tariff import Tariff
from pricing.engine.vat import VatPolicy

CLIFF_PERCENT = Decimal(20)  # Q-CLIFF: above this rise of the price per unit, one more is penalised


@dataclass(frozen=True, slots=True)
class CurveRow:
    """`total` is a period in regime, EUR as paid. `rise_percent`: of the price per unit, against
    the row before. `dominated_by`: a larger quantity that costs less."""

    quantity: Decimal
    outcome: Outcome
    total: Decimal | None
    per_unit: Decimal | None
    rise_percent: Decimal | None
    cliff: bool
    dominated_by: Decimal | None


def curve(
    tariff: Tariff, metric_code: str, selection: Selection, vat: VatPolicy, upto: int = 60
) -> tuple[CurveRow, ...]:
    """Rows from the smallest quantity sold up to `upto`. Raises KeyError for an unknown metric."""
    metric = tariff.metrics_by_code[metric_code]
    asked = quantities(metric, upto)
    points = [(quantity, _at(tariff, metric_code, quantity, selection, vat)) for quantity in asked]
    cheapest_after = _cheapest_after(points)
    rows: list[CurveRow] = []
    previous: tuple[Decimal, Decimal] | None = None
    for (quantity, found), cheaper in zip(points, cheapest_after, strict=True):
        rise = _rise(previous, quantity, found.amount)
        dominated = cheaper[1] if cheaper and found.amount is not None and cheaper[0] < found.amount else None
        rows.append(
            CurveRow(
                quantity,
                found.outcome,
                found.amount,
                None if found.amount is None else cents(found.amount / quantity),
                None if rise is None else rise.quantize(Decimal("0.1"), ROUND_HALF_UP),
                rise is not None and rise > CLIFF_PERCENT,
                dominated,
            )
        )
        previous = None if found.amount is None else (quantity, found.amount)
    return tuple(rows)


def quantities(metric: Metric, upto: int) -> list[Decimal]:
    """Quantities of the curve: steps of the metric, at least 1 by 1, never 0."""
    step = max(metric.step, Decimal(1))
    first = max(metric.minimum, step)
    found = [first]
    current = (first // step + 1) * step
    while current <= upto:
        found.append(current)
        current += step
    return found


def _at(tariff: Tariff, code: str, quantity: Decimal, selection: Selection, vat: VatPolicy) -> PeriodPrice:
    asked = replace(selection, quantities={**selection.quantities, code: quantity})
    return period_price(tariff, asked, vat)


def _cheapest_after(
    points: Sequence[tuple[Decimal, PeriodPrice]],
) -> list[tuple[Decimal, Decimal] | None]:
    """For each point, the cheapest (total, quantity) among the larger ones."""
    best: tuple[Decimal, Decimal] | None = None
    found: list[tuple[Decimal, Decimal] | None] = []
    for quantity, price in reversed(points):
        found.append(best)
        if price.amount is not None and (best is None or price.amount <= best[0]):
            best = (price.amount, quantity)
    return found[::-1]


def _rise(
    previous: tuple[Decimal, Decimal] | None, quantity: Decimal, amount: Decimal | None
) -> Decimal | None:
    """Rise of the price per unit, in percent; None without a price before or after."""
    if previous is None or amount is None or not previous[1]:
        return None
    before, now = previous[1] / previous[0], amount / quantity
    return (now / before - 1) * HUNDRED
