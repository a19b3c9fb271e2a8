"""The library of ready components, the four models and their advice, the formulas."""

from collections.abc import Callable

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from hosters.models import Hoster, User
from offers.archetypes import ARCHETYPES, BY_KIND, archetype_of
from offers.library import components_by_need, formulas, library
from offers.library.planting import start_offer, take_components
from offers.linter.linting import lint_hoster
from offers.model_advice import QUESTIONS, advise
from offers.models import Component, Need, Offer
from tests.factories import make_offer
from tests.pages import words

SignIn = Callable[[User], Client]


def test_library_covers_hosting_and_accompaniment() -> None:
    """002-151: six accompaniment components, of kind prestation or service, done by a person."""
    slugs = {component.slug: component for component in library().components}
    accompaniment = {
        "reflexion-strategique",
        "diagnostic",
        "preconisations",
        "conduite-du-changement",
        "formation",
        "support-mensuel",
    }
    assert accompaniment <= set(slugs)
    assert all(slugs[slug].kind in {"prestation", "service"} for slug in accompaniment)
    assert all(slugs[slug].delivery == "manual" for slug in accompaniment)
    assert all(components_by_need().values())


def test_components_are_taken_with_their_needs_once(artifaille: Hoster) -> None:
    assert len(take_components(hoster=artifaille, slugs=["boites-mail", "formation", "inconnu"])) == 2
    assert take_components(hoster=artifaille, slugs=["boites-mail", "formation"]) == []
    assert Component.objects.count() == Need.objects.count() == 2
    assert Component.objects.get(slug="boites-mail").import_formats == "tout compte lisible en IMAP"


def test_need_of_the_same_title_is_not_written_twice(artifaille: Hoster) -> None:
    Need.objects.create(hoster=artifaille, title="Savoir s’en servir", explanation="La nôtre.")
    take_components(hoster=artifaille, slugs=["formation"])
    assert Need.objects.get().explanation == "La nôtre."


def test_another_hosters_components_do_not_count_as_had(artifaille: Hoster, other: Hoster) -> None:
    with scope(hoster=other):
        take_components(hoster=other, slugs=["formation"])
    assert len(take_components(hoster=artifaille, slugs=["formation"])) == 1


