"""The demonstration catalogues, from the database: what is found, in how many queries, how fast."""

from collections import Counter
from collections.abc import Callable
from time import process_time
from typing import Any

import pytest
from django_scopes import scope

from hosters.models import Hoster
from offers.catalogue import FOLDER, import_catalogue, read_catalogue
from offers.linter import lint_hoster, lint_offer
from offers.models import Component, Offer, OfferComponent
from offers.tariff_drafts import start_draft
from offers.tariffs import publish_tariff
from tests.factories import make_component, make_offer, make_staff

pytestmark = pytest.mark.django_db

#: Published offers of each catalogue: errors and warnings, technical words and unknown competitors apart.
APART = {"Q-JARGON", "Q-PRICE"}
FOUND: dict[str, dict[str, int]] = {
    "artifaille": {"Q-PERIODS": 1, "Q-ACCOMP": 1},
    "infomaniak": {},
    "marsnet": {"Q-TRIAL": 5, "Q-PERIODS": 5, "Q-DOMINATED": 1, "Q-ACCOMP": 6, "Q-COUNT": 1},
    "paquerette": {"Q-COUNT": 1},
    "proton": {},
    "sleto": {"Q-PERIODS": 3},
}


def loaded(name: str) -> Hoster:
    return import_catalogue(catalogue=read_catalogue((FOLDER / f"{name}.json").read_bytes()))


@pytest.mark.parametrize("name", FOUND)
def test_findings_of_a_catalogue(name: str) -> None:
    hoster = loaded(name)
    with scope(hoster=hoster):
        drafts = set(Offer.objects.filter(state=Offer.State.DRAFT).values_list("slug", flat=True))
    found = [each for each in lint_hoster(hoster) if each.offer not in drafts]
    assert (
        Counter(each.check for each in found if each.severity != "info" and each.check not in APART)
        == FOUND[name]
    )


def test_only_xxl_of_marsnet_is_dominated() -> None:
    """The other reading of the supplements stays a draft: it dominates nobody."""
    found = [each for each in lint_hoster(loaded("marsnet")) if each.check == "Q-DOMINATED"]
    assert [each.offer for each in found] == ["xxl"]
    assert "288,00" in found[0].message


def test_range_of_drafts_is_judged_as_if_it_were_on_sale() -> None:
    """A range is designed whole: Marsnet, before anything of it is published, has the faults that the course found."""
    hoster = loaded("marsnet")
    published = Counter(each.check for each in lint_hoster(hoster))
    with scope(hoster=hoster):
        for offer in Offer.objects.all():
            definition = offer.tariff_versions.get().definition
            offer.tariff_versions.all().delete()
            start_draft(offer=offer, definition=definition, by=make_staff(hoster))
        Offer.objects.filter(slug="petit-par-lot").delete()
        Offer.objects.update(state=Offer.State.DRAFT)
    drafts = Counter(each.check for each in lint_hoster(hoster) if each.offer != "petit-par-lot")
    assert {check: drafts[check] for check in FOUND["marsnet"]} == FOUND["marsnet"]
    assert published.keys() >= drafts.keys()


def test_paquerette_without_a_price_is_told_until_it_says_on_quote() -> None:
    """002-124: no figure anywhere; « sur devis » is an answer."""
    hoster = loaded("paquerette")
    with scope(hoster=hoster):
        offer = Offer.objects.select_related("hoster").get(slug="stocker-partager")
        on_quote = offer.tariff_versions.get().definition
        offer.tariff_versions.all().delete()
        offer = Offer.objects.select_related("hoster").get(pk=offer.pk)
        assert "sur devis" in next(each.message for each in lint_offer(offer) if each.check == "Q-COMPARE")
        assert "Q-COMPARE" not in {each.check for each in lint_offer(offer, definition=on_quote)}


