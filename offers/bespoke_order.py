"""« Sur mesure » : several offers at once, each with its quantities, added up by the engine (002-078)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.utils.translation import gettext as _

from hosters.models import Hoster
from offers.models import Offer
from offers.tariffs import tariff_in_force
from pricing.engine import Breakdown, Outcome, Request, price_several
from pricing.forms import FREE_AMOUNT, MEMBER, TERM, SelectionForm
from pricing.presentation import LineGroup, TotalRow, bill_rows, line_groups

CHOSEN = "choisie"


@dataclass(frozen=True)
class OrderField:
    """One field of one line, named after its offer so that lines do not mix."""

    name: str
    bound: forms.BoundField


@dataclass(frozen=True)
class OrderLine:
    """One offer of the page, taken or not, with its own configurator."""

    offer: Offer
    form: SelectionForm
    taken: bool

    @property
    def checkbox(self) -> str:
        return f"{self.offer.slug}.{CHOSEN}"

    @property
    def fields(self) -> list[OrderField]:
        """What counts, with the names of this line."""
        return [OrderField(f"{self.offer.slug}.{each.name}", each) for each in self.form.quantity_fields()]

    @property
    def terms(self) -> OrderField | None:
        return OrderField(f"{self.offer.slug}.{TERM}", self.form[TERM]) if TERM in self.form.fields else None

    def parameters(self) -> dict[str, str]:
        given = self.form.parameters() if self.form.is_valid() else {}
        return {self.checkbox: "on", **{f"{self.offer.slug}.{name}": value for name, value in given.items()}}

    def words(self) -> str:
        """`Marmule : 12 personnes, 35 Go`."""
        extras = {name: option.metric for name, option in self.form.extras.items()}
        counted = [
            metric.words(value)
            for name, metric in (self.form.counted | extras).items()
            if (value := self.form.cleaned_data.get(name))
        ]
        return _("%(offer)s : %(counted)s") % {"offer": self.offer.name, "counted": ", ".join(counted) or "1"}


@dataclass(frozen=True)
class Order:
    """The whole page. `breakdown` is None while nothing is taken or a quantity is wrong."""

    hoster: Hoster
    lines: Sequence[OrderLine]
    member: bool

    @property
    def taken(self) -> list[OrderLine]:
        return [line for line in self.lines if line.taken]

    @property
    def asks_membership(self) -> bool:
        return any(line.form.tariff.membership is not None for line in self.lines)

    @property
    def errors(self) -> list[tuple[str, str]]:
        """What to correct: the field, then what to write."""
        return [
            (f"{line.offer.name}, {field.label}", str(error))
            for line in self.taken
            for field in line.form
            for error in field.errors
        ]

    @cached_property
    def breakdown(self) -> Breakdown | None:
        if not self.taken or not all(line.form.is_valid() for line in self.taken):
            return None
        requests = [Request(line.offer.name, line.form.tariff, line.form.selection()) for line in self.taken]
        return price_several(requests, vat=self.hoster.vat_policy)

    @property
    def groups(self) -> list[LineGroup]:
        """The lines of the price by rhythm, as on the other tickets."""
        if self.breakdown is None:
            return []
        terms = {line.form.selection().term_months for line in self.taken}
        return line_groups(self.breakdown.lines, months=terms.pop() if len(terms) == 1 else None)

    @property
    def totals(self) -> list[TotalRow]:
        """The totals, or those of what is already known."""
        answer = self.breakdown
        if answer is None:
            return []
        known = answer if answer.outcome is Outcome.PRICED else answer.known_subtotal
        if known is None:
            return []
        return bill_rows(
            known.first_invoice, known.first_year_total, known.yearly_after, with_vat=self.hoster.charges_vat
        )

    @property
    def can_be_asked(self) -> bool:
        return self.breakdown is not None and self.breakdown.outcome in {Outcome.PRICED, Outcome.ON_QUOTE}

    @property
    def query(self) -> str:
        """The parameters that give this same page again."""
        given = {name: value for line in self.taken for name, value in line.parameters().items()}
        return urlencode(given | ({MEMBER: "on"} if self.member else {}))


def read_order(hoster: Hoster, offers: Sequence[Offer], data: Mapping[str, Any]) -> Order:
    """The order that an address describes. Trials and free prices are asked for on their own page."""
    member = bool(data.get(MEMBER))
    return Order(hoster, [line for offer in offers if (line := _line(offer, data, member))], member)


def _line(offer: Offer, data: Mapping[str, Any], member: bool) -> OrderLine | None:
    version = tariff_in_force(offer)
    if (
        version is None
        or (version.tariff.trial and version.tariff.trial.plan)
        or version.tariff.has_free_price()
    ):
        return None
    start = f"{offer.slug}."
    own = {name.removeprefix(start): data.get(name) for name in data if name.startswith(start)}
    given = {name: value for name, value in own.items() if name not in (CHOSEN, FREE_AMOUNT, MEMBER)}
    form = SelectionForm(version.tariff, given | ({MEMBER: "on"} if member else {}), segment=offer.segment)
    return OrderLine(offer, form, bool(own.get(CHOSEN)))
