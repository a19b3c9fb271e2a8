"""Ranges in the workshop, and the generator of dedicated ranges: preview, creation once, undo."""

from collections.abc import Callable
from io import StringIO
from uuid import UUID, uuid4

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from hosters.models import Hoster, User
from offers.generator import generate, undo, untouched
from offers.linter.linting import lint_hoster
from offers.model_families import FAMILIES
from offers.models import Component, Generation, Offer, Range
from offers.parts import all_parts
from offers.proof import content_of
from offers.ranges import place_offer
from tests.factories import make_offer
from tests.pages import hidden_fields, words

SignIn = Callable[[User], Client]
LEVELS = ["asso-niveaux", "collectivite-niveaux"]


def generated(hoster: Hoster, *slugs: str, model: Offer | None = None, key: UUID | None = None) -> Generation:
    return generate(hoster=hoster, slugs=slugs or LEVELS, model=model, key=key or uuid4(), by=None)


def test_range_says_how_it_makes_its_hoster_live(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    """001-001: eight families, each with its advantage and whom it suits; a range names one or several."""
    team = signed_in(alix)
    assert [family.code for family in FAMILIES] == [
        "d2c", "abonnement", "marketplace", "saas", "recommerce", "demande", "freemium", "reseau",
    ]  # fmt: skip
    told = words(team.get(reverse("staff:models")))
    for family in FAMILIES:
        assert all(" ".join(str(each).split()) in told for each in (family.advantage, family.ideal_for))
    named = {"name": "Les Tailles", "model_families": ["abonnement", "saas"]}
    assert team.post(reverse("staff:new_range"), named).status_code == 302
    assert Range.objects.get().model_families == ["abonnement", "saas"]
    assert "Abonnement" in words(team.get(reverse("staff:ranges")))
    assert team.post(reverse("staff:new_range"), named | {"model_families": ["martienne"]}).status_code == 422


def test_range_is_written_once_and_its_offers_arranged(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    """002-069, 002-070: ordered levels, and a pack independent of the level."""
    small, large = make_offer(artifaille, name="Petit"), make_offer(artifaille, name="Grand")
    client = signed_in(alix)
    client.post(reverse("staff:new_range"), {"name": "Les Tailles", "purpose": "Deux tailles."})
    assert client.post(reverse("staff:new_range"), {"name": "LES TAILLES"}).status_code == 422
    range = Range.objects.get()
    places = {
        f"dans-{large.pk}": "on",
        f"rang-{large.pk}": "9",
        f"niveau-{large.pk}": "Or",
        f"pack-{large.pk}": "Gestion",
        f"dans-{small.pk}": "on",
        f"rang-{small.pk}": "2",
    }
    client.post(reverse("staff:range_offers", kwargs={"pk": range.pk}), places)
    ranked = range.offers.order_by("level_rank").values_list("name", "level_rank", "level", "pack")
    assert list(ranked) == [("Petit", 1, "", ""), ("Grand", 2, "Or", "Gestion")]
    client.post(reverse("staff:range_offers", kwargs={"pk": range.pk}), {f"dans-{large.pk}": "on"})
    small.refresh_from_db()
    assert small.range is None


def test_wrong_rank_is_told_and_nothing_moves(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    offer = make_offer(artifaille)
    range = Range.objects.create(hoster=artifaille, slug="g", name="G")
    url = reverse("staff:range_offers", kwargs={"pk": range.pk})
    answer = signed_in(alix).post(url, {f"dans-{offer.pk}": "on", f"rang-{offer.pk}": "0"})
    assert answer.status_code == 422
    assert not range.offers.exists()


def test_deleted_range_leaves_its_offers(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    range = Range.objects.create(hoster=artifaille, slug="g", name="G")
    offer = make_offer(artifaille, range=range)
    signed_in(alix).post(reverse("staff:delete_range", kwargs={"pk": range.pk}))
    offer.refresh_from_db()
    assert offer.range is None


def test_prefix_of_a_range_is_checked(artifaille: Hoster) -> None:
    """002-063: kDrive and kMail share their start, Courriel does not."""
    family = Range.objects.create(hoster=artifaille, slug="k", name="kSuite", prefix="k")
    for name in ("kDrive", "Courriel"):
        make_offer(artifaille, name=name, slug=name.lower(), range=family)
    told = [finding.offer for finding in lint_hoster(artifaille) if finding.check == "Q-FAMILY"]
    assert told == ["courriel"]


def test_preview_writes_nothing(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    page = signed_in(alix).get(reverse("staff:generator"), {"voir": "1", "gammes": LEVELS})
    read = words(page)
    assert "Asso bronze" in read and "Collectivité région" in read
    assert "Créer 6 brouillons" in read
    assert not Offer.objects.exists() and not Component.objects.exists()


def test_matrix_of_levels_is_created(artifaille: Hoster) -> None:
    """002-072: two publics by three levels, each level holding the one below."""
    generated(artifaille)
    platine = Offer.objects.get(slug="asso-platine")
    assert [offer.name for offer in platine.lineage] == ["Asso bronze", "Asso or", "Asso platine"]
    assert len(all_parts(platine)) == 10
    drafts = Offer.objects.values_list("state", "segment").distinct()
    assert sorted(drafts) == [("draft", "association"), ("draft", "public")]
    assert Range.objects.count() == 2


def test_matrix_of_packs_keeps_a_link_to_its_model(artifaille: Hoster) -> None:
    """002-073: packs by usage, with the conditions and components of a model."""
    model = make_offer(artifaille, notice_days=12, export_formats="tout en CSV")
    generated(artifaille, "asso-packs", "collectivite-packs", model=model)
    made = Offer.objects.filter(made_from=model)
    assert sorted(made.values_list("pack", flat=True).distinct()) == [
        "Communication",
        "Gestion",
        "Web et mail",
    ]
    assert made.count() == 6
    assert {(each.notice_days, each.export_formats) for each in made} == {(12, "tout en CSV")}
    component = model.parts.get().component
    assert all(component in [part.component for part in each.parts.all()] for each in made)


def test_form_sent_twice_creates_once(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    client = signed_in(alix)
    url = reverse("staff:generator")
    key = hidden_fields(client.get(url, {"gammes": LEVELS}))["cle"]
    for _time in range(2):
        assert client.post(url, {"gammes": LEVELS, "cle": key}).status_code == 302
    assert (Generation.objects.count(), Offer.objects.count()) == (1, 6)


def test_offer_that_exists_stays_as_it_is(artifaille: Hoster) -> None:
    ours = make_offer(artifaille, slug="asso-bronze", name="La nôtre")
    generation = generated(artifaille, "asso-niveaux")
    ours.refresh_from_db()
    assert (ours.name, ours.state) == ("La nôtre", Offer.State.PUBLISHED)
    assert generation.made.count() == 2
    assert Offer.objects.get(slug="asso-or").inherits == ours


def test_undo_deletes_untouched_drafts_and_empty_ranges(artifaille: Hoster) -> None:
    before = make_offer(artifaille)
    assert undo(generation=generated(artifaille)) == 6
    assert list(Offer.objects.all()) == [before]
    assert not Range.objects.exists() and not Generation.objects.exists()


@pytest.mark.parametrize("change", ["renamed", "published", "part", "held"])
def test_undo_keeps_what_was_touched(artifaille: Hoster, change: str) -> None:
    """A change keeps the offer, and the levels that it holds."""
    generation = generated(artifaille, "asso-niveaux")
    middle = Offer.objects.get(slug="asso-or")
    if change == "renamed":
        Offer.objects.filter(pk=middle.pk).update(purpose="Le nôtre.")
    elif change == "published":
        Offer.objects.filter(pk=middle.pk).update(state=Offer.State.PUBLISHED)
    elif change == "part":
        middle.parts.first().delete()
    else:
        place_offer(offer=make_offer(artifaille), segment="association", also_for=[], inherits=middle)
    assert [offer.name for offer in untouched(generation)] == ["Asso platine"]
    assert undo(generation=generation) == 1
    assert set(Offer.objects.filter(slug__startswith="asso-").values_list("name", flat=True)) == {
        "Asso bronze",
        "Asso or",
    }


def test_undo_page_says_what_goes_and_what_stays(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    generation = generated(artifaille, "asso-niveaux")
    Offer.objects.filter(slug="asso-platine").update(name="Le grand")
    url = reverse("staff:undo_generation", kwargs={"pk": generation.pk})
    client = signed_in(alix)
    read = words(client.get(url))
    assert "Celles-ci restent" in read and "Le grand" in read
    client.post(url)
    assert Offer.objects.get(slug="asso-platine").name == "Le grand"


@pytest.mark.thorough
def test_demonstration_holds_a_generated_range_made_once(db: None) -> None:
    """002-072: bronze, or, platine, as drafts; what a person undoes does not come back at the next start."""
    call_command("demo", stdout=StringIO())
    hoster = Hoster.objects.get(slug="demo")
    with scope(hoster=hoster):
        drafts = Offer.objects.filter(state=Offer.State.DRAFT).exclude(level="").order_by("level_rank")
        assert [offer.level for offer in drafts] == ["Bronze", "Or", "Platine"]
        undo(generation=Generation.objects.get())
        call_command("demo", stdout=StringIO())
        assert not drafts.all().exists()


@pytest.mark.thorough
def test_demonstration_has_an_offer_of_several_structures(db: None) -> None:
    """002-168: accompaniment, web and mail, cloud and monthly help by four structures, at one price."""
    call_command("demo", stdout=StringIO())
    with scope(hoster=Hoster.objects.get(slug="demo")):
        offer = Offer.objects.published().for_display().get(slug="toits-voisins")
        assert len(content_of(offer).partners) == 3
        answer = words(Client().get(f"/chez/demo{offer.get_absolute_url()}"))
    assert (
        "plusieurs structures : La Gouttière, L’Atelier boussole (exemple), Tuile & Zinc (exemple)" in answer
    )
