"""Needs and components in the workshop: writing, order, and refusing to delete what is still used."""

from collections.abc import Callable
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from hosters.models import Hoster, Role, User
from offers.models import Component, Need, Range
from tests.factories import make_component, make_offer, make_staff
from tests.pages import words

SignIn = Callable[[User], Client]
NEED = {"title": "Se réunir à distance", "explanation": "Une salle par lien.", "icon": "video"}


def component_data(need: Need, **changes: str) -> dict[str, str]:
    """What a browser sends for a component."""
    given = {
        "need": str(need.pk),
        "function": "Une salle de réunion par lien",
        "kind": "produit",
        "billing": "recurring",
        "delivery": "automatic",
        "variant": "shared",
    }
    return given | changes


def test_need_is_written_last_and_its_statement_makes_a_sentence(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    """002-165: three parts make « qui a besoin de quoi, en raison de quoi »."""
    make_component(artifaille)
    parts = {"who": "Une équipe éparpillée", "what": "une salle", "because": "la distance"}
    answer = signed_in(alix).post(reverse("staff:new_need"), NEED | parts)
    assert answer.status_code == 302
    need = Need.objects.get(title=NEED["title"])
    assert need.position == 1
    assert need.statement == "Une équipe éparpillée a besoin de « une salle » en raison de « la distance »."


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"title": ""}, "Dites le besoin en quelques mots."),
        ({"title": "SE RÉUNIR À DISTANCE"}, "déjà dans votre liste"),
        ({"title": "Autre", "who": "Une équipe"}, "Remplissez les trois parties"),
        ({"title": "Autre", "icon": "../secret"}, "choix"),
    ],
)
def test_need_that_does_not_hold_is_refused(
    artifaille: Hoster, alix: User, signed_in: SignIn, change: dict[str, str], told: str
) -> None:
    Need.objects.create(hoster=artifaille, title="Se réunir à distance")
    answer = signed_in(alix).post(reverse("staff:new_need"), NEED | change)
    assert answer.status_code == 422
    assert told in words(answer)
    assert Need.objects.count() == 1


