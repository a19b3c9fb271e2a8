"""The tables of the offers app; one file, one idea."""

from offers.models.component import Component, ComponentKind
from offers.models.need import Need
from offers.models.offer import Offer, OfferComponent, Segment
from offers.models.tariff_version import TariffVersion

__all__ = ["Component", "ComponentKind", "Need", "Offer", "OfferComponent", "Segment", "TariffVersion"]
