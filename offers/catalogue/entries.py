"""What a catalogue file says, as plain data; the same objects are made from the database for an export."""

from dataclasses import dataclass
from datetime import date

from pricing.engine import Tariff, VatRegime


@dataclass(frozen=True)
class SubprocessorEntry:
    name: str
    purpose: str
    data: str
    country: str


@dataclass(frozen=True)
class HosterEntry:
    """Who sells. Mirrors the identity of `Hoster`."""

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


@dataclass(frozen=True)
class NeedEntry:
    title: str
    explanation: str = ""
    icon: str = "sparkles"


@dataclass(frozen=True)
class ComponentEntry:
    """`need` is the title of a need."""

    slug: str
    need: str
    function: str
    kind: str
    software: str = ""
    billing: str = "recurring"
    delivery: str = "automatic"


@dataclass(frozen=True)
class RangeEntry:
    slug: str
    name: str
    purpose: str = ""


@dataclass(frozen=True)
class EntitlementEntry:
    """Either a metric of the offer's tariff or a few words."""

    metric: str = ""
    label: str = ""


@dataclass(frozen=True)
class PartEntry:
    """`component` is the slug of a component."""

    component: str
    detail: str = ""
    entitlements: tuple[EntitlementEntry, ...] = ()


@dataclass(frozen=True)
class OfferEntry:
    """`range` is the slug of a range; `tariff` None: no price yet."""

    slug: str
    name: str
    audience: str
    purpose: str
    former_name: str = ""
    is_example: bool = False
    segment: str = "association"
    range: str = ""
    state: str = "draft"
    not_included: str = ""
    comment: str = ""
    notice_days: int = 30
    export_formats: str = ""
    retrieval_days: int = 30
    erasure_days: int = 60
    exit_help: str = ""
    data_location: str = ""
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
