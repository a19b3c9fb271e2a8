"""The tables of the offers app; one file, one idea."""

from offers.models.competitor import Competitor, Observation
from offers.models.component import Component, ComponentKind
from offers.models.cost_line import CostLine
from offers.models.entitlement import Entitlement
from offers.models.evidence import Evidence
from offers.models.former_slug import FormerSlug
from offers.models.generation import GeneratedOffer, Generation
from offers.models.glossary_term import GlossaryTerm
from offers.models.need import Need
from offers.models.offer import Offer, OfferComponent, Segment
from offers.models.offer_study import Argument, OfferStudy, Strategy
from offers.models.offer_version import OfferVersion
from offers.models.published_offer import PublishedOffer
from offers.models.range import Range
from offers.models.revenue_source import SOLD, RevenueKind, RevenueSource
from offers.models.tariff_draft import TariffDraft
from offers.models.tariff_version import TariffVersion

__all__ = [
    "SOLD",
    "Argument",
    "Competitor",
    "Component",
    "ComponentKind",
    "CostLine",
    "Entitlement",
    "Evidence",
    "FormerSlug",
    "GeneratedOffer",
    "Generation",
    "GlossaryTerm",
    "Need",
    "Observation",
    "Offer",
    "OfferComponent",
    "OfferStudy",
    "OfferVersion",
    "PublishedOffer",
    "Range",
    "RevenueKind",
    "RevenueSource",
    "Segment",
    "Strategy",
    "TariffDraft",
    "TariffVersion",
]
