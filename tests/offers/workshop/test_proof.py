"""What can be checked of a component, in words: on the page of the offer and on its quote."""

from decimal import Decimal

import pytest
from django.test import Client

from hosters.models import Hoster
from offers.models import ComponentKind, OfferComponent
from offers.parts import formats_of_parts
from offers.promise import promise_of
from offers.proof import availability_words, care_of, proof_of
from offers.versions import publish_version
from tests.factories import make_component, make_offer
from tests.pages import words


@pytest.mark.parametrize(
    ("percent", "year", "month"),
    [
        ("99.9", "8 h 46", "44 minutes"),
        ("99.99", "53 minutes", "4 minutes"),
        ("99.5", "43 h 48", "3 h 39"),
        ("99", "3 jours et 16 heures", "7 h 18"),
    ],
)
def test_availability_is_told_as_downtime(percent: str, year: str, month: str) -> None:
    """002-084: in the words that the page of commitments has for the same target."""
    told = availability_words(Decimal(percent)).replace("\u00a0", " ")
    assert f"soit {year} d’arrêt possible par an, {month} par mois" in told


def test_nothing_told_is_nothing_shown(artifaille: Hoster) -> None:
    assert proof_of(make_component(artifaille)) == ()


def test_page_shows_the_proof_and_the_partner(artifaille: Hoster, client: Client) -> None:
    """002-085, 002-167, 003-033: copies, who provides, how fast; what is not told has no line."""
    offer = make_offer(artifaille)
    component = make_component(
        artifaille,
        provider="Tuile <b>& Zinc</b>",
        backups="une copie par nuit",
        availability=Decimal("99.9"),
        response_hours=8,
        support_hours="en semaine",
        documentation_url="https://aide.example/",
        prerequisites="Un nom de domaine.",
    )
    OfferComponent.objects.create(offer=offer, component=component)
    publish_version(offer=offer)
    answer = client.get(offer.get_absolute_url())
    read = words(answer)
    assert "assuré par Tuile <b>& Zinc</b>" in read
    assert "plusieurs structures : Artifaille, Tuile" in read
    assert "8 h 46 d’arrêt possible par an" in read
    assert "pris en charge en 8 h au plus, comptées aux heures où l’on répond" in read
    assert "Copies de secours une copie par nuit" in read
    assert "Savoir-faire demandé" not in read
    assert "<b>& Zinc" not in answer.content.decode()
    assert 'href="https://aide.example/"' in answer.content.decode()


def test_quote_says_what_is_needed_and_who_provides(artifaille: Hoster) -> None:
    """002-139: prerequisites are on the quote too."""
    offer = make_offer(artifaille, not_included="Pas de reprise.")
    component = make_component(artifaille, provider="Tuile & Zinc", prerequisites="Un nom de domaine.")
    OfferComponent.objects.create(offer=offer, component=component, position=9)
    promise = promise_of(offer)
    assert promise["not_included"] == "Pas de reprise. Un nom de domaine."
    assert promise["parts"][-1]["function"] == "Partager, assuré par Tuile & Zinc"


def test_care_is_told_and_goes_into_the_annex(artifaille: Hoster) -> None:
    """003-030, 003-037: three parts of the maintenance, each in the price or not; supervision, copies, recovery."""
    component = make_component(
        artifaille,
        supervision="une alerte",
        recovery_plan="en un jour",
        backups="chaque nuit",
        maintenance_fixes="included",
        maintenance_changes="excluded",
        development_place="Suisse",
    )
    facts = dict(proof_of(component))
    assert facts["Développé à"] == "Suisse"  # 002-106
    assert facts["Entretien"].replace("\u00a0", " ").replace("\u202f", " ") == (
        "réparer ce qui casse : compris ; faire évoluer : non compris"
    )
    assert [label for label, _value in care_of(component)] == [
        "Copies de secours",
        "Surveillance",
        "Reprise après un sinistre",
        "Entretien",
    ]


def test_time_of_a_service_is_monthly(artifaille: Hoster) -> None:
    """000-007: a service goes on; a prestation is done once."""
    service = make_component(artifaille, ComponentKind.SERVICE, hours=Decimal(2), review_months=3)
    assert proof_of(service) == (("Temps par mois", "2 heures"), ("On fait le point", "tous les 3\u00a0mois"))
    work = make_component(artifaille, ComponentKind.PRESTATION, hours=Decimal(2))
    assert proof_of(work) == (("Durée prévue", "2 heures"),)


def test_end_of_contract_starts_from_what_the_components_give(artifaille: Hoster) -> None:
    """Each format once, as long as the column of the offer holds them."""
    offer = make_offer(artifaille)
    for formats in ("mbox", "ICS", "mbox", "x" * 240):
        component = make_component(artifaille, export_formats=formats)
        OfferComponent.objects.create(offer=offer, component=component)
    assert formats_of_parts(offer) == "mbox ; ICS"


@pytest.mark.parametrize(
    ("left", "said"), [(4, "4 exemplaires"), (0, "plus aucun pour l’instant"), (None, "")]
)
def test_object_says_how_many_are_left(artifaille: Hoster, left: int | None, said: str) -> None:
    """000-012: a computer made new again is counted; what is copied for ever is not."""
    component = make_component(artifaille, ComponentKind.PRODUIT, is_physical=True, stock=left)
    told = " ".join(str(each) for each in proof_of(component))
    assert said in told and ("exemplaire" in told or "plus aucun" in told) is (left is not None)