def test_nextcloud_moved_from_ruby_to_emeraude_is_a_trap() -> None:
    hoster = loaded("sleto")
    with scope(hoster=hoster):
        assert not [each for each in lint_hoster(hoster) if each.check == "Q-TRAP"]
        nextcloud = Component.objects.get(software="Nextcloud")
        emeraude, ruby = Offer.objects.get(slug="emeraude"), Offer.objects.get(slug="ruby")
        given = [part.component for part in emeraude.parts.all()]
        OfferComponent.objects.filter(component=nextcloud).update(offer=emeraude)
        # While Ruby holds Émeraude whole, it gains what Émeraude gains: no trap is possible (002-137).
        assert not [each for each in lint_hoster(hoster) if each.check == "Q-TRAP"]
        Offer.objects.filter(pk=ruby.pk).update(inherits=None)
        for component in given:
            OfferComponent.objects.create(offer=ruby, component=component)
    traps = [each for each in lint_hoster(hoster) if each.check == "Q-TRAP"]
    assert [each.offer for each in traps] == ["ruby"]
    assert "Nextcloud" in traps[0].message


def test_course_tiers_have_one_cliff() -> None:
    found = [each for each in lint_hoster(loaded("cours")) if each.check == "Q-CLIFF"]
    assert [each.offer for each in found] == ["paliers-utilisatrices"]
    assert "de 15 à 16" in found[0].message and "+41" in found[0].message


def test_offer_alone_says_the_same_as_among_the_others() -> None:
    hoster = loaded("marsnet")
    everything = lint_hoster(hoster)
    with scope(hoster=hoster):
        offers = list(Offer.objects.select_related("hoster"))
    for offer in offers:
        own = [each for each in lint_offer(offer) if each.offer]
        assert own == [each for each in everything if each.offer == offer.slug]


def test_queries_do_not_grow_with_the_catalogue(artifaille: Hoster, django_assert_num_queries: Any) -> None:
    offer = make_offer(artifaille)
    with django_assert_num_queries(6):
        lint_hoster(artifaille)
    for number in range(5):
        another = make_offer(artifaille, name=f"Autre {number}")
        OfferComponent.objects.create(offer=another, component=make_component(artifaille))
    with django_assert_num_queries(6):
        lint_hoster(artifaille)
    with django_assert_num_queries(6):
        lint_offer(offer)


def test_sixty_offers_take_less_than_a_second(artifaille: Hoster) -> None:
    for number in range(60):
        make_offer(artifaille, name=f"Offre {number}", slug=f"offre-de-vitesse-{number}")
    before = process_time()
    lint_hoster(artifaille)
    assert process_time() - before < 1


def test_tariff_in_preparation_is_looked_at_instead(artifaille: Hoster) -> None:
    offer = make_offer(artifaille)
    draft = {
        "charges": [{"type": "flat", "label": "Pack", "price": {"1": "10.00", "12": "130.00"}}],
        "terms": [{"months": 1}, {"months": 12}],
    }
    assert "Q-DISCOUNT" not in {each.check for each in lint_offer(offer)}
    assert "Q-DISCOUNT" in {each.check for each in lint_offer(offer, definition=draft)}


def test_draft_that_cannot_be_read_is_a_finding(artifaille: Hoster) -> None:
    offer = make_offer(artifaille)
    (finding,) = [each for each in lint_offer(offer, definition={"charges": 3}) if each.check == "Q-COMPARE"]
    assert finding.field == "tariff"


def test_tariff_to_come_is_not_in_force_yet(artifaille: Hoster, at: Callable[[str], None]) -> None:
    offer = make_offer(artifaille)
    at("2026-11-22 12:00+01:00")
    flat = {"charges": [{"type": "flat", "label": "Pack", "price": "10.00"}], "options": []}
    publish_tariff(offer=offer, definition=flat, in_force_from="2027-01-01")
    assert "Q-CLIFF" in {each.check for each in lint_offer(offer)}


def test_other_hosters_are_not_looked_at(artifaille: Hoster, other: Hoster) -> None:
    make_offer(artifaille, name="Perchoir")
    with scope(hoster=other):
        make_offer(other, name="Perchoir")
    assert "Q-NAME" not in {each.check for each in lint_hoster(artifaille)}
