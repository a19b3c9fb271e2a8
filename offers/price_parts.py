"""To whom, and to what, a price goes: one total, told structure by structure and kind by kind (002-167, 000-016)."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from offers.models import Component, Offer
from offers.parts import all_parts
from pricing.engine import Breakdown
from pricing.presentation import TotalRow


@dataclass(frozen=True)
class PriceParts:
    """The first year, EUR as clients pay, shared twice; each list adds up to its total, or is empty."""

    providers: list[TotalRow]
    kinds: list[TotalRow]


def price_parts(
    offer: Offer, breakdown: Breakdown | None, chosen: Mapping[str, str] | None = None
) -> PriceParts:
    """The lines of the tariff go to the components that they pay for; the others to the hoster.

    `chosen`: the structure asked for, by component. Nothing is told of a price that is not firm, of a hoster alone,
    or while no line is linked to a component.
    """
    asked = chosen or {}
    paid = {code: part.component for part in all_parts(offer) for code in part.charges}
    bill = breakdown.first_year_bill if breakdown else None
    if bill is None or not paid:
        return PriceParts([], [])
    amounts = [(paid.get(each.line.code), each.gross) for each in bill.lines]

    def provider(component: Component | None) -> str:
        name = asked.get(component.slug, component.provider) if component else ""
        return name or offer.hoster.name

    mixed = len({component.kind for component in paid.values()}) > 1
    return PriceParts(_shared(amounts, provider), _shared(amounts, _kind) if mixed else [])


def _kind(component: Component | None) -> str:
    """Setting up, membership and discounts belong to no component."""
    if component is None:
        return _("Pour le reste")
    return {
        "prestation": _("Pour les prestations, faites une fois"),
        "service": _("Pour l’aide qui vous suit"),
        "produit": _("Pour les outils"),
    }[component.kind]


def _shared(
    amounts: list[tuple[Component | None, Decimal]], name: Callable[[Component | None], str]
) -> list[TotalRow]:
    """Amounts added up by name, in the order of the price; nothing when one name has it all."""
    totals: dict[str, Decimal] = {}
    for component, amount in amounts:
        label = name(component)
        totals[label] = totals.get(label, Decimal(0)) + amount
    rows = [TotalRow(label, amount) for label, amount in totals.items() if amount]
    return rows if len(rows) > 1 else []
