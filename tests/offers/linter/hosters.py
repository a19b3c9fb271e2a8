"""A hoster without a fault, as facts, in which each test plants one."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

from offers.linter import Finding, HosterFacts, OfferFacts, lint_facts
from offers.linter.facts import (
    ComponentFacts,
    ContactFacts,
    CostFacts,
    DisplayFacts,
    ExitFacts,
    MarketFacts,
    RangeFacts,
    RightFacts,
    TariffFacts,
    TextFacts,
    UsageFacts,
)
from pricing.engine import TariffError, VatPolicy, VatRegime, parse_tariff

TODAY = date(2026, 11, 22)
LIABLE = VatPolicy(VatRegime.LIABLE, Decimal(20))
EXIT = ExitFacts(
    notice_days=30,
    export_formats="vos fichiers tels quels",
    retrieval_days=30,
    erasure_days=60,
    termination="un message suffit",
    change="à la prochaine facture",
)
FILES = ComponentFacts(
    slug="fichiers",
    title="Partager ses documents",
    need="Partager ses documents",
    function="Stocker et écrire à plusieurs",
    software="Nextcloud",
    rights=(RightFacts(metric="storage_gb"),),
)
TRAINING = ComponentFacts(
    slug="formation",
    title="Être à l’aise",
    need="Être à l’aise",
    function="Une formation de deux heures",
    kind="prestation",
)
MEETINGS = ComponentFacts(
    slug="reunions",
    title="Se réunir à distance",
    need="Se réunir à distance",
    function="Une salle permanente",
)


def tariff(monthly: str = "10.00", yearly: str = "100.00", **more: Any) -> TariffFacts:
    """A flat price by month and by year with 20 GB, unless told otherwise."""
    definition: dict[str, Any] = {
        "metrics": [{"code": "storage_gb", "label": "Espace commun", "unit": "Go", "pooled": True}],
        "charges": [{"type": "flat", "label": "Abonnement", "price": {"1": monthly, "12": yearly}}],
        "terms": [{"months": 1}, {"months": 12}],
        "includes": [{"metric": "storage_gb", "quantity": 20}],
    }
    return priced(definition | more)


def priced(definition: Mapping[str, Any]) -> TariffFacts:
    """The tariff of a definition, or its problems."""
    try:
        return TariffFacts(parse_tariff(definition))
    except TariffError as error:
        return TariffFacts(None, error.problems)


def includes(gigabytes: int) -> list[dict[str, Any]]:
    return [{"metric": "storage_gb", "quantity": gigabytes}]


def per_person(**charge: Any) -> dict[str, Any]:
    """Metrics and charges of a tariff that counts people."""
    people = {"code": "users", "label": "Personnes", "unit": "personne", "units": "personnes", "minimum": 1}
    return {
        "metrics": [
            {**people, "nominative": True},
            {"code": "storage_gb", "label": "Espace commun", "unit": "Go", "pooled": True},
        ],
        "charges": [{"label": "Personnes", "metric": "users", **charge}],
    }


SMALL = OfferFacts(
    slug="brindille",
    name="Brindille",
    range="nids",
    purpose="Vos documents au même endroit, à plusieurs.",
    not_included="La reprise de vos anciens fichiers se chiffre à part.",
    parts=(FILES, TRAINING),
    tariff=tariff(),
    texts=(
        TextFacts(
            "purpose", "Vos documents au même endroit, à plusieurs, pour 10 € par mois ou 100 € par an."
        ),
    ),
    exit=EXIT,
    market=MarketFacts("align", {"Untel": Decimal("9.00"), "Unetelle": Decimal("8.00")}),
    costs=CostFacts(variable=Decimal("20.00"), full=Decimal("60.00")),
    usage=UsageFacts(quotes=10),
    review_on=date(2027, 6, 1),
    evidence=2,
    availability=Decimal("99.5"),
    limits=("Pas d’astreinte la nuit.",),
    display=DisplayFacts(first_year=Decimal("100.00")),
)
LARGE = replace(
    SMALL,
    slug="ramure",
    name="Ramure",
    parts=(FILES, TRAINING, MEETINGS),
    tariff=tariff("20.00", "200.00", includes=includes(100)),
    texts=(TextFacts("purpose", "Vos documents et vos réunions."),),
    market=MarketFacts("align", {"Untel": Decimal("18.00")}),
    display=DisplayFacts(first_year=Decimal("200.00")),
)
GOOD = HosterFacts(
    slug="nid",
    name="Le Nid",
    offers=(SMALL, LARGE),
    ranges={"nids": RangeFacts("nids", "Les nids")},
    vat=LIABLE,
    glossary=frozenset({"IMAP"}),
    contact=ContactFacts(required_fields={"devis": 5}),
    usage=UsageFacts(quotes=10, bespoke=3),
)


def hoster(*offers: OfferFacts, **changes: Any) -> HosterFacts:
    """The good hoster with these offers instead of its own."""
    return replace(GOOD, offers=offers or GOOD.offers, **changes)


def with_small(**changes: Any) -> HosterFacts:
    """The good hoster, its small plan changed."""
    return hoster(replace(SMALL, **changes), LARGE)


def with_large(**changes: Any) -> HosterFacts:
    return hoster(SMALL, replace(LARGE, **changes))


def alone(**changes: Any) -> HosterFacts:
    """The small plan alone, outside any range: nothing to be compared with."""
    return hoster(replace(SMALL, range="", **changes))


def findings(facts: HosterFacts) -> list[Finding]:
    return lint_facts(facts, today=TODAY)


def codes(facts: HosterFacts) -> list[str]:
    return [finding.check for finding in findings(facts)]


def said(facts: HosterFacts, check: str) -> list[Finding]:
    return [finding for finding in findings(facts) if finding.check == check]
