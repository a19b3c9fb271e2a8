"""The offers of a range side by side: at most four, what they share said once, what differs marked (002-056)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from itertools import pairwise

from offers.configurator import Configuration
from offers.differences import Row, rows_of
from offers.models import Need, Offer
from offers.parts import all_parts
from offers.reference_price import ReferencePrice, reference_price
from offers.smallest import smallest
from offers.tariffs import tariff_in_force
from pricing.engine.money import ZERO
from pricing.forms import TERM, term_label
from pricing.typography import NBSP, euros

#: Beyond this nobody compares any more (Q-COUNT, 002-071).
MOST_COLUMNS = 4


@dataclass(frozen=True)
class Column:
    """One offer at its cheapest configuration. `asked_months`: the term of the switch, perhaps not sold here.
    `reduced`: its quantities are smaller than those its page starts from."""

    offer: Offer
    starting: Configuration | None
    asked_months: int = 0
    reduced: bool = False

    @property
    def needs(self) -> list[Need]:
        """What it is for, each need once, in the order of its components."""
        return list(dict.fromkeys(part.component.need for part in all_parts(self.offer)))

    @property
    def other_term(self) -> bool:
        """Whether the price shown is for another term than the one asked, which this offer does not sell."""
        known = self.starting is not None and self.starting.breakdown is not None
        return known and bool(self.asked_months) and self.months != self.asked_months

    @property
    def months(self) -> int:
        return self.starting.breakdown.months if self.starting and self.starting.breakdown else 0

    @property
    def basis(self) -> str:
        """What the price shown is for: `5 personnes, 20 Go`; "" when nothing is counted."""
        if self.starting is None or not self.starting.priced:
            return ""
        chosen = self.starting.form.selection().quantities
        counted = self.starting.form.counted
        return ", ".join(
            counted[code].words(Decimal(quantity)) for code, quantity in chosen.items() if quantity
        )

    @cached_property
    def reference(self) -> ReferencePrice | None:
        if self.starting is None or self.starting.breakdown is None:
            return None
        return reference_price(self.starting.version.tariff, self.starting.breakdown)

    @property
    def first_year(self) -> Decimal | None:
        """Everything invoiced in the first twelve months (EUR); None without a firm price."""
        if self.starting is None or self.starting.breakdown is None or not self.starting.priced:
            return None
        return self.starting.breakdown.first_year_total

    @property
    def rhythm(self) -> str:
        """`chaque année`: how the price shown is paid."""
        return term_label(self.months)

    @property
    def is_free(self) -> bool:
        """Whether the price shown is no price at all."""
        return self.starting is not None and self.starting.priced and not self.starting.amount

    @property
    def url(self) -> str:
        """The offer as it is shown: its term, and its quantities when its page starts from others."""
        if self.reduced and self.starting is not None:
            return f"{self.offer.get_absolute_url()}?{self.starting.query}"
        sold = terms_of(self.offer)
        query = f"?{TERM}={self.months}" if self.months and len(sold) > 1 and self.months != sold[0] else ""
        return self.offer.get_absolute_url() + query


@dataclass(frozen=True)
class Comparison:
    """`rest`: the offers beyond the columns, still to be read behind « voir toutes »."""

    columns: tuple[Column, ...]
    rest: tuple[Column, ...]

    @cached_property
    def rows(self) -> list[Row]:
        return rows_of([(column.offer, column.starting) for column in self.columns])

    @property
    def common(self) -> list[Row]:
        """What every column gives alike. Nothing is common to one offer alone."""
        return [row for row in self.rows if row.is_common and row.cells[0].had]

    @property
    def differing(self) -> list[Row]:
        return [row for row in self.rows if not row.is_common]

    @property
    def compares(self) -> bool:
        """Whether there is something to put side by side."""
        return len(self.columns) > 1

    @property
    def steps(self) -> list[tuple[str, str]]:
        """What each offer costs more than the one before it, the first year; nothing while a price is on quote."""
        years = [column.first_year for column in self.columns]
        if len(years) < 2 or any(year is None for year in years):
            return []
        gaps = [(after or ZERO) - (before or ZERO) for before, after in pairwise(years)]
        names = [column.offer.name for column in self.columns]
        return list(zip(names, ["–", *map(_signed, gaps)], strict=True))

    @property
    def mention(self) -> str:
        """Why no VAT is charged, or ""."""
        return next((column.starting.mention for column in self.columns if column.starting), "")

    @property
    def all(self) -> tuple[Column, ...]:
        return self.columns + self.rest


def _signed(gap: Decimal) -> str:
    return f"{'+' if gap >= ZERO else '−'}{NBSP}{euros(abs(gap))}"


def compare(offers: Sequence[Offer], *, months: int = 0) -> Comparison:
    """Compare offers in the order given, at a term (months; 0: the first one that each of them sells)."""
    columns = [at_term(offer, months) for offer in offers]
    return Comparison(tuple(columns[:MOST_COLUMNS]), tuple(columns[MOST_COLUMNS:]))


def at_term(offer: Offer, months: int) -> Column:
    """What « à partir de » says of an offer for a term when it is sold, else for its first one."""
    data = {TERM: str(months)} if months in terms_of(offer) else {}
    starting, reduced = smallest(offer, data)
    return Column(offer, starting, months, reduced)


def terms_of(offer: Offer) -> list[int]:
    """The terms at which an offer is sold, in months; none for a trial or an offer without a tariff yet."""
    version = tariff_in_force(offer)
    if version is None or (version.tariff.trial is not None and version.tariff.trial.plan):
        return []
    return [term.months for term in version.tariff.terms]
