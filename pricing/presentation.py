"""How a price is written on a page: captions and rows, the same on the storefront and in the workshop."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Protocol

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from pricing.engine import Bill, Breakdown, Cadence
from pricing.engine.statement import YEAR


class HasCadence(Protocol):
    """A line of an answer or of a document."""

    @property
    def cadence(self) -> str: ...


@dataclass(frozen=True)
class LineGroup:
    """The lines that are due at the same rhythm."""

    label: str
    lines: list[HasCadence]


@dataclass(frozen=True)
class TotalRow:
    """One total: its words, its amount (EUR) and whether it is the one to compare."""

    label: str
    amount: Decimal
    main: bool = False


def period_words(months: int) -> str:
    """`par mois`, `par an`, `tous les deux ans`."""
    known = {1: _("par mois"), 3: _("par trimestre"), 12: _("par an"), 24: _("tous les deux ans")}
    return known.get(months) or ngettext("par mois", "tous les %(n)s mois", months) % {"n": months}


def due_words(cadence: str, months: int) -> str:
    """When a line is due: `par mois`, `une seule fois`, `chaque année`; `months`: its period."""
    if cadence == Cadence.PERIOD:
        return period_words(months)
    return _("une seule fois") if cadence == Cadence.ONE_OFF else _("chaque année")


def main_price(months: int, *, period: Decimal, first: Decimal, yearly: Decimal) -> tuple[Decimal, str]:
    """The price to speak of first (EUR) and its rhythm: a period; else a year; else what is paid only once."""
    if not period and yearly:
        return yearly, period_words(YEAR)
    if not period and first:
        return first, _("une seule fois")
    return period, period_words(months)


def caption(months: int, *, with_vat: bool) -> str:
    """What follows the big price. TTC is only said where VAT is charged (DEV-06)."""
    return f"{_('TTC')} {period_words(months)}" if with_vat else period_words(months)


def line_groups(lines: Iterable[HasCadence], *, months: int | None) -> list[LineGroup]:
    """The lines by rhythm, so that what comes back and what comes once are never mistaken (002-011).

    `months` None: the lines come back at several rhythms.
    """
    words = _("à chaque échéance") if months is None else period_words(months)
    labels = {
        Cadence.PERIOD: words[0].upper() + words[1:],
        Cadence.ONE_OFF: _("Une seule fois"),
        Cadence.YEARLY: _("Chaque année"),
    }
    rows = list(lines)
    groups = [
        LineGroup(label, [row for row in rows if row.cadence == cadence]) for cadence, label in labels.items()
    ]
    return [group for group in groups if group.lines]


def total_rows(breakdown: Breakdown, *, with_vat: bool) -> list[TotalRow]:
    """The totals of an answer; nothing is discovered later (Q-SETUPSHOWN)."""
    return bill_rows(
        breakdown.first_invoice, breakdown.first_year_total, breakdown.yearly_after, with_vat=with_vat
    )


def bill_rows(
    first: Decimal | None, year: Decimal | None, after: Decimal | None, *, with_vat: bool
) -> list[TotalRow]:
    """First invoice, first year and following years; no row for no amount."""
    suffix = f" {_('TTC')}" if with_vat else ""
    rows = [
        (_("Première facture"), first, False),
        (_("Première année"), year, True),
        (_("Années suivantes, par an"), after, False),
    ]
    return [TotalRow(label + suffix, amount, main) for label, amount, main in rows if amount is not None]


def tax_rows(bill: Bill | None) -> list[TotalRow]:
    """HT and VAT of a bill, below the TTC price (002-142); nothing when no VAT is charged."""
    if bill is None or not bill.vat:
        return []
    rows = [TotalRow(_("dont hors taxes"), bill.net)]
    for row in bill.vat_rows:
        if row.vat:
            rate = f"{row.rate.normalize():f}".replace(".", ",")
            rows.append(TotalRow(_("dont TVA à %(rate)s %%") % {"rate": rate}, row.vat))
    return rows
