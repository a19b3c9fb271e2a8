"""What each line of a document pays for: work done once, help that follows, a tool, a mix, a membership (000-016)."""

from collections.abc import Iterable, Sequence

from billing.models import QuoteItem
from billing.models.lines import PricedLine
from billing.totals import TimedLine
from offers.models import Offer
from offers.parts import all_parts
from pricing.engine import Cadence, VatCategory
from pricing.engine.lines import LineKind

Nature = PricedLine.Nature


def natures_of(lines: Iterable[TimedLine], items: Sequence[QuoteItem]) -> list[str]:
    """The nature of each line, in the order of the lines: what its component is, else what its whole offer is.

    A discount on the whole quote has the nature of all the lines when they share one, else it is mixed.
    """
    by_position = {item.position: item for item in items}
    paid = {item.offer.pk: _by_code(item.offer) for item in items if item.offer}
    told = [_nature(each, by_position.get(each.item), paid) for each in lines]
    shared = {nature for nature in told if nature and nature != Nature.MEMBERSHIP}
    common = shared.pop() if len(shared) == 1 else Nature.HYBRID
    return [nature or common for nature in told]


def nature_by_hand(item: QuoteItem) -> str:
    """Of a line written by hand: a membership is out of the scope of VAT, work is paid once, the rest is help."""
    if item.cadence == Cadence.YEARLY and item.vat == VatCategory.OUT_OF_SCOPE:
        return Nature.MEMBERSHIP
    return Nature.PRESTATION if item.cadence == Cadence.ONE_OFF else Nature.SERVICE


def _nature(timed: TimedLine, item: QuoteItem | None, paid: dict[int, dict[str, str]]) -> str:
    if timed.line.kind == LineKind.MEMBERSHIP:
        return Nature.MEMBERSHIP
    if item is None:
        return ""
    if item.offer is None:
        return nature_by_hand(item)
    if timed.line.kind == LineKind.SETUP:
        return Nature.PRESTATION
    return paid[item.offer.pk].get(timed.line.code, item.offer.kind)


def _by_code(offer: Offer) -> dict[str, str]:
    return {code: part.component.kind for part in all_parts(offer) for code in part.charges}