def test_page_marks_what_is_had_and_adds_what_is_ticked(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    client = signed_in(alix)
    url = reverse("staff:library")
    client.post(url, {"composants": ["formation", "diagnostic"]})
    page = client.get(url)
    assert words(page).count("vous l’avez déjà") == 2
    assert 'value="formation"' not in page.content.decode()
    assert "Rien n’a été ajouté" in words(client.post(url, {"composants": ["formation"]}, follow=True))
    assert Component.objects.count() == 2


@pytest.mark.parametrize(
    ("kind", "effort", "automation", "loyalty"),
    [
        ("prestation", "élevé à chaque projet", "aucune", "faible"),
        ("service", "continu", "partielle", "forte"),
        ("produit", "élevé au départ", "totale", "moyenne"),
        ("hybride", "plusieurs façons", "selon les composants", "très forte"),
    ],
)
def test_archetype_has_the_values_of_the_course(
    kind: str, effort: str, automation: str, loyalty: str
) -> None:
    """000-021, 000-022, 000-023, 000-024, 000-025: the five lines of the table of the course."""
    archetype = BY_KIND[kind]
    assert str(archetype.effort).startswith(effort)
    assert str(archetype.automation).startswith(automation)
    assert str(archetype.loyalty).startswith(loyalty)


@pytest.mark.parametrize(
    ("priority", "kind"),
    [("expertise", "prestation"), ("recurrence", "service"), ("nombre", "produit"), ("diversite", "hybride")],
)
def test_priority_decides_whatever_the_rest_says(priority: str, kind: str) -> None:
    """000-028: the four answers of the course."""
    for pick in (0, -1):
        rest = {question.code: question.choices[pick].code for question in QUESTIONS[1:]}
        advice = advise(rest | {"priorite": priority})
        assert advice.archetype.kind == kind
        assert advice.reasons


def test_advice_without_priority_is_not_given(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    with pytest.raises(KeyError):
        advise({"temps": "peu"})
    read = words(signed_in(alix).get(reverse("staff:models"), {"conseil": "1", "temps": "peu"}))
    assert "Choisissez une réponse" in read
    assert "Nous vous conseillons" not in read


def test_page_compares_the_four_and_gives_its_reasons(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    """000-015: a real table, and the advice without script."""
    read = words(signed_in(alix).get(reverse("staff:models"), {"priorite": "nombre", "temps": "peu"}))
    assert all(str(archetype.risk) in read for archetype in ARCHETYPES)
    assert "Nous vous conseillons : produit" in read
    assert "Peu de temps humain : ce qui se livre seul vous préserve." in read


def test_offer_without_component_has_no_archetype(artifaille: Hoster) -> None:
    offer = make_offer(artifaille)
    assert archetype_of(offer) == BY_KIND["produit"]
    offer.parts.all().delete()
    assert archetype_of(offer) is None


def test_formulas_of_the_course_mix_kinds(artifaille: Hoster) -> None:
    """000-018, 000-019, 000-020: each creates a draft whose computed kind is hybrid."""
    assert {"atelier-et-modeles", "outil-et-support", "projet-et-licence"} <= {
        entry.slug for entry in formulas()
    }
    for entry in formulas():
        offer, made = start_offer(hoster=artifaille, entry=entry)
        assert made
        assert (offer.state, offer.kind) == (Offer.State.DRAFT, "hybride")
        assert start_offer(hoster=artifaille, entry=entry) == (offer, False)


def test_formula_is_started_from_the_page(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    client = signed_in(alix)
    client.post(reverse("staff:start_formula"), {"formule": "pack-asso-complet"})
    client.post(
        reverse("staff:start_formula"), {"formule": "asso-bronze"}
    )  # a level of a range is no formula
    assert Offer.objects.get().name == "Pack asso complet"
    kinds = set(Offer.objects.get().parts.values_list("component__kind", flat=True))
    assert kinds == {"prestation", "service", "produit"}


def test_what_the_library_makes_has_no_fault_of_words(artifaille: Hoster) -> None:
    """Needs before software, a purpose, an exit, a stated limit: the drafts only lack a price."""
    for entry in formulas():
        start_offer(hoster=artifaille, entry=entry)
    checks = {finding.check for finding in lint_hoster(artifaille)}
    assert not checks & {"Q-NEEDSFIRST", "Q-NEED", "Q-WHAT", "Q-EXIT", "Q-HONEST", "Q-NAME", "Q-FOOTNOTE"}


def test_library_promises_nothing_in_the_name_of_a_hoster() -> None:
    """002-084: hours, availability and copies are what this team holds; nobody else can write them."""
    promised = (
        "support_hours",
        "availability",
        "backups",
        "response_hours",
        "recovery_hours",
        "data_location",
    )
    for each in library().components:
        assert not any(getattr(each, name) for name in promised), each.slug


def test_library_opened_from_an_offer_fills_it(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    """CARD-010: what is ticked is in the catalogue and in the offer, and one is back where one was."""
    make_offer(artifaille, slug="pack", state="draft")
    team, address = signed_in(alix), f"{reverse('staff:library')}?offre=pack"
    assert address in team.get("/gestion/offres/pack/composants/").content.decode()
    assert "entre aussitôt dans Marmule" in words(team.get(address))
    assert team.post(address, {}).url == address
    chosen = [each.slug for each in library().components[:2]]
    assert team.post(address, {"composants": chosen}).url == "/gestion/offres/pack/composants/"
    given = Offer.objects.get(slug="pack").parts.values_list("component__slug", flat=True)
    assert list(given)[1:] == chosen
    assert team.post(f"{reverse('staff:library')}?offre=%00", {}).status_code == 302
