"""What the checks know of a hoster and its offers: plain values, no query, no clock.

A fact that the application cannot record yet has a default that means *unknown* (None): the check that needs it
then says nothing. An empty value (`()`, `""`, 0) means *asked, and nothing was told*: the check speaks.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from pricing.engine import Problem, Tariff, VatPolicy, check_tariff

ASSOCIATION = "association"


class Lead(StrEnum):
    """What a card shows first, the largest: our own pages always lead with the need."""

    NEED = "need"
    SOFTWARE = "software"
    LOGO = "logo"


@dataclass(frozen=True)
class TextFacts:
    """A text that visitors read, and the field where it is mended (`purpose`, `parts[2].detail`)."""

    path: str
    text: str


@dataclass(frozen=True)
class RightFacts:
    """What a component gives: a metric of the tariff, or a few words."""

    metric: str = ""
    label: str = ""


@dataclass(frozen=True)
class ComponentFacts:
    """A piece of an offer as visitors read it. `title` comes first, then `function`, then `software`.

    `need` "" : linked to no need. `kind`: a code of `offers.models.ComponentKind`. `availability`: its own target, in
    percent.
    """

    slug: str
    title: str
    need: str = ""
    function: str = ""
    software: str = ""
    kind: str = "produit"
    detail: str = ""
    rights: tuple[RightFacts, ...] = ()
    lead: Lead = Lead.NEED
    availability: Decimal | None = None


@dataclass(frozen=True)
class TariffFacts:
    """The tariff in force, or the problems of a definition that cannot be read (`tariff` None)."""

    tariff: Tariff | None
    unreadable: tuple[Problem, ...] = ()

    @cached_property
    def problems(self) -> tuple[Problem, ...]:
        """What the engine itself says of this tariff, worked out once."""
        return self.unreadable if self.tariff is None else tuple(check_tariff(self.tariff))


@dataclass(frozen=True)
class ExitFacts:
    """How the contract ends. `notice_days` None: not told. `termination` and `change` (how to leave, how to move to
    another offer) None: the application cannot record them yet."""

    notice_days: int | None = None
    export_formats: str = ""
    retrieval_days: int | None = None
    erasure_days: int | None = None
    termination: str | None = None
    change: str | None = None


@dataclass(frozen=True)
class MarketFacts:
    """Competitors for the same need. `prices`: EUR a month, TTC, by name. `need`: quantities by metric."""

    strategy: str = "align"  # lower, align, higher (002-029 to 002-031)
    prices: Mapping[str, Decimal] = field(default_factory=dict)
    need: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True)
class CostFacts:
    """What a year of the smallest configuration costs the hoster, EUR HT. `accepted`: why it is sold at a loss
    or at cost all the same (002-017); it silences the check."""

    variable: Decimal
    full: Decimal
    accepted: str = ""


@dataclass(frozen=True)
class UsageFacts:
    """Quotes of the last twelve months: how many, how many made to measure, how many took each option."""

    quotes: int = 0
    bespoke: int = 0
    options: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class DisplayFacts:
    """Amounts typed on a page that is not ours. `first_year`: the total announced, EUR; None: none is."""

    first_year: Decimal | None = None


@dataclass(frozen=True)
class TierRow:
    """A tier as printed: `last` None: no upper bound. `on_quote`: no price in it."""

    first: int
    last: int | None
    on_quote: bool = False


@dataclass(frozen=True)
class OfferFacts:
    """One offer. `range` is the slug of its range, "" outside any.

    Optional facts, None while unknown: `market` (Q-PRICE), `costs` (Q-LOSS), `usage` (Q-OPTIONS), `review_on`
    (Q-REVIEW), `evidence`, how many surveys, focus groups or interviews (Q-EVIDENCE), `availability`, the target of
    the hoster in percent (Q-HONEST), `limits`, what is said of them beside « ce qui n'est pas compris » (Q-HONEST),
    `display`, a page typed elsewhere: ours computes its totals (Q-SETUPSHOWN). `footnotes`: text by mark. `tiers`: as
    printed. `is_trial`: the hoster says that this free offer is its trial.
    """

    slug: str
    name: str
    segment: str = ASSOCIATION
    published: bool = True
    draft: bool = False
    range: str = ""
    purpose: str = ""
    not_included: str = ""
    parts: tuple[ComponentFacts, ...] = ()
    tariff: TariffFacts | None = None
    texts: tuple[TextFacts, ...] = ()
    exit: ExitFacts = ExitFacts()
    footnotes: Mapping[str, str] = field(default_factory=dict)
    tiers: tuple[TierRow, ...] = ()
    is_trial: bool = False
    market: MarketFacts | None = None
    costs: CostFacts | None = None
    usage: UsageFacts | None = None
    review_on: date | None = None
    evidence: int | None = None
    availability: Decimal | None = None
    limits: tuple[str, ...] | None = None
    display: DisplayFacts | None = None


@dataclass(frozen=True)
class RangeFacts:
    """`prefix`: the start that its members share, when the hoster declared one (kDrive, kMail: `k`)."""

    slug: str
    name: str
    prefix: str | None = None


@dataclass(frozen=True)
class ContactFacts:
    """Ways out of every public page, and the required fields of each form."""

    ask: bool = True
    quote: bool = True
    callback: bool = True
    required_fields: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class HosterFacts:
    """Who sells. `vat` None: the regime is not told. `glossary`: words explained to visitors.

    Optional facts, None while unknown: `contact` (Q-CONTACT; our own pages have the three ways out), `usage`
    (Q-SURMESURE).
    """

    slug: str
    name: str
    offers: tuple[OfferFacts, ...] = ()
    ranges: Mapping[str, RangeFacts] = field(default_factory=dict)
    vat: VatPolicy | None = None
    glossary: frozenset[str] = frozenset()
    contact: ContactFacts | None = None
    usage: UsageFacts | None = None
