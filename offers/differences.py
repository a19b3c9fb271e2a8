"""What offers give, row by row, so that what they share and what differs can be told apart (002-056, 002-132)."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from offers.configurator import Configuration
from offers.entitlements import rights_of
from offers.models import Component, Need, Offer, OfferComponent
from offers.parts import all_parts
from pricing.engine import Cadence, Tariff
from pricing.engine.money import ZERO
from pricing.typography import euros

Compared = Sequence[tuple[Offer, Configuration | None]]


@dataclass(frozen=True)
class Cell:
    """What one offer gives of a row. `text` is said in words; `had` False: not in this offer."""

    text: str
    had: bool = True
    offer: str = field(default="", compare=False)


@dataclass(frozen=True)
class Row:
    """One thing compared. `need` None: a condition of the contract rather than a component."""

    title: str
    cells: tuple[Cell, ...]
    need: Need | None = None
    software: str = ""

    @property
    def is_common(self) -> bool:
        """The same for everybody; a single offer shares nothing."""
        return len(self.cells) > 1 and len(set(self.cells)) == 1

    @property
    def says_more(self) -> bool:
        """Whether the first cell has more to say than « compris »."""
        return self.cells[0].text != _included()


def rows_of(compared: Compared) -> list[Row]:
    """The components in the order of the offers, then the conditions."""
    components = dict.fromkeys(part.component for offer, _starting in compared for part in all_parts(offer))
    rows = [_component(component, compared) for component in components] + _conditions(compared)
    names = [offer.name for offer, _starting in compared]
    return [replace(row, cells=tuple(map(_named, row.cells, names))) for row in rows]


def _named(cell: Cell, name: str) -> Cell:
    """The cell says whose it is: on a small screen each row is a card."""
    return replace(cell, offer=name)


def _included() -> str:
    return _("compris")


def _component(component: Component, compared: Compared) -> Row:
    cells = [_given(component, offer, starting) for offer, starting in compared]
    return Row(component.function, tuple(cells), component.need, component.software)


def _given(component: Component, offer: Offer, starting: Configuration | None) -> Cell:
    part = next((part for part in all_parts(offer) if part.component == component), None)
    if part is None:
        return Cell(_("non compris"), had=False)
    return Cell(_told(part, starting.version.tariff if starting else None))


def _told(part: OfferComponent, tariff: Tariff | None) -> str:
    rights = rights_of(part, tariff)
    return ", ".join(filter(None, [part.detail, *rights])) or _included()


def _conditions(compared: Compared) -> list[Row]:
    """What is paid once, what may be refunded, how one leaves. A row that concerns nobody is left out."""
    told = {
        _("À payer une seule fois"): [_once(starting) for _offer, starting in compared],
        _("Satisfait ou remboursé"): [_guarantee(starting) for _offer, starting in compared],
        _("Préavis pour partir"): [Cell(_days(offer.notice_days)) for offer, _starting in compared],
        _("Lieu des données"): [
            Cell(offer.data_location or _("non précisé"), had=bool(offer.data_location))
            for offer, _starting in compared
        ],
    }
    return [Row(title, tuple(cells)) for title, cells in told.items() if any(cell.had for cell in cells)]


def _once(starting: Configuration | None) -> Cell:
    """What is paid once, at the start."""
    if starting is None or starting.breakdown is None:
        return Cell(_("sur devis"))
    lines = [line for line in starting.breakdown.lines if line.cadence == Cadence.ONE_OFF]
    if any(line.amount is None for line in lines):
        return Cell(_("sur devis"))
    total = sum((line.amount or ZERO for line in lines), ZERO)
    return Cell(euros(total)) if total else Cell(_("rien"), had=False)


def _guarantee(starting: Configuration | None) -> Cell:
    days = starting.version.tariff.guarantee_days if starting else 0
    return Cell(_days(days)) if days else Cell(_("non"), had=False)


def _days(days: int) -> str:
    return ngettext("%(n)s jour", "%(n)s jours", days) % {"n": days}
