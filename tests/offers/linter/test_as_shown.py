"""On the offers of the course, the linter finds what its authors found, and more."""

from collections import Counter
from dataclasses import replace
from decimal import Decimal

import pytest

from offers.linter import HosterFacts
from offers.linter.facts import ComponentFacts, DisplayFacts, TariffFacts, TextFacts
from pricing.engine import parse_tariff
from pricing.engine.charges import Shape
from tests.offers.linter.as_shown_facts import as_shown
from tests.offers.linter.hosters import LIABLE, codes, said

#: What each hoster's page gives, beside Q-NEED, Q-EXIT and Q-HONEST, about which the captures are silent.
SILENT = {"Q-NEED", "Q-EXIT", "Q-HONEST"}
FOUND: dict[str, dict[str, int]] = {
    "marsnet": {
        "Q-WHAT": 6,
        "Q-COUNT": 1,
        "Q-TRIAL": 5,
        "Q-PERIODS": 5,
        "Q-DOMINATED": 1,
        "Q-ACCOMP": 6,
        "Q-TTC": 1,
    },
    "marmule": {
        "Q-NEEDSFIRST": 3,
        "Q-PERIODS": 1,
        "Q-ACCOMP": 1,
        "Q-SETUPSHOWN": 1,
        "Q-CLIFF": 1,
        "Q-TTC": 1,
    },
    "ksuite": {"Q-FOOTNOTE": 2, "Q-CLIFF": 1, "Q-TTC": 1},
    "proton": {"Q-DISPLAY": 1, "Q-NEEDSFIRST": 5, "Q-TTC": 1},
    "paquerette": {"Q-NEEDSFIRST": 4, "Q-COMPARE": 1, "Q-TTC": 1},
    "sleto": {"Q-FOOTNOTE": 3, "Q-PERIODS": 3, "Q-NEEDSFIRST": 4, "Q-TTC": 1},
}


def changed(facts: HosterFacts, slug: str, **changes: object) -> HosterFacts:
    """One offer changed."""
    return replace(
        facts, offers=tuple(replace(each, **changes) if each.slug == slug else each for each in facts.offers)
    )


def part_of(facts: HosterFacts, offer: str, slug: str) -> ComponentFacts:
    plan = next(each for each in facts.offers if each.slug == offer)
    return next(part for part in plan.parts if part.slug == slug)


@pytest.mark.parametrize("name", FOUND)
def test_findings_of_a_hoster(name: str) -> None:
    found = Counter(code for code in codes(as_shown(name)) if code not in SILENT)
    assert found == FOUND[name]


def test_marsnet_xxl_is_dominated_by_xl_and_nine_supplements() -> None:
    """002-061: 288 € against 300 € for the same."""
    (finding,) = said(as_shown("marsnet"), "Q-DOMINATED")
    assert finding.offer == "xxl"
    assert (
        "300,00" in finding.message
        and "288,00" in finding.message
        and "« XL » et 9" in finding.message.replace("\u00a0", " ")
    )


def test_marsnet_xxl_at_288_is_worth_its_price() -> None:
    """On a tie nobody is fooled."""
    facts = as_shown("marsnet")
    tariff = next(each.tariff for each in facts.offers if each.slug == "xxl")
    cheaper = replace(tariff.tariff, charges=(replace(tariff.tariff.charges[0], shape=_flat("288.00")),))
    assert said(changed(facts, "xxl", tariff=TariffFacts(cheaper)), "Q-DOMINATED") == []


def _flat(price: str) -> Shape:
    return parse_tariff({"charges": [{"type": "flat", "label": "Forfait", "price": price}]}).charges[0].shape


def test_marsnet_shows_six_plans() -> None:
    """002-071: above four side by side, Q-COUNT says so."""
    (finding,) = said(as_shown("marsnet"), "Q-COUNT")
    assert finding.offer == "" and finding.message.startswith("6 offres")


def test_free_plan_is_a_trial_only_if_the_hoster_says_so() -> None:
    facts = as_shown("marsnet")
    assert {each.offer for each in said(facts, "Q-TRIAL")} == {"petit", "moyen", "gros", "xl", "xxl"}
    assert said(changed(facts, "formation", is_trial=True), "Q-TRIAL") == []


def test_mica_is_the_trial_of_sleto() -> None:
    """002-035."""
    facts = as_shown("sleto")
    without = replace(facts, offers=facts.offers[1:])
    assert {each.offer for each in said(without, "Q-TRIAL")} == {"opale", "emeraude", "ruby"}


def test_nextcloud_only_in_emeraude_is_a_trap() -> None:
    """002-061: what an offer has, a dearer one does not lose."""
    facts = as_shown("sleto")
    nextcloud = part_of(facts, "ruby", "nextcloud")
    emeraude, ruby = (
        next(each for each in facts.offers if each.slug == slug) for slug in ("emeraude", "ruby")
    )
    moved = changed(facts, "ruby", parts=tuple(part for part in ruby.parts if part != nextcloud))
    moved = changed(moved, "emeraude", parts=(*emeraude.parts, replace(nextcloud, rights=())))
    (finding,) = said(moved, "Q-TRAP")
    assert finding.offer == "ruby"
    assert "Nextcloud" in finding.message and "190,00" in finding.message and "240,00" in finding.message


def test_proton_299_99_is_a_typing_mistake() -> None:
    """002-113."""
    (finding,) = said(as_shown("proton"), "Q-DISPLAY")
    assert finding.field == "1 mois"
    assert "299,99" in finding.message and "29,99" in finding.message


def test_marmule_shows_190_for_the_first_year() -> None:
    """002-195."""
    facts = as_shown("marmule")
    (finding,) = said(facts, "Q-SETUPSHOWN")
    assert "190,00" in finding.message
    assert said(changed(facts, "marmule", display=DisplayFacts(Decimal("190.00"))), "Q-SETUPSHOWN") == []
    assert len(said(changed(facts, "marmule", display=DisplayFacts(Decimal("120.00"))), "Q-SETUPSHOWN")) == 1


def test_paquerette_passes_once_marked_on_quote() -> None:
    on_quote = TariffFacts(parse_tariff({"charges": [{"type": "on_quote", "label": "Solutions"}]}))
    assert said(changed(as_shown("paquerette"), "solutions", tariff=on_quote), "Q-COMPARE") == []


def test_ksuite_with_its_note_is_transparent() -> None:
    facts = as_shown("ksuite")
    explained = changed(facts, "pro", footnotes={"*": "à l’année"})
    assert [each.offer for each in said(explained, "Q-FOOTNOTE")] == ["entreprise"]
    note = (TextFacts("price", "6,21* €\n* pour un paiement à l’année"),)
    assert said(changed(explained, "entreprise", texts=note), "Q-FOOTNOTE") == []


@pytest.mark.parametrize("name", FOUND)
def test_told_regime_silences_q_ttc(name: str) -> None:
    assert said(replace(as_shown(name), vat=LIABLE), "Q-TTC") == []
