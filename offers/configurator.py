"""What a visitor configures on an offer: the form, its price, and the address that keeps it."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode

from django.utils import timezone
from django.utils.translation import gettext as _

from offers.commitment import commitments, longer_terms
from offers.entitlements import in_words
from offers.models import Offer, TariffVersion
from offers.price_parts import PriceParts, price_parts
from offers.reference_price import ReferencePrice, reference_price
from offers.tariffs import tariff_in_force
from pricing.engine import Breakdown, Outcome, price
from pricing.engine.money import ZERO
from pricing.engine.tariff import quantity_included
from pricing.forms import SelectionForm
from pricing.mentions import vat_mention
from pricing.presentation import LineGroup, TotalRow, line_groups, main_price, tax_rows, total_rows


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
    def amount(self) -> Decimal:
        """What is said first, EUR as clients pay: a period, else a year, else what is paid once. Of a firm price."""
        return self._main_price[0]

    @property
    def reference(self) -> ReferencePrice | None:
        """The price to strike beside this one, with its condition."""
        return reference_price(self.version.tariff, self.breakdown) if self.breakdown else None

    @property
    def commitments(self) -> list[str]:
        """How many invoices, of how much, until when; refunded or not; what paying less often saves."""
        assert self.breakdown is not None
        tariff, vat = self.version.tariff, self.offer.hoster.vat_policy
        longer = longer_terms(tariff, self.form.selection(), self.breakdown, vat)
        return [*commitments(tariff, self.breakdown, today=timezone.localdate()), *longer]

    @property
    def can_be_asked(self) -> bool:
        """A firm price gives a quote at once; a trial, or a price that a person must make, gives a request."""
        askable = {Outcome.PRICED, Outcome.ON_QUOTE, Outcome.TRIAL}
        return self.breakdown is not None and self.breakdown.outcome in askable

    @property
    def story(self) -> list[str]:
        """How this price is made, told from the tariff itself (002-119)."""
        return self.version.tariff.sentences(self.offer.segment)

    @property
    def mention(self) -> str:
        """Why no VAT is charged, or ""."""
        return vat_mention(self.offer.hoster.vat_policy.regime, on=timezone.localdate())

    @property
    def caption(self) -> str:
        """What follows the big price, such as « TTC par mois »."""
        rhythm = self._main_price[1]
        return f"{_('TTC')} {rhythm}" if self.offer.hoster.charges_vat else rhythm

    @property
    def _main_price(self) -> tuple[Decimal, str]:
        assert self.breakdown is not None
        answer = self.breakdown
        return main_price(
            answer.months,
            period=answer.recurring_per_period or ZERO,
            first=answer.first_invoice or ZERO,
            yearly=answer.yearly_after or ZERO,
        )

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
    def brought(self) -> list[str]:
        """What comes for each person, added up for those asked: 40 addresses for 8 people (002-104)."""
        tariff = self.version.tariff
        asked = self.form.selection().quantities
        counted = {code: Decimal(str(asked.get(code, 0))) for code in tariff.metrics_by_code}
        codes = dict.fromkeys(each.metric for each in tariff.includes if each.per)
        known = [tariff.metrics_by_code[code] for code in codes if code in tariff.metrics_by_code]
        return [in_words(each, quantity_included(tariff.includes, each.code, counted)) for each in known]

    @property
    def parts(self) -> PriceParts:
        """The first year by structure and by kind (002-167, 000-016)."""
        return price_parts(self.offer, self.breakdown)

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
