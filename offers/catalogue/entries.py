"""What a catalogue file says, as plain data; the same objects are made from the database for an export."""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from offers.models.offer import by_the_form, by_writing
from pricing.engine import Tariff, VatRegime


@dataclass(frozen=True)
class SubprocessorEntry:
    name: str
    purpose: str
    data: str
    country: str


@dataclass(frozen=True)
class StatementEntry:
    """A strength, a limit, a value or a label."""

    kind: str
    title: str
    text: str = ""
    evidence_url: str = ""
    is_public: bool = True


@dataclass(frozen=True)
class CommitmentEntry:
    """Where the hoster stands on a commitment of the charter (`hosters.charter`)."""

    code: str
    status: str
    text: str = ""
    evidence_url: str = ""


@dataclass(frozen=True)
class HosterEntry:
    """Who sells. Mirrors the identity and the public promise of `Hoster`."""

    slug: str
    name: str
    legal_name: str
    street: str
    postcode: str
    town: str
    email: str
    is_example: bool = False
    tagline: str = ""
    legal_form: str = "association"
    siren: str = ""
    rna: str = ""
    registration: str = ""
    country: str = "FR"
    phone: str = ""
    contact_person: str = ""
    contact_hours: str = ""
    publication_director: str = ""
    site_host: str = ""
    subprocessors_on: date | None = None
    subprocessors: tuple[SubprocessorEntry, ...] = ()
    vat_regime: str = VatRegime.FRANCHISE.value
    vat_number: str = ""
    iban: str = ""
    account_holder: str = ""
    brand_color: str = "#1f6f5c"
    accent_color: str = ""
    footer_text: str = ""
    response_time: str = ""
    days_off: str = ""
    area_served: str = ""
    data_place: str = ""
    foreign_access: str = ""
    availability_target: Decimal | None = None
    availability_why: str = ""
    backup_copies: int | None = None
    backup_frequency: str = ""
    backup_retention: str = ""
    backup_place: str = ""
    continuity_people: int | None = None
    continuity: str = ""
    nonprofit: str = ""
    why_paid: str = ""
    cost_infrastructure: int | None = None
    cost_salaries: int | None = None
    cost_operations: int | None = None
    cost_savings: int | None = None
    statements: tuple[StatementEntry, ...] = ()
    charter: tuple[CommitmentEntry, ...] = ()


@dataclass(frozen=True)
class NeedEntry:
    """`who`, `what` and `because`: its statement in three parts, all or none (002-165)."""

    title: str
    explanation: str = ""
    icon: str = "sparkles"
    who: str = ""
    what: str = ""
    because: str = ""


@dataclass(frozen=True)
class ComponentEntry:
    """`need` is the title of a need. From `provider` on: its proof, as `offers.models.Component` has it."""

    slug: str
    need: str
    function: str
    kind: str
    software: str = ""
    billing: str = "recurring"
    delivery: str = "automatic"
    variant: str = ""
    is_physical: bool = False
    stock: int | None = None
    hours: Decimal | None = None
    provider: str = ""
    other_providers: str = ""
    contact_person: str = ""
    data_location: str = ""
    export_formats: str = ""
    import_formats: str = ""
    documentation_url: str = ""
    support_hours: str = ""
    coverage: str = ""
    response_hours: int | None = None
    recovery_hours: int | None = None
    minor_recovery_hours: int | None = None
    availability: Decimal | None = None
    backups: str = ""
    prerequisites: str = ""
    skill: str = ""
    development_place: str = ""
    supervision: str = ""
    recovery_plan: str = ""
    maintenance_fixes: str = ""
    maintenance_security: str = ""
    maintenance_changes: str = ""
    review_months: int | None = None
    capacity: int | None = None
    capacity_unit: str = "clients"
    download_url: str = ""


@dataclass(frozen=True)
class RangeEntry:
    slug: str
    name: str
    purpose: str = ""
    prefix: str = ""
    model_families: tuple[str, ...] = ()


@dataclass(frozen=True)
class EntitlementEntry:
    """Either a metric of the offer's tariff or a few words."""

    metric: str = ""
    label: str = ""


@dataclass(frozen=True)
class PartEntry:
    """`component` is the slug of a component, `charges` the codes of the lines of the tariff that pay for it."""

    component: str
    detail: str = ""
    charges: tuple[str, ...] = ()
    entitlements: tuple[EntitlementEntry, ...] = ()


@dataclass(frozen=True)
class FootnoteEntry:
    """`mark` is the sign in a text (`*`, `**`, `†`), `text` what it means."""

    mark: str
    text: str


@dataclass(frozen=True)
class OfferEntry:
    """`range` is the slug of a range, `inherits` the slug of another offer; `tariff` None: no price yet."""

    slug: str
    name: str
    audience: str
    purpose: str
    former_name: str = ""
    is_example: bool = False
    segment: str = "association"
    also_for: tuple[str, ...] = ()
    range: str = ""
    level: str = ""
    level_rank: int = 0
    pack: str = ""
    inherits: str = ""
    state: str = "draft"
    not_included: str = ""
    comment: str = ""
    notice_days: int = 30
    export_formats: str = ""
    retrieval_days: int = 30
    erasure_days: int = 60
    exit_help: str = ""
    data_location: str = ""
    termination_procedure: str = field(default_factory=by_the_form)
    change_procedure: str = field(default_factory=by_writing)
    footnotes: tuple[FootnoteEntry, ...] = ()
    is_trial: bool = False
    review_on: date | None = None
    parts: tuple[PartEntry, ...] = ()
    tariff: Tariff | None = None


@dataclass(frozen=True)
class Catalogue:
    """A whole file. `hoster` None: the offers go to a hoster named elsewhere."""

    format: int = 1
    hoster: HosterEntry | None = None
    needs: tuple[NeedEntry, ...] = ()
    components: tuple[ComponentEntry, ...] = ()
    ranges: tuple[RangeEntry, ...] = ()
    offers: tuple[OfferEntry, ...] = ()