def test_hostile_title_is_shown_as_text(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    client = signed_in(alix)
    client.post(reverse("staff:new_need"), NEED | {"title": "<img src=x onerror=alert(1)>"})
    page = client.get(reverse("staff:needs")).content.decode()
    assert "<img src=x" not in page
    assert "&lt;img src=x" in page


def test_need_goes_up_and_the_first_stays_first(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    first, second = (Need.objects.create(hoster=artifaille, title=title, position=1) for title in "AB")
    client = signed_in(alix)
    for need in (second, second):
        client.post(reverse("staff:move_need", kwargs={"pk": need.pk}), {"monter": "1"})
    assert list(Need.objects.order_by("position").values_list("title", flat=True)) == ["B", "A"]
    client.post(reverse("staff:move_need", kwargs={"pk": first.pk}), {"monter": "1"})
    assert list(Need.objects.order_by("position").values_list("title", flat=True)) == ["A", "B"]


def test_need_that_components_answer_is_not_deleted(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    component = make_component(artifaille)
    url = reverse("staff:delete_need", kwargs={"pk": component.need_id})
    client = signed_in(alix)
    assert "Partager" in words(client.get(url))
    assert client.post(url).status_code == 409
    assert Need.objects.filter(pk=component.need_id).exists()


def test_component_keeps_three_independent_axes(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    """C5, 000-023: any kind with any billing and any delivery."""
    need = Need.objects.create(hoster=artifaille, title="Se réunir")
    data = component_data(need, kind="prestation", billing="recurring", delivery="automatic")
    assert signed_in(alix).post(reverse("staff:new_component"), data).status_code == 302
    made = Component.objects.get()
    assert (made.kind, made.billing, made.delivery) == ("prestation", "recurring", "automatic")
    assert made.slug == "une-salle-de-reunion-par-lien"


def test_kind_has_a_plain_help_and_an_example(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    """000-001: the words of the course, with an example beside each."""
    read = words(signed_in(alix).get(reverse("staff:new_component")))
    assert "Prestation : un travail fait une fois. Par exemple reprendre vos anciens messages." in read
    assert "Produit : livré pareil à tout le monde. Par exemple un espace de fichiers." in read
    assert "Il reste à corriger" not in read


def test_proof_is_written_with_a_decimal_comma(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    need = Need.objects.create(hoster=artifaille, title="Se réunir")
    data = component_data(need, availability="99,9", hours="3,5", documentation_url="aide.example/visio")
    assert signed_in(alix).post(reverse("staff:new_component"), data).status_code == 302
    made = Component.objects.get()
    assert (made.availability, made.hours) == (Decimal("99.9"), Decimal("3.5"))
    assert made.documentation_url == "https://aide.example/visio"


@pytest.mark.parametrize(
    "change",
    [
        {"kind": "autre"},
        {"kind": ""},
        {"availability": "101"},
        {"availability": "12"},
        {"hours": "0"},
        {"documentation_url": "javascript:alert(1)"},
        {"response_hours": "-1"},
        {"function": ""},
    ],
    ids=str,
)
def test_wrong_component_is_refused(
    artifaille: Hoster, alix: User, signed_in: SignIn, change: dict[str, str]
) -> None:
    need = Need.objects.create(hoster=artifaille, title="Se réunir")
    answer = signed_in(alix).post(reverse("staff:new_component"), component_data(need, **change))
    assert answer.status_code == 422
    assert not Component.objects.exists()


def test_component_sent_twice_is_created_once(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    need = Need.objects.create(hoster=artifaille, title="Se réunir")
    client = signed_in(alix)
    client.post(reverse("staff:new_component"), component_data(need))
    again = client.post(reverse("staff:new_component"), component_data(need))
    assert again.status_code == 422
    assert "existe déjà" in words(again)
    assert Component.objects.count() == 1


def test_other_variant_starts_from_the_first(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    """002-122: the same thing, shared or dedicated, as two components."""
    shared = make_component(artifaille, function="Stocker", variant="shared", data_location="Lyon")
    client = signed_in(alix)
    url = f"{reverse('staff:new_component')}?comme={shared.pk}"
    page = client.get(url).content.decode()
    assert 'value="Lyon"' in page
    assert (
        client.post(url, component_data(shared.need, function="Stocker", variant="dedicated")).status_code
        == 302
    )
    assert sorted(Component.objects.values_list("variant", flat=True)) == ["dedicated", "shared"]


def test_component_that_offers_give_is_not_deleted(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    offer = make_offer(artifaille, name="Marmule")
    component = offer.parts.get().component
    url = reverse("staff:delete_component", kwargs={"pk": component.pk})
    client = signed_in(alix)
    assert "Encore utilisé par ces offres" in words(client.get(url))
    refused = client.post(url)
    assert refused.status_code == 409
    assert "Marmule" in words(refused)
    offer.parts.all().delete()
    assert client.post(url).status_code == 302
    assert not Component.objects.exists()


@pytest.mark.parametrize("page", ["new_need", "new_component", "library", "new_range", "generator"])
def test_only_administrators_write(artifaille: Hoster, signed_in: SignIn, page: str) -> None:
    client = signed_in(make_staff(artifaille, Role.SALES))
    assert client.get(reverse(f"staff:{page}")).status_code == 403
    assert reverse(f"staff:{page}") not in client.get(reverse("staff:components")).content.decode()


@pytest.mark.parametrize("rows", [1, 4])
@pytest.mark.parametrize(
    ("page", "queries"), [("needs", 7), ("components", 7), ("ranges", 12), ("models", 5)]
)
def test_list_costs_the_same_whatever_it_shows(
    artifaille: Hoster,
    alix: User,
    signed_in: SignIn,
    django_assert_num_queries: Any,
    page: str,
    queries: int,
    rows: int,
) -> None:
    for number in range(rows):
        shelf = Range.objects.create(hoster=artifaille, slug=f"g{number}", name=f"Gamme {number}")
        make_offer(artifaille, range=shelf)
    client = signed_in(alix)
    with django_assert_num_queries(queries):
        assert client.get(reverse(f"staff:{page}")).content.decode().count("<h1") == 1
