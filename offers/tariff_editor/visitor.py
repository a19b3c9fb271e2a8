"""The draft as a visitor would meet it: the public configurator, on a tariff that is not in force."""

from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from offers.configurator import Configuration
from offers.models import Offer, TariffVersion
from offers.tariff_editor.bounds import tariff_of
from offers.tariff_editor.cleaning import cleaned
from pricing.engine import price
from pricing.forms import SelectionForm


def configure_draft(offer: Offer, raw: dict[str, Any], data: Mapping[str, Any]) -> Configuration:
    """As `offers.configurator.configure`, on a draft.

    Raises:
        TariffError: the draft is not a tariff yet.
    """
    tariff_of(raw)  # refuses what is no tariff, or too large a one
    version = TariffVersion(
        offer=offer, number=0, in_force_from=timezone.localdate(), definition=cleaned(raw)
    )
    form = SelectionForm(version.tariff, data, segment=offer.segment)
    breakdown = (
        price(version.tariff, form.selection(), vat=offer.hoster.vat_policy) if form.is_valid() else None
    )
    return Configuration(offer, version, form, breakdown)
