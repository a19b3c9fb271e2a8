"""What a visitor configures on an offer: the form, its price, and the address that keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from offers.models import Offer, TariffVersion
from offers.tariffs import tariff_in_force
from pricing.engine import Breakdown, Outcome, price
from pricing.forms import SelectionForm


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
        """A firm price gives a quote at once; a price to be made by a person gives a request."""
        return self.breakdown is not None and self.breakdown.outcome in {Outcome.PRICED, Outcome.ON_QUOTE}


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
