"""The examples of the requirements (part A2), faulty and clean."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from offers.linter.facts import CostFacts, MarketFacts, RangeFacts, TextFacts, TierRow, UsageFacts
from pricing.engine import Severity
from tests.offers.linter.hosters import (
    FILES,
    GOOD,
    LARGE,
    SMALL,
    TRAINING,
    alone,
    codes,
    hoster,
    per_person,
    said,
    tariff,
    with_large,
    with_small,
)

COURSE_TIERS = [{"up_to": 6, "flat": "30.00"}, {"up_to": 15, "flat": "40.00"}, {"up_to": 50, "flat": "60.00"}]


@pytest.mark.parametrize("name", ["Liibre", "/e/OS", "Un nom de plus de vingt lettres", "Mrktplz", "Pack+"])
def test_hard_name(name: str) -> None:
    """002-062: Liibre, /e/OS."""
    assert "Q-NAME" in codes(with_small(name=name))


@pytest.mark.parametrize(
    "name",
    [
        "kSuite",
        "Marmule",
        "Opale",
        "Émeraude",
        "XXL",
        "Coopérative",
        "Instruction",
        "Visio à l’aise",
        "Ami·es",
    ],
)
def test_easy_name(name: str) -> None:
    """002-062: kSuite, Marmule."""
    assert "Q-NAME" not in codes(with_small(name=name))


@pytest.mark.parametrize(
    ("one", "other", "confused"),
    [
        ("Perchoir", "Perchoirs", True),
        ("Perchoir", "PERCHOIR", True),
        ("XL", "XXL", False),
        ("kSuite Pro", "kSuite Standard", False),
        ("Pack asso or", "Pack asso bronze", False),
    ],
)
def test_names_that_are_confused(one: str, other: str, confused: bool) -> None:
    facts = hoster(replace(SMALL, name=one), replace(LARGE, name=other))
    assert ("Q-NAME" in codes(facts)) is confused


def test_drafts_of_a_range_are_counted_together_before_any_is_published() -> None:
    """002-071: five sizes drawn in one range are five columns; a published offer does not see the drafts."""
    drafts = [replace(SMALL, slug=f"t{n}", name=f"Taille {n}", published=False, draft=True) for n in range(5)]
    assert "Q-COUNT" in codes(hoster(*drafts))
    assert "Q-COUNT" not in codes(hoster(SMALL, *(replace(each, range="") for each in drafts)))


def test_name_of_a_draft_does_not_trouble_a_published_offer() -> None:
    facts = hoster(SMALL, LARGE, replace(SMALL, slug="essai", published=False))
    assert {each.offer for each in said(facts, "Q-NAME")} == {"essai"}


@pytest.mark.parametrize(("names", "found"), [(("kDrive", "kMail"), 0), (("kDrive", "Mail"), 1)])
def test_family(names: tuple[str, str], found: int) -> None:
    offers = (replace(SMALL, name=names[0]), replace(LARGE, name=names[1]))
    facts = hoster(*offers, ranges={"nids": RangeFacts("nids", "kSuite", prefix="k")})
    assert len(said(facts, "Q-FAMILY")) == found


def test_two_acronyms_are_two_warnings() -> None:
    texts = (TextFacts("purpose", "Accès IMAP avec SLA"),)
    found = said(replace(with_small(texts=texts), glossary=frozenset()), "Q-JARGON")
    assert [each.field for each in found] == ["glossary.IMAP", "glossary.SLA"]


@pytest.mark.parametrize("words", ["Accès imap", "imaproxy", "un nom propre", "des domaines verts", "slalom"])
def test_plain_words_are_no_jargon(words: str) -> None:
    assert "Q-JARGON" not in codes(with_small(texts=(TextFacts("purpose", words),)))


def test_word_explained_in_the_glossary_is_accepted() -> None:
    facts = with_small(texts=(TextFacts("purpose", "Des bases de données"),))
    assert len(said(facts, "Q-JARGON")) == 1
    assert said(replace(facts, glossary=frozenset({"Base de données"})), "Q-JARGON") == []


def test_same_word_in_two_offers_is_said_once() -> None:
    texts = (TextFacts("purpose", "Un SLA"),)
    facts = hoster(replace(SMALL, texts=texts), replace(LARGE, texts=texts))
    assert len(said(facts, "Q-JARGON")) == 1


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Nextcloud et Collabora", True),
        ("Logiciel Diacamma", True),
        ("Une instance de NextCloud", True),
        ("wordpress", True),
        ("Stocker et partager vos informations (Nextcloud)", False),
        ("Suite bureautique en ligne : OnlyOffice", False),
        ("Visioconférence : Galène", False),
        ("Zoomer sur une carte", False),
        ("Éléments graphiques", False),
    ],
)
def test_need_before_the_software(title: str, found: bool) -> None:
    facts = with_small(parts=(replace(FILES, title=title), TRAINING))
    assert ("Q-NEEDSFIRST" in codes(facts)) is found


@pytest.mark.parametrize(("prices", "found"), [(("10.00", "100.00"), False), (("10.00", "130.00"), True)])
def test_longer_is_never_dearer(prices: tuple[str, str], found: bool) -> None:
    assert ("Q-DISCOUNT" in codes(with_small(tariff=tariff(*prices)))) is found


def test_two_years_of_the_course_reward_commitment() -> None:
    charges = [
        {"type": "flat", "label": "Abonnement", "price": {"1": "10.00", "12": "100.00", "24": "180.00"}}
    ]
    terms = [{"months": 1}, {"months": 12}, {"months": 24}]
    assert "Q-DISCOUNT" not in codes(with_small(tariff=tariff(charges=charges, terms=terms)))


@pytest.mark.parametrize(
    ("rows", "found"),
    [
        ([(1, 6), (7, 15), (16, 50), (51, None)], 0),
        ([(1, 6), (8, 15), (16, None)], 1),
        ([(1, 6), (6, 15), (16, None)], 1),
        ([(2, 6), (7, None)], 1),
        ([(1, 6), (7, 15)], 1),
        ([], 0),
    ],
)
def test_tiers_as_printed(rows: list[tuple[int, int | None]], found: int) -> None:
    facts = with_small(tiers=tuple(TierRow(first, last) for first, last in rows))
    assert len(said(facts, "Q-TIERS")) == found


def test_last_tier_on_quote_is_open() -> None:
    assert said(with_small(tiers=(TierRow(1, 6), TierRow(7, 50, on_quote=True))), "Q-TIERS") == []


def test_tier_that_starts_above_one() -> None:
    definition = per_person(type="volume", tiers=COURSE_TIERS)
    definition["metrics"][0]["minimum"] = 5
    assert len(said(alone(tariff=tariff(**definition)), "Q-TIERS")) == 1


def test_one_person_more_than_fifteen() -> None:
    """+41 % from 15 to 16, but +14 % from 6 to 7."""
    (finding,) = said(alone(tariff=tariff(**per_person(type="volume", tiers=COURSE_TIERS))), "Q-CLIFF")
    assert finding.severity is Severity.INFO
    assert "de 15 à 16" in finding.message and "2,67" in finding.message and "+41" in finding.message
    assert "de 6 à 7" not in finding.message


def test_price_per_person_penalises_nobody() -> None:
    assert "Q-CLIFF" not in codes(alone(tariff=tariff(**per_person(type="per_unit", price="2.00"))))


@pytest.mark.parametrize(
    ("strategy", "others", "found"),
    [
        ("higher", "5.00", True),
        ("higher", "5.60", False),
        ("align", "8.00", False),
        ("align", "6.00", True),
        ("lower", "8.00", True),
    ],
)
def test_price_is_judged_by_the_strategy(strategy: str, others: str, found: bool) -> None:
    """10 € a month, or 8,33 € over a year: 67 % above 5,00, 49 % above 5,60, 39 % above 6,00, 4 % above 8,00."""
    facts = with_small(market=MarketFacts(strategy, {"Untel": Decimal(others)}))
    assert ("Q-PRICE" in codes(facts)) is found


@pytest.mark.parametrize(
    ("variable", "full", "accepted", "severity"),
    [
        ("84.00", "90.00", "", Severity.ERROR),
        ("50.00", "90.00", "", Severity.WARNING),
        ("50.00", "83.33", "", None),
        ("84.00", "90.00", "financée par les formations", None),
    ],
)
def test_loss(variable: str, full: str, accepted: str, severity: Severity | None) -> None:
    """100 € TTC a year are 83,33 HT."""
    facts = with_small(costs=CostFacts(Decimal(variable), Decimal(full), accepted))
    assert [each.severity for each in said(facts, "Q-LOSS")] == ([severity] if severity else [])


@pytest.mark.parametrize(
    ("usage", "found"), [(UsageFacts(4, 4), 0), (UsageFacts(10, 5), 0), (UsageFacts(10, 6), 1)]
)
def test_share_made_to_measure(usage: UsageFacts, found: int) -> None:
    assert len(said(replace(GOOD, usage=usage), "Q-SURMESURE")) == found


def test_same_entitlements_at_60_and_120() -> None:
    """002-059: a dearer offer gives more of something."""
    facts = hoster(
        replace(SMALL, tariff=tariff("6.00", "60.00")),
        replace(LARGE, parts=SMALL.parts, tariff=tariff("12.00", "120.00")),
    )
    (finding,) = said(facts, "Q-DIFF")
    assert finding.offer == "ramure" and "120,00" in finding.message and "60,00" in finding.message


@pytest.mark.parametrize(
    "change", [{"not_included": "Autre chose."}, {"parts": (replace(FILES, detail="dédié"), TRAINING)}]
)
def test_listed_difference_explains_a_price(change: dict[str, Any]) -> None:
    other = {"parts": SMALL.parts, "tariff": tariff("20.00", "200.00")} | change
    assert "Q-DIFF" not in codes(with_large(**other))


def test_better_component_for_the_same_need_is_no_trap() -> None:
    better = replace(FILES, slug="fichiers-dedies", title="Un espace à vous seuls")
    assert "Q-TRAP" not in codes(with_large(parts=(better, *LARGE.parts[1:])))


def test_offers_outside_a_range_are_not_compared() -> None:
    offers = (replace(SMALL, range=""), replace(LARGE, range="", parts=(TRAINING,)))
    assert {"Q-TRAP", "Q-DIFF", "Q-MONOTONE", "Q-DOMINATED"}.isdisjoint(codes(hoster(*offers)))


def test_draft_is_compared_but_troubles_nobody() -> None:
    facts = hoster(
        SMALL,
        LARGE,
        replace(SMALL, slug="cher", name="Essai", published=False, tariff=tariff("30.00", "300.00")),
    )
    assert {each.offer for each in said(facts, "Q-TRAP")} == {"cher"}


def test_training_sold_beside_accompanies() -> None:
    """Pâquerette: the tools and the training are two offers."""
    alone_hosting = replace(SMALL, range="", parts=(FILES,))
    training = replace(LARGE, range="", parts=(TRAINING,))
    assert "Q-ACCOMP" not in codes(hoster(alone_hosting, training))
    assert "Q-ACCOMP" in codes(hoster(alone_hosting, replace(training, published=False)))


@pytest.mark.parametrize("segment", ["company", "family"])
def test_accompaniment_is_asked_for_associations(segment: str) -> None:
    """002-152: an offer for associations has a person in it."""
    assert "Q-ACCOMP" not in codes(alone(parts=(FILES,), segment=segment))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("10 € par mois", False),
        ("10 €/mois, soit 8,33 € par mois à l’année", False),
        ("100 euros par an", False),
        ("20 € de remise", False),
        ("10,50 € par mois", True),
        ("1 000 € par an", True),
        ("100 € par mois", True),
        ("8 € HT", True),
        ("8,33 € HT par mois", False),
        ("fondée en 1999, 12 personnes", False),
    ],
)
def test_amount_in_a_text(words: str, found: bool) -> None:
    assert ("Q-DISPLAY" in codes(with_small(texts=(TextFacts("purpose", words),)))) is found


def test_amount_for_another_quantity_is_computed_too() -> None:
    definition = per_person(type="per_unit", price={"1": "2.00", "12": "20.00"})
    facts = alone(tariff=tariff(**definition), texts=(TextFacts("purpose", "12 personnes : 24 € par mois"),))
    assert "Q-DISPLAY" not in codes(facts)


def test_price_of_somebody_else_is_theirs() -> None:
    words = "Le nom de domaine (environ 15 € par an) reste à votre charge."
    assert "Q-DISPLAY" not in codes(with_small(texts=(TextFacts("not_included", words),)))


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("3,29* €", 1),
        ("support* et sauvegarde†", 2),
        ("**gras** et *italique*", 0),
        ("5*3", 0),
        ("une heure*\n* par an", 0),
    ],
)
def test_star_without_its_note(words: str, found: int) -> None:
    assert len(said(with_small(texts=(TextFacts("purpose", words),)), "Q-FOOTNOTE")) == found


@pytest.mark.parametrize(
    ("words", "found"), [("99,5 % de disponibilité", 0), ("disponible à 99.99 %", 1), ("100 % suisse", 0)]
)
def test_availability_in_words(words: str, found: int) -> None:
    assert len(said(with_small(texts=(TextFacts("purpose", words),)), "Q-HONEST")) == found
