"""What a visitor configures on an offer: the form, its price, and the address that keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone

from offers.models import Offer, TariffVersion
from offers.tariffs import tariff_in_force
from pricing.engine import Breakdown, Outcome, price
from pricing.forms import SelectionForm
from pricing.mentions import vat_mention
from pricing.presentation import LineGroup, TotalRow, caption, line_groups, tax_rows, total_rows


@dataclass(frozen=True)
class Configuration:
    """One configuration of one offer. `breakdown` is None while the form has an error."""

    offer: Offer
    version: TariffVersion
    form: SelectionForm
    breakdown: Breakdown | None

    @property
    def query(self) -> str:
        """The parameters that give this same page again."""
        return urlencode(self.form.parameters()) if self.breakdown else ""

    @property
    def priced(self) -> bool:
        return self.breakdown is not None and self.breakdown.outcome == Outcome.PRICED

    @property
    def can_be_asked(self) -> bool:
        """A firm price gives a quote at once; a trial, or a price that a person must make, gives a request."""
        askable = {Outcome.PRICED, Outcome.ON_QUOTE, Outcome.TRIAL}
        return self.breakdown is not None and self.breakdown.outcome in askable

    @property
    def story(self) -> str:
        """How this price is made, told from the tariff itself (002-119)."""
        return self.version.tariff.story(self.offer.segment)

    @property
    def mention(self) -> str:
        """Why no VAT is charged, or ""."""
        return vat_mention(self.offer.hoster.vat_policy.regime, on=timezone.localdate())

    @property
    def caption(self) -> str:
        """What follows the big price, such as « TTC par mois »."""
        assert self.breakdown is not None
        return caption(self.breakdown.months, with_vat=self.offer.hoster.charges_vat)

    @property
    def groups(self) -> list[LineGroup]:
        """The lines of the price, by rhythm."""
        assert self.breakdown is not None
        return line_groups(self.breakdown.lines, months=self.breakdown.months)

    @property
    def totals(self) -> list[TotalRow]:
        assert self.breakdown is not None
        return total_rows(self.breakdown, with_vat=self.offer.hoster.charges_vat)

    @property
    def taxes(self) -> list[TotalRow]:
        """HT and VAT of the price of a period."""
        return tax_rows(self.breakdown.period_bill) if self.breakdown else []


def configure(offer: Offer, data: Mapping[str, Any]) -> Configuration | None:
    """Read a configuration and price it with the tariff in force; None for an offer that has none yet."""
    version = tariff_in_force(offer)
    if version is None:
        return None
    form = SelectionForm(version.tariff, data, segment=offer.segment)
    breakdown = None
    if form.is_valid():
        breakdown = price(version.tariff, form.selection(), vat=offer.hoster.vat_policy)
    return Configuration(offer, version, form, breakdown)
