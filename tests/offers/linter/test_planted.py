"""One fault in a good hoster: the linter names it, and no other error."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from offers.linter import CHECKS, HosterFacts
from offers.linter.check import Check
from offers.linter.facts import (
    ComponentFacts,
    ContactFacts,
    CostFacts,
    DisplayFacts,
    Lead,
    MarketFacts,
    RangeFacts,
    RightFacts,
    TariffFacts,
    TextFacts,
    TierRow,
    UsageFacts,
)
from pricing.engine import Severity, VatPolicy, VatRegime
from tests.offers.linter.hosters import (
    EXIT,
    FILES,
    GOOD,
    LARGE,
    MEETINGS,
    SMALL,
    TRAINING,
    alone,
    codes,
    findings,
    hoster,
    includes,
    per_person,
    said,
    tariff,
    with_large,
    with_small,
)

NUMBERED = ["Prunier", "Cerisier", "Noyer"]
OPTIONS = [{"code": f"o{n}", "label": f"Option {n}", "price": {"1": "1.00", "12": "10.00"}} for n in range(6)]
MORE_SPACE = {
    "code": "place",
    "label": "Place",
    "adds": {"storage_gb": 10},
    "price": {"1": "1.00", "12": "10.00"},
}


def text(words: str) -> HosterFacts:
    """The small plan with a sentence more."""
    return with_small(texts=(*SMALL.texts, TextFacts("parts[0].function", words)))


def files(**changes: object) -> tuple[ComponentFacts, ...]:
    return (replace(FILES, **changes), TRAINING)


def flat(price: str, months: int) -> TariffFacts:
    """Sold for one length only."""
    charges = [{"type": "flat", "label": "Abonnement", "price": price}]
    return tariff(charges=charges, terms=[{"months": months}], period_months=months)


def crowd() -> HosterFacts:
    """Five plans in a range, each larger and dearer than the one before."""
    more = [
        replace(
            LARGE,
            slug=name.lower(),
            name=name,
            tariff=tariff(f"{rank}0.00", f"{rank}00.00", includes=includes(rank * 90)),
        )
        for rank, name in enumerate(NUMBERED, start=3)
    ]
    return hoster(SMALL, LARGE, *(replace(each, market=None, display=None) for each in more))


PLANTED: list[tuple[str, str, Callable[[], HosterFacts]]] = [
    ("Q-COMPARE", "no tariff", lambda: with_small(tariff=None)),
    ("Q-COMPARE", "tariff that cannot be read", lambda: with_small(tariff=tariff(charges=[]))),
    ("Q-COMPARE", "row that another plan fills", lambda: with_small(parts=files(rights=()))),
    ("Q-COMPARE", "right that the tariff does not count", lambda: alone(parts=files(rights=(RightFacts("domains"),)))),
    ("Q-CONTACT", "no call back", lambda: replace(GOOD, contact=ContactFacts(callback=False))),
    ("Q-CONTACT", "long form", lambda: replace(GOOD, contact=ContactFacts(required_fields={"devis": 7}))),
    ("Q-JARGON", "acronym", lambda: text("Un accès SLA")),
    ("Q-WHAT", "empty", lambda: with_small(purpose=" ")),
    ("Q-WHAT", "two words", lambda: with_small(purpose="Le forfait")),
    ("Q-COUNT", "five plans", crowd),
    ("Q-MONOTONE", "dearer with less", lambda: with_large(
        parts=SMALL.parts, tariff=tariff("20.00", "200.00", includes=includes(10)))),
    ("Q-MONOTONE", "sixteen cheaper than fifteen", lambda: alone(
        tariff=tariff(**per_person(
            type="volume",
            tiers=[{"up_to": 15, "flat": {"1": "9.00", "12": "90.00"}}, {"flat": {"1": "8.00", "12": "80.00"}}],
        )), texts=(), display=None,
    )),
    ("Q-TRAP", "service of the small plan only", lambda: with_small(
        parts=(*SMALL.parts, replace(MEETINGS, slug="agenda", need="Tenir un agenda", title="Tenir un agenda")))),
    ("Q-DOMINATED", "small plan with supplements", lambda: hoster(
        replace(SMALL, tariff=tariff(options=[MORE_SPACE])),
        replace(LARGE, parts=SMALL.parts, tariff=tariff("20.00", "200.00", includes=includes(40))))),
    ("Q-DIFF", "same for twice the price", lambda: with_large(parts=SMALL.parts, tariff=tariff("20.00", "200.00"))),
    ("Q-NAME", "doubled vowel", lambda: with_small(name="Briindille")),
    ("Q-NAME", "symbol", lambda: with_small(name="Brindille/+")),
    ("Q-NAME", "long", lambda: with_small(name="Brindille des associations")),
    ("Q-NAME", "consonants", lambda: with_small(name="Brndtille")),
    ("Q-NAME", "duplicate", lambda: with_small(name="Ramuré")),
    ("Q-NAME", "near duplicate", lambda: with_small(name="Ramures")),
    ("Q-FAMILY", "other beginning", lambda: replace(
        GOOD, ranges={"nids": RangeFacts("nids", "Les nids", prefix="Brin")})),
    ("Q-PRICE", "far above", lambda: with_small(market=MarketFacts("align", {"Untel": Decimal("5.00")}))),
    ("Q-PRICE", "nobody noted", lambda: with_small(market=MarketFacts())),
    ("Q-NEED", "component without need", lambda: with_small(parts=files(need=""))),
    ("Q-SURMESURE", "six in ten", lambda: replace(GOOD, usage=UsageFacts(quotes=10, bespoke=6))),
    ("Q-REVIEW", "yesterday", lambda: with_small(review_on=date(2026, 11, 21))),
    ("Q-NEEDSFIRST", "name as title", lambda: with_small(parts=files(title="Nextcloud et Collabora"))),
    ("Q-NEEDSFIRST", "name as function", lambda: with_small(parts=files(function="Nextcloud, 20 Go"))),
    ("Q-NEEDSFIRST", "logo first", lambda: with_small(parts=files(lead=Lead.LOGO))),
    ("Q-NEEDSFIRST", "unknown name, from its own field", lambda: with_small(
        parts=files(title="Machinchose", software="Machinchose"))),
    ("Q-TRIAL", "a year at once", lambda: alone(
        tariff=flat("100.00", 12), texts=(), display=None)),
    ("Q-PERIODS", "monthly only", lambda: with_small(tariff=flat("10.00", 1), texts=(), display=None)),
    ("Q-PERIODS", "a year that is twelve months", lambda: with_small(
        tariff=tariff(charges=[{"type": "flat", "label": "Abonnement", "price": "10.00"}]), texts=())),
    ("Q-PERIODS", "five lengths", lambda: with_small(
        tariff=tariff(terms=[{"months": months} for months in (1, 2, 3, 6, 12)]))),
    ("Q-DISCOUNT", "a year dearer than its months", lambda: with_small(
        tariff=tariff("10.00", "130.00"), texts=(), display=None)),
    ("Q-LOSS", "below the variable cost", lambda: with_small(costs=CostFacts(Decimal("90.00"), Decimal("95.00")))),
    ("Q-OPTIONS", "six options", lambda: hoster(
        replace(SMALL, tariff=tariff(options=OPTIONS)),
        replace(LARGE, tariff=tariff("20.00", "200.00", includes=includes(100), options=OPTIONS)))),
    ("Q-OPTIONS", "option of six quotes in ten", lambda: alone(
        tariff=tariff(options=OPTIONS[:1]), usage=UsageFacts(quotes=10, options={"o0": 6}))),
    ("Q-FOOTNOTE", "star", lambda: text("Une heure de soutien*")),
    ("Q-FOOTNOTE", "condition", lambda: text("Gratuit sous conditions.")),
    ("Q-DISPLAY", "other amount", lambda: text("Seulement 12 € par mois")),
    ("Q-DISPLAY", "right amount, wrong rhythm", lambda: text("Seulement 10 € par an")),
    ("Q-EXIT", "no notice", lambda: with_small(exit=replace(EXIT, notice_days=None))),
    ("Q-EXIT", "no format", lambda: with_small(exit=replace(EXIT, export_formats=""))),
    ("Q-EXIT", "no time", lambda: with_small(exit=replace(EXIT, retrieval_days=0))),
    ("Q-EXIT", "no erasure", lambda: with_small(exit=replace(EXIT, erasure_days=None))),
    ("Q-EXIT", "no way to leave", lambda: with_small(exit=replace(EXIT, termination=""))),
    ("Q-EXIT", "no way to change", lambda: with_small(exit=replace(EXIT, change=""))),
    ("Q-EXIT", "erased too soon", lambda: with_small(exit=replace(EXIT, erasure_days=10))),
    ("Q-TTC", "no regime", lambda: replace(GOOD, vat=None)),
    ("Q-TTC", "no rate", lambda: replace(GOOD, vat=VatPolicy(VatRegime.LIABLE))),
    ("Q-ACCOMP", "hosting alone", lambda: alone(parts=(FILES,))),
    ("Q-SETUPSHOWN", "total without set-up", lambda: with_small(tariff=tariff(setup_fee="50.00"))),
    ("Q-SETUPSHOWN", "no total", lambda: with_small(
        tariff=tariff(membership={"yearly": "20.00"}), display=DisplayFacts())),
    ("Q-HONEST", "no limit", lambda: with_small(not_included="", limits=())),
    ("Q-HONEST", "too good a target", lambda: with_small(availability=Decimal("99.99"))),
    ("Q-HONEST", "too good a target in words", lambda: text("Une disponibilité de 99,99 %")),
    ("Q-TIERS", "hole as printed", lambda: with_small(tiers=(TierRow(1, 6), TierRow(8, 15), TierRow(16, None)))),
    ("Q-TIERS", "tiers going down", lambda: with_small(
        tariff=tariff(**per_person(
            type="volume", tiers=[{"up_to": 6, "flat": "5.00"}, {"up_to": 5, "flat": "6.00"}])))),
    ("Q-TIERS", "nothing above", lambda: alone(
        tariff=tariff(**per_person(
            type="volume", beyond="maximum", tiers=[{"up_to": 15, "flat": {"1": "10.00", "12": "100.00"}}]
        )))),
    ("Q-CLIFF", "fifteen to sixteen", lambda: alone(
        tariff=tariff(**per_person(type="volume", tiers=[
            {"up_to": 15, "flat": {"1": "10.00", "12": "100.00"}}, {"flat": {"1": "20.00", "12": "200.00"}}])))),
    ("Q-EVIDENCE", "nobody asked", lambda: with_small(evidence=0)),
    ("Q-FOLLOWUP", "installed, then left alone", lambda: with_small(parts=(
        FILES, replace(TRAINING, function="Installer l’outil et former l’équipe")))),
]  # fmt: skip


@pytest.mark.parametrize(
    ("check", "plant"), [(each[0], each[2]) for each in PLANTED], ids=[" ".join(each[:2]) for each in PLANTED]
)
def test_planted_fault_is_found_and_no_other_error(check: str, plant: Callable[[], HosterFacts]) -> None:
    facts = plant()
    errors = {finding.check for finding in findings(facts) if finding.severity is Severity.ERROR}
    assert check in codes(facts)
    assert errors <= {check}


def test_every_check_has_a_planted_fault() -> None:
    assert {check.code for check in CHECKS} == {each[0] for each in PLANTED}
    assert len(CHECKS) == 32  # the 31 of part A2, and one that a row asks (003-028)


def test_good_hoster_gives_no_finding() -> None:
    assert findings(GOOD) == []


def test_linting_twice_gives_the_same() -> None:
    facts = crowd()
    assert findings(facts) == findings(facts) != []


@pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)
def test_planted_findings_say_what_to_mend(check: Check) -> None:
    """French typography, the quality, a path, and the severity of the check or a milder one."""
    found = [finding for code, _id, plant in PLANTED if code == check.code for finding in said(plant(), code)]
    assert found
    for finding in found:
        assert finding.quality == check.quality
        assert finding.field
        assert finding.message[-1] in ".!?"
        assert " :" not in finding.message and "« " not in finding.message
        assert list(Severity).index(finding.severity) >= list(Severity).index(check.severity)
