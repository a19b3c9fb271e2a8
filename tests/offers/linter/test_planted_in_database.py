"""A clean offer in the database, one fault planted at a time: the right check speaks, and no other error."""

from collections.abc import Callable
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.utils import timezone
from django_scopes import scope

from hosters.models import Hoster
from offers.linter import Finding, lint_hoster
from offers.models import Component, Entitlement, Evidence, Offer, OfferComponent
from offers.tariffs import publish_tariff
from pricing.engine import Severity, VatRegime
from tests.factories import make_offer
from tests.offers.linter.clean import make_answer, tariff

YESTERDAY = timezone.localdate() - timedelta(days=1)


def change(**values: Any) -> Callable[[], Any]:
    return lambda: Offer.objects.filter(slug="petit").update(**values)


def priced(definition: dict[str, Any], slug: str = "petit") -> Callable[[], Any]:
    return lambda: publish_tariff(offer=Offer.objects.get(slug=slug), definition=definition)


def in_component(**values: Any) -> Callable[[], Any]:
    return lambda: Component.objects.filter(slug="ranger").update(**values)


def add_to_small() -> None:
    offer = Offer.objects.get(slug="petit")
    OfferComponent.objects.create(offer=offer, component=make_answer(offer.hoster, "Dessiner"), position=5)


def crowd() -> None:
    model = Offer.objects.get(slug="grand")
    for number, name in enumerate(["Prunier", "Cerisier", "Noyer"], 3):
        prices = (f"{number}0.00", f"{number}00.00", str(number * 90))
        other = make_offer(model.hoster, name=name, tariff=tariff(*prices), range=model.range)
        other.parts.all().delete()
        for part in model.parts.all():
            copy = OfferComponent.objects.create(offer=other, component=part.component)
            if part.entitlements.exists():
                Entitlement.objects.create(part=copy, metric="storage_gb")


def costly() -> None:
    offer = Offer.objects.get(slug="petit")
    offer.hoster.cost_lines.create(
        year=timezone.localdate().year,
        family="infrastructure",
        label="Disques",
        amount=900,
        nature="per_client",
    )


#: Only what no row of the database can hold: our pages have the three ways out and show the whole first year, and
#: a need is required by the table. Two more are read from documents (tests/billing/test_sales.py).
ELSEWHERE = {"Q-CONTACT", "Q-SETUPSHOWN", "Q-NEED", "Q-SURMESURE"}
MORE = {"code": "plus", "label": "Place", "adds": {"storage_gb": "70"}, "price": {"1": "2.00", "12": "20.00"}}
OPTIONS = [{"code": f"o{n}", "label": f"Choix {n}", "price": {"1": "1.00", "12": "10.00"}} for n in range(6)]
MONTHLY = {"type": "flat", "label": "Abonnement", "price": "10.00"}
STEPS = {
    "metrics": [
        {"code": "storage_gb", "label": "Espace", "unit": "Go"},
        {"code": "users", "label": "Personnes", "unit": "personne", "minimum": "1"},
    ],
    "charges": [
        {
            "type": "volume",
            "label": "Personnes",
            "metric": "users",
            "tiers": [
                {"up_to": "15", "flat": {"1": "10.00", "12": "100.00"}},
                {"flat": {"1": "15.00", "12": "150.00"}},
            ],
        }
    ],
}
MAXIMUM = {
    **STEPS,
    "charges": [
        {
            "type": "volume",
            "label": "Personnes",
            "metric": "users",
            "beyond": "maximum",
            "tiers": [{"up_to": "15", "flat": {"1": "10.00", "12": "100.00"}}],
        }
    ],
}
PLANTED: list[tuple[str, str, Callable[[], Any]]] = [
    ("Q-COMPARE", "row not filled", lambda: Entitlement.objects.filter(part__offer__slug="petit").delete()),
    ("Q-JARGON", "acronym", change(purpose="Ranger vos documents avec un SLA.")),
    ("Q-WHAT", "no purpose", change(purpose="")),
    ("Q-COUNT", "five plans", crowd),
    ("Q-MONOTONE", "dearer with less", priced(tariff("20.00", "200.00", "10"), "grand")),
    ("Q-TRAP", "absent of the dearer plan", add_to_small),
    (
        "Q-DOMINATED",
        "supplement instead of the plan",
        priced(tariff("10.00", "100.00", "20", options=[MORE])),
    ),
    ("Q-DIFF", "same for twice", priced(tariff("10.00", "100.00", "90"))),
    ("Q-NAME", "doubled vowel", change(name="Liibre")),
    ("Q-FAMILY", "other prefix", lambda: Offer.objects.get(slug="petit").hoster.ranges.update(prefix="Nid")),
    ("Q-PRICE", "far above", priced(tariff("90.00", "900.00", "90"), "grand")),
    ("Q-REVIEW", "yesterday", change(review_on=YESTERDAY)),
    ("Q-NEEDSFIRST", "software first", in_component(function="Nextcloud et Collabora")),
    ("Q-TRIAL", "year only", priced(tariff("10.00", "100.00", "20", terms=[{"months": 12}]))),
    (
        "Q-PERIODS",
        "month only",
        priced({**tariff("1.00", "1.00", "20", terms=[{"months": 1}]), "charges": [MONTHLY]}),
    ),
    ("Q-DISCOUNT", "dearer by the year", priced(tariff("10.00", "130.00", "20"))),
    ("Q-LOSS", "below cost", costly),
    ("Q-OPTIONS", "six", priced(tariff("10.00", "100.00", "20", options=OPTIONS))),
    ("Q-FOOTNOTE", "star", change(audience="Pour débuter*")),
    ("Q-DISPLAY", "wrong amount", change(purpose="Ranger vos documents pour 299,99 € par mois.")),
    ("Q-EXIT", "no format", change(export_formats="")),
    ("Q-TTC", "no rate", lambda: Hoster.objects.update(vat_regime=VatRegime.LIABLE.value, country="CH")),
    (
        "Q-ACCOMP",
        "hosting alone",
        lambda: OfferComponent.objects.filter(component__slug="apprendre").delete(),
    ),
    ("Q-HONEST", "too good", in_component(availability=Decimal("99.99"))),
    ("Q-TIERS", "nothing above", priced(tariff("1.00", "1.00", "20", **MAXIMUM))),
    ("Q-CLIFF", "fifteen to sixteen", priced(tariff("1.00", "1.00", "20", **STEPS))),
    ("Q-EVIDENCE", "nobody asked", lambda: Evidence.objects.all().delete()),
]


def said(hoster: Hoster) -> list[Finding]:
    return lint_hoster(hoster)


def test_clean_offers_have_no_error_nor_warning(clean: Hoster) -> None:
    assert [(each.check, each.offer) for each in said(clean) if each.severity is not Severity.INFO] == []


@pytest.mark.parametrize(
    ("check", "plant"), [(each[0], each[2]) for each in PLANTED], ids=[" ".join(each[:2]) for each in PLANTED]
)
def test_fault_in_the_database_is_found_and_no_other_error(
    clean: Hoster, check: str, plant: Callable[[], Any]
) -> None:
    assert check not in {each.check for each in said(clean)}
    with scope(hoster=clean):
        plant()
    found = said(Hoster.objects.get(pk=clean.pk))
    assert check in {each.check for each in found}
    assert {each.check for each in found if each.severity is Severity.ERROR} <= {check}
