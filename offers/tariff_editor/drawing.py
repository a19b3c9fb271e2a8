"""The curve of a price as lines to draw: geometry only, colours come from the stylesheet."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import groupby

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pricing.engine import CurveRow, Metric, euros
from pricing.engine.text import number

WIDTH, HEIGHT = 400, 250
LEFT, RIGHT, TOP, BOTTOM = 76, 10, 26, 36
Y_STEPS = 4
X_LABELS = 6


@dataclass(frozen=True)
class Tick:
    """A mark of an axis: its place in the drawing and its words."""

    at: str
    words: str


@dataclass(frozen=True)
class Mark:
    """A cliff: where the share of each rises by more than 20 % (Q-CLIFF)."""

    x: str
    y: str
    words: str


@dataclass(frozen=True)
class Drawing:
    """Places are in the units of the view box, already written with a point."""

    title: str
    description: str
    x_label: str
    line: str
    dominated: str
    unpriced: tuple[str, str] | None
    x_ticks: list[Tick]
    y_ticks: list[Tick]
    cliffs: list[Mark]
    notes: list[str]
    width: int = WIDTH
    height: int = HEIGHT
    left: int = LEFT
    right: int = WIDTH - RIGHT
    top: int = TOP
    bottom: int = HEIGHT - BOTTOM
    plot_height: int = HEIGHT - BOTTOM - TOP


Place = Callable[[Decimal], str]


def draw(metric: Metric, rows: Sequence[CurveRow], period: str) -> Drawing | None:
    """None when there is nothing to draw: a single quantity, or no price at all."""
    highest = max((row.total for row in rows if row.total is not None), default=None)
    if highest is None or len(rows) < 2:
        return None
    step = rows[1].quantity - rows[0].quantity
    first, last = rows[0].quantity - step, rows[-1].quantity
    ceiling = _ceiling(highest)
    x, y = _scale(first, last, LEFT, WIDTH - RIGHT), _scale(Decimal(0), ceiling, HEIGHT - BOTTOM, TOP)
    priced = [row for row in rows if row.total is not None]
    return Drawing(
        title=_("Prix %(period)s selon la quantité : %(label)s") % {"period": period, "label": metric.label},
        description=_description(metric, priced, rows),
        x_label=metric.label,
        line=" ".join(_segments(priced, step, x, y)),
        dominated=" ".join(_segments([row for row in priced if row.dominated_by is not None], step, x, y)),
        unpriced=_unpriced(rows, step, x),
        x_ticks=[Tick(x(each), f"{each.normalize():f}") for each in _x_values(first, last)],
        y_ticks=[Tick(y(ceiling * n / Y_STEPS), euros(ceiling * n / Y_STEPS)) for n in range(Y_STEPS + 1)],
        cliffs=[_mark(row, step, x, y) for row in priced if row.cliff],
        notes=_notes(metric, rows),
    )


def _scale(low: Decimal, high: Decimal, start: int, end: int) -> Place:
    def place(value: Decimal) -> str:
        return f"{start + (value - low) * (end - start) / (high - low):.1f}"

    return place


def _ceiling(highest: Decimal) -> Decimal:
    """The round figure above: 4 steps of 1, 2, 2.5 or 5 and zeros."""
    unit = Decimal(10) ** (highest.adjusted() - 1) if highest else Decimal(1)
    steps = (unit * factor for factor in (1, 2, Decimal("2.5"), 5, 10, 20, 25, 50))
    return next((step * Y_STEPS for step in steps if step * Y_STEPS >= highest), highest)


def _segments(rows: Sequence[CurveRow], step: Decimal, x: Place, y: Place) -> Iterator[str]:
    """A staircase; the pen is lifted where a quantity is missing."""
    end: Decimal | None = None
    for row in rows:
        assert row.total is not None
        start = row.quantity - step
        pen = "V" if start == end else f"M{x(start)} "
        yield f"{pen}{y(row.total)}H{x(row.quantity)}"
        end = row.quantity


def _unpriced(rows: Sequence[CurveRow], step: Decimal, x: Place) -> tuple[str, str] | None:
    """The zone at the end that has no price: its start and its width."""
    tail: list[CurveRow] = []
    for row in reversed(rows):
        if row.total is not None:
            break
        tail.append(row)
    if not tail:
        return None
    start = x(tail[-1].quantity - step)
    return start, f"{Decimal(x(tail[0].quantity)) - Decimal(start):.1f}"


def _x_values(first: Decimal, last: Decimal) -> list[Decimal]:
    span = last - first
    unit = Decimal(10) ** span.adjusted()
    steps = (unit * factor for factor in (Decimal("0.1"), Decimal("0.2"), Decimal("0.5"), 1, 2, 5))
    step = next(each for each in steps if span / each <= X_LABELS)
    start = (first // step + (1 if first % step else 0)) * step
    found = []
    while start <= last:
        found.append(start)
        start += step
    return found


def _mark(row: CurveRow, step: Decimal, x: Place, y: Place) -> Mark:
    assert row.total is not None
    return Mark(x(row.quantity - step), y(row.total), number(row.quantity))


def _description(metric: Metric, priced: Sequence[CurveRow], rows: Sequence[CurveRow]) -> str:
    first, last = priced[0], priced[-1]
    assert first.total is not None and last.total is not None
    told = _("De %(low)s pour %(few)s à %(high)s pour %(many)s.") % {
        "low": euros(first.total),
        "few": metric.words(first.quantity),
        "high": euros(last.total),
        "many": metric.words(last.quantity),
    }
    return " ".join([told, *_notes(metric, rows)])


def _notes(metric: Metric, rows: Sequence[CurveRow]) -> list[str]:
    """What the curve shows, in words: jumps, choices that a larger one beats, where the price ends."""
    notes = [
        _("À %(words)s, la part de chaque %(unit)s monte de %(rise)s %%.")
        % {
            "words": metric.words(row.quantity),
            "unit": metric.unit,
            "rise": f"{row.rise_percent}".replace(".", ","),
        }
        for row in rows
        if row.cliff
    ]
    groups = groupby((row for row in rows if row.dominated_by is not None), key=lambda row: row.dominated_by)
    for bigger, group in groups:
        assert bigger is not None
        costly = [row.quantity for row in group]
        words = {
            "first": metric.words(costly[0]),
            "last": metric.words(costly[-1]),
            "bigger": metric.words(bigger),
        }
        notes.append(
            ngettext(
                "%(first)s coûtent plus que %(bigger)s.",
                "De %(first)s à %(last)s : plus cher que %(bigger)s.",
                len(costly),
            )
            % words
        )
    return notes
