"""The format of a catalogue file: one declaration reads it, writes it and gives its JSON Schema."""

from decimal import Decimal
from typing import Any

from hosters.charter import CHARTER
from hosters.models import CharterCommitment, Hoster, Statement
from hosters.models.address import COUNTRIES
from hosters.models.hoster import LegalForm
from offers.catalogue.entries import (
    Catalogue,
    CommitmentEntry,
    ComponentEntry,
    EntitlementEntry,
    FootnoteEntry,
    HosterEntry,
    NeedEntry,
    OfferEntry,
    PartEntry,
    RangeEntry,
    StatementEntry,
    SubprocessorEntry,
)
from offers.catalogue.kinds import Day, Icon, Line, OneOf, Slug, TariffKind, WebAddress
from offers.model_families import FAMILIES
from offers.models import Component, ComponentKind, Offer, Segment
from offers.models.offer import by_the_form, by_writing
from pricing.engine.fields import Code, Flag, Many, Number, Percent, Whole
from pricing.engine.records import Field, Record

DAYS = Whole(0, 3650)
HOURS = Whole(0, 8760)
MAINTAINED = ("fixes", "security", "changes")


def optional(key: str, longest: int) -> Field:
    return Field(key, Line(longest, blank=True), "")


SUBPROCESSOR = Record(
    SubprocessorEntry,
    Field("name", Line(120)),
    Field("purpose", Line(160)),
    Field("data", Line(160)),
    Field("country", Line(60)),
)
STATEMENT = Record(
    StatementEntry,
    Field("kind", OneOf(Statement.Kind.values)),
    Field("title", Line(80)),
    optional("text", 400),
    optional("evidence_url", 200),
    Field("is_public", Flag(), True),
)
COMMITMENT = Record(
    CommitmentEntry,
    Field("code", OneOf(each.code for each in CHARTER)),
    Field("status", OneOf(CharterCommitment.Status.values)),
    optional("text", 400),
    optional("evidence_url", 200),
)
SHARE = Whole(0, 100)
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
    optional("accent_color", 7),
    optional("footer_text", 240),
    optional("response_time", 120),
    optional("days_off", 160),
    optional("area_served", 160),
    optional("data_place", 160),
    optional("foreign_access", 400),
    Field("availability_target", Percent(), None),
    optional("availability_why", 400),
    Field("backup_copies", Whole(0, 100), None),
    optional("backup_frequency", 80),
    optional("backup_retention", 80),
    optional("backup_place", 120),
    Field("continuity_people", Whole(1, 1000), None),
    optional("continuity", 400),
    optional("nonprofit", 400),
    optional("why_paid", 800),
    Field("cost_infrastructure", SHARE, None),
    Field("cost_salaries", SHARE, None),
    Field("cost_operations", SHARE, None),
    Field("cost_savings", SHARE, None),
    Field("statements", Many(STATEMENT), ()),
    Field("charter", Many(COMMITMENT), ()),
)
NEED = Record(
    NeedEntry,
    Field("title", Line(80)),
    optional("explanation", 240),
    Field("icon", Icon(), "sparkles"),
    optional("who", 80),
    optional("what", 120),
    optional("because", 160),
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
    Field("variant", OneOf(Component.Variant.values), ""),
    Field("is_physical", Flag(), False),
    Field("stock", Whole(0, 1_000_000), None),
    Field("hours", Number(most=Decimal(9999), above=True, decimals=2), None),
    optional("provider", 120),
    optional("other_providers", 240),
    optional("contact_person", 80),
    optional("data_location", 120),
    optional("export_formats", 240),
    optional("import_formats", 240),
    Field("documentation_url", WebAddress(), ""),
    optional("support_hours", 120),
    Field("coverage", OneOf(Component.Coverage.values), ""),
    Field("response_hours", HOURS, None),
    Field("recovery_hours", HOURS, None),
    Field("minor_recovery_hours", HOURS, None),
    Field("availability", Number(50, Decimal(100), decimals=3), None),
    optional("backups", 240),
    optional("prerequisites", 240),
    optional("skill", 160),
    optional("development_place", 120),
    optional("supervision", 240),
    optional("recovery_plan", 240),
    *(Field(f"maintenance_{each}", OneOf(Component.Maintenance.values), "") for each in MAINTAINED),
    Field("review_months", Whole(1, 60), None),
    Field("capacity", Whole(1, 10_000), None),
    Field("capacity_unit", OneOf(Component.CapacityUnit.values), Component.CapacityUnit.CLIENTS.value),
    Field("download_url", WebAddress(), ""),
)
RANGE = Record(
    RangeEntry,
    Field("slug", Slug(60)),
    Field("name", Line(60)),
    optional("purpose", 240),
    optional("prefix", 20),
    Field("model_families", Many(OneOf(family.code for family in FAMILIES)), ()),
)
ENTITLEMENT = Record(EntitlementEntry, Field("metric", Code(), ""), optional("label", 120))
PART = Record(
    PartEntry,
    Field("component", Slug(60)),
    optional("detail", 160),
    Field("charges", Many(Code()), ()),
    Field("entitlements", Many(ENTITLEMENT), ()),
)
FOOTNOTE = Record(FootnoteEntry, Field("mark", Line(3)), Field("text", Line(240)))
OFFER = Record(
    OfferEntry,
    Field("slug", Slug(60)),
    Field("name", Line(60)),
    optional("former_name", 60),
    Field("is_example", Flag(), False),
    Field("segment", OneOf(Segment.values), Segment.ASSOCIATION.value),
    Field("also_for", Many(OneOf(Segment.values)), ()),
    Field("range", Slug(60), ""),
    optional("level", 40),
    Field("level_rank", Whole(0, 100), 0),
    optional("pack", 40),
    Field("inherits", Slug(60), ""),
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
    Field("termination_procedure", Line(240), by_the_form()),
    Field("change_procedure", Line(240), by_writing()),
    Field("footnotes", Many(FOOTNOTE), ()),
    Field("is_trial", Flag(), False),
    Field("review_on", Day(), None),
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
