"""What a tariff costs, quantity after quantity: the figures beside the form (002-053)."""

from dataclasses import dataclass, replace
from decimal import Decimal
from itertools import groupby

from offers.models import Offer
from offers.tariff_editor.drawing import Drawing, draw
from offers.tariff_editor.reading import starting_selection
from pricing.engine import CurveRow, Metric, Outcome, Selection, Tariff, curve, price
from pricing.engine.charges import Allowance
from pricing.engine.text import per_period

USUAL_END = 60  # 002-053: the simulator shows 1 to 60 people
MOST_POINTS = 300
MOST_SAMPLES = 8


@dataclass(frozen=True)
class Cell:
    """A price of a term (EUR), or the outcome in place of it."""

    label: str
    amount: Decimal | None
    words: str = ""


@dataclass(frozen=True)
class SampleRow:
    """One quantity with its price for each term, and all of the first year."""

    words: str
    cells: list[Cell]
    first_year: Cell


@dataclass(frozen=True)
class CurveLine:
    """Quantities that cost the same, as one line of the table of the curve."""

    words: str
    total: Decimal | None
    per_unit: Decimal | None
    rise: Decimal | None
    cliff: bool
    cheaper: str
    outcome_words: str


@dataclass(frozen=True)
class Simulation:
    """`metric` None: the price does not depend on any quantity."""

    metric: Metric | None
    terms: list[str]
    rows: list[SampleRow]
    lines: list[CurveLine]
    drawing: Drawing | None
    period: str


def simulate(offer: Offer, tariff: Tariff, chosen: str = "") -> Simulation:
    """The samples and the curve of one metric: the chosen one, or the first."""
    metric = tariff.metrics_by_code.get(chosen) or next(iter(drawn_metrics(tariff)), None)
    asked = starting_selection(offer, tariff)
    terms = [per_period(term.months) for term in tariff.terms]
    period = per_period(asked.term_months)
    if metric is None:
        return Simulation(None, terms, [_sample(offer, tariff, asked, "")], [], None, period)
    samples = [
        _sample(offer, tariff, _with(asked, metric, quantity), metric.words(quantity))
        for quantity in _samples(tariff, metric)
    ]
    rows = curve(tariff, metric.code, asked, offer.hoster.vat_policy, curve_end(tariff, metric))
    return Simulation(metric, terms, samples, curve_lines(metric, rows), draw(metric, rows, period), period)


def drawn_metrics(tariff: Tariff) -> list[Metric]:
    """What a curve can follow: what counts in the price first, never a time that is included."""
    priced = tariff.priced_metrics()
    included = {each.shape.metric for each in tariff.charges if isinstance(each.shape, Allowance)}
    others = (metric for metric in tariff.metrics if metric not in priced and metric.code not in included)
    return [*priced, *others]


def curve_end(tariff: Tariff, metric: Metric) -> int:
    """60 people; further for what is counted by hundreds, as far as the last tier and a little more."""
    tops = [top for charge in tariff.charges for top in charge.shape.tops(metric)]
    included = [
        getattr(charge.shape, "included", Decimal(0))
        for charge in tariff.charges
        if metric.code in charge.shape.metric_codes()
    ]
    wanted = max(
        [metric.starting * 3, *(top * Decimal("1.2") for top in tops), *(each * 2 for each in included)]
    )
    end = max(USUAL_END, min(int(wanted), int(max(metric.step, Decimal(1)) * MOST_POINTS)))
    return USUAL_END if metric.nominative else end


def _with(asked: Selection, metric: Metric, quantity: Decimal) -> Selection:
    return replace(asked, quantities={**asked.quantities, metric.code: quantity})


def _samples(tariff: Tariff, metric: Metric) -> list[Decimal]:
    """The smallest, what is proposed, and both sides of the places where the price changes."""
    step = max(metric.step, Decimal(1))
    first = max(metric.minimum, step)
    found = {first, metric.starting or first}
    edge: Decimal | None = first
    while edge is not None and len(found) < MOST_SAMPLES:
        following = [charge.shape.next_change(metric, edge) for charge in tariff.charges]
        after = min((each for each in following if each is not None), default=None)
        if after is not None and metric.maximum is not None and after > metric.maximum:
            break
        found |= {each for each in (after, after - metric.step if after else None) if each and each >= first}
        edge = after
    return sorted(found)[:MOST_SAMPLES]


def _sample(offer: Offer, tariff: Tariff, asked: Selection, words: str) -> SampleRow:
    cells = []
    for term in tariff.terms:
        answer = price(tariff, replace(asked, term_months=term.months), vat=offer.hoster.vat_policy)
        cells.append(
            Cell(per_period(term.months), answer.recurring_per_period, outcome_words(answer.outcome))
        )
    first = price(tariff, asked, vat=offer.hoster.vat_policy)
    return SampleRow(words, cells, Cell("", first.first_year_total, outcome_words(first.outcome)))


def curve_lines(metric: Metric, rows: tuple[CurveRow, ...]) -> list[CurveLine]:
    """Every quantity up to 60; beyond, quantities that cost the same are one line."""
    if len(rows) <= USUAL_END:
        return [_line(metric, (row,)) for row in rows]
    groups = groupby(rows, key=lambda row: (row.total, row.outcome, row.cliff, row.dominated_by))
    return [_line(metric, tuple(group)) for _key, group in groups]


def _line(metric: Metric, rows: tuple[CurveRow, ...]) -> CurveLine:
    first, last = rows[0], rows[-1]
    words = metric.words(first.quantity)
    if last is not first:
        words = f"{metric.words(first.quantity).split(chr(160))[0]} – {metric.words(last.quantity)}"
    cheaper = metric.words(first.dominated_by) if first.dominated_by is not None else ""
    return CurveLine(
        words,
        first.total,
        last.per_unit,
        first.rise_percent,
        first.cliff,
        cheaper,
        outcome_words(first.outcome),
    )


def outcome_words(outcome: Outcome) -> str:
    """What a cell says when there is no amount."""
    return _OUTCOMES.get(outcome, "")


_OUTCOMES = {
    Outcome.ON_QUOTE: "sur devis",
    Outcome.NOT_ELIGIBLE: "pas possible",
    Outcome.REFUSED: "refusé",
    Outcome.INVALID: "–",
    Outcome.TRIAL: "gratuit",
}
