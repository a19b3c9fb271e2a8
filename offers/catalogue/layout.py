"""The format of a catalogue file: one declaration reads it, writes it and gives its JSON Schema."""

from typing import Any

from hosters.models import Hoster
from hosters.models.address import COUNTRIES
from hosters.models.hoster import LegalForm
from offers.catalogue.entries import (
    Catalogue,
    ComponentEntry,
    EntitlementEntry,
    HosterEntry,
    NeedEntry,
    OfferEntry,
    PartEntry,
    RangeEntry,
    SubprocessorEntry,
)
from offers.catalogue.kinds import Day, Icon, Line, OneOf, Slug, TariffKind
from offers.models import Component, ComponentKind, Offer, Segment
from pricing.engine.fields import Code, Flag, Many, Whole
from pricing.engine.records import Field, Record

DAYS = Whole(0, 3650)


def optional(key: str, longest: int) -> Field:
    return Field(key, Line(longest, blank=True), "")


SUBPROCESSOR = Record(
    SubprocessorEntry,
    Field("name", Line(120)),
    Field("purpose", Line(160)),
    Field("data", Line(160)),
    Field("country", Line(60)),
)
HOSTER = Record(
    HosterEntry,
    Field("slug", Slug(40)),
    Field("name", Line(80)),
    Field("is_example", Flag(), False),
    optional("tagline", 160),
    Field("legal_name", Line(120)),
    Field("legal_form", OneOf(LegalForm.values), LegalForm.ASSOCIATION.value),
    optional("siren", 9),
    optional("rna", 10),
    optional("registration", 120),
    Field("street", Line(120)),
    Field("postcode", Line(10)),
    Field("town", Line(80)),
    Field("country", OneOf(code for code, _name in COUNTRIES), "FR"),
    Field("email", Line(254)),
    optional("phone", 30),
    optional("contact_person", 80),
    optional("contact_hours", 120),
    optional("publication_director", 80),
    optional("site_host", 240),
    Field("subprocessors_on", Day(), None),
    Field("subprocessors", Many(SUBPROCESSOR), ()),
    Field("vat_regime", OneOf(Hoster.VatRegimes.values), Hoster.VatRegimes.FRANCHISE.value),
    optional("vat_number", 16),
    optional("iban", 34),
    optional("account_holder", 80),
    Field("brand_color", Line(7), "#1f6f5c"),
)
NEED = Record(
    NeedEntry, Field("title", Line(80)), optional("explanation", 240), Field("icon", Icon(), "sparkles")
)
COMPONENT = Record(
    ComponentEntry,
    Field("slug", Slug(60)),
    Field("need", Line(80)),
    Field("function", Line(240)),
    optional("software", 120),
    Field("kind", OneOf(ComponentKind.values)),
    Field("billing", OneOf(Component.Billing.values), Component.Billing.RECURRING.value),
    Field("delivery", OneOf(Component.Delivery.values), Component.Delivery.AUTOMATIC.value),
)
RANGE = Record(RangeEntry, Field("slug", Slug(60)), Field("name", Line(60)), optional("purpose", 240))
ENTITLEMENT = Record(EntitlementEntry, Field("metric", Code(), ""), optional("label", 120))
PART = Record(
    PartEntry,
    Field("component", Slug(60)),
    optional("detail", 160),
    Field("entitlements", Many(ENTITLEMENT), ()),
)
OFFER = Record(
    OfferEntry,
    Field("slug", Slug(60)),
    Field("name", Line(60)),
    optional("former_name", 60),
    Field("is_example", Flag(), False),
    Field("segment", OneOf(Segment.values), Segment.ASSOCIATION.value),
    Field("range", Slug(60), ""),
    Field("audience", Line(120)),
    Field("purpose", Line(240)),
    optional("not_included", 240),
    Field("state", OneOf(Offer.State.values), Offer.State.DRAFT.value),
    optional("comment", 600),
    Field("notice_days", DAYS, 30),
    optional("export_formats", 240),
    Field("retrieval_days", DAYS, 30),
    Field("erasure_days", DAYS, 60),
    optional("exit_help", 240),
    optional("data_location", 120),
    Field("parts", Many(PART), ()),
    Field("tariff", TariffKind(), None),
)
CATALOGUE = Record(
    Catalogue,
    Field("format", Whole(1, 1), 1),
    Field("hoster", HOSTER, None),
    Field("needs", Many(NEED), ()),
    Field("components", Many(COMPONENT), ()),
    Field("ranges", Many(RANGE), ()),
    Field("offers", Many(OFFER), ()),
)


def catalogue_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a catalogue file."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Catalogue",
        **CATALOGUE.schema(),
        "$defs": {"tariff": TariffKind.definition()},
    }
