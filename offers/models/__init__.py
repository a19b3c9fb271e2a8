"""The tables of the offers app; one file, one idea."""

from offers.models.component import Component, ComponentKind
from offers.models.entitlement import Entitlement
from offers.models.need import Need
from offers.models.offer import Offer, OfferComponent, Segment
from offers.models.range import Range
from offers.models.tariff_draft import TariffDraft
from offers.models.tariff_version import TariffVersion

__all__ = [
    "Component",
    "ComponentKind",
    "Entitlement",
    "Need",
    "Offer",
    "OfferComponent",
    "Range",
    "Segment",
    "TariffDraft",
    "TariffVersion",
]
