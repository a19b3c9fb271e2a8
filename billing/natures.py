"""What each line of a document pays for: work done once, help that follows, a tool, an object, a mix, a membership
(000-016, INV-15)."""

from collections.abc import Iterable, Sequence

from billing.models import QuoteItem
from billing.models.lines import PricedLine
from billing.totals import TimedLine
from offers.models import Component, Offer
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
    """Of a line written by hand: a membership is out of the scope of VAT, an object or work is paid once, the rest is
    help. An object that is paid again and again is lent, which is a service."""
    if item.cadence == Cadence.YEARLY and item.vat == VatCategory.OUT_OF_SCOPE:
        return Nature.MEMBERSHIP
    if item.cadence != Cadence.ONE_OFF:
        return Nature.SERVICE
    return Nature.GOODS if item.goods else Nature.PRESTATION


def _nature(timed: TimedLine, item: QuoteItem | None, paid: dict[int, dict[str, str]]) -> str:
    if timed.line.kind == LineKind.MEMBERSHIP:
        return Nature.MEMBERSHIP
    if item is None:
        return ""
    if item.offer is None:
        return nature_by_hand(item)
    if timed.line.kind == LineKind.SETUP:
        return Nature.PRESTATION
    told = paid[item.offer.pk].get(timed.line.code) or _shared(item.offer)
    lent = told == Nature.GOODS and timed.line.cadence != Cadence.ONE_OFF
    return Nature.PRODUIT.value if lent else told


def _by_code(offer: Offer) -> dict[str, str]:
    return {code: _kind(part.component) for part in all_parts(offer) for code in part.charges}


def _shared(offer: Offer) -> str:
    """What a whole offer is: objects only when it holds nothing else."""
    kinds = {_kind(part.component) for part in all_parts(offer)}
    return Nature.GOODS.value if kinds == {Nature.GOODS.value} else offer.kind


def _kind(component: Component) -> str:
    return Nature.GOODS.value if component.is_physical else component.kind
