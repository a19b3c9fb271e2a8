"""The pages of the editor: each field kept, wrong input told, the linter beside."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope

from hosters.models import Hoster, User
from offers.finding_links import findings_of
from offers.linter import errors_and_warnings, for_linting
from offers.models import Component, Offer, Range
from offers.tariff_drafts import start_draft
from tests.factories import make_component, make_offer, make_quote
from tests.pages import hidden_fields, words

BASE = "/gestion/offres/"
HTMX = {"hx-request": "true"}


@pytest.fixture
def offer(artifaille: Hoster) -> Offer:
    return make_offer(artifaille, slug="marmule", state="draft")


def typed(team: Client, page: str, **changes: Any) -> dict[str, Any]:
    """What a browser would post: the fields as shown, with some changed."""
    answer = team.get(f"{BASE}marmule/{page}")
    form = answer.context["form"]
    shown = {name: form[name].value() for name in form.fields}
    kept = {name: value for name, value in shown.items() if value not in (None, False)}
    return {**kept, **hidden_fields(answer), **changes}


def save(team: Client, page: str = "", **changes: Any) -> Any:
    return team.post(f"{BASE}marmule/{page}", typed(team, page, **changes))


def test_every_text_is_kept(offer: Offer, team: Client, artifaille: Hoster) -> None:
    kept = Range.objects.create(hoster=artifaille, slug="pierres", name="Pierres")
    changes = {
        "name": "Le Perchoir",
        "segment": "company",
        "audience": "Pour les coopératives",
        "purpose": "Ranger ses papiers.",
        "range": kept.pk,
        "is_trial": "on",
        "not_included": "Le graphisme.",
        "data_location": "Lyon",
        "former_name": "PackAsso",
        "notes": "* une heure par mois\n† : le premier mois",
    }
    assert save(team, **changes).url == f"{BASE}marmule/"
    offer.refresh_from_db()
    assert (offer.name, offer.segment, offer.range, offer.is_trial) == ("Le Perchoir", "company", kept, True)
    assert (offer.audience, offer.not_included, offer.data_location, offer.former_name) == (
        "Pour les coopératives",
        "Le graphisme.",
        "Lyon",
        "PackAsso",
    )
    assert offer.footnotes == [
        {"mark": "*", "text": "une heure par mois"},
        {"mark": "†", "text": "le premier mois"},
    ]
    ending = {"notice_days": 15, "exit_help": "Une heure offerte", "change_procedure": "En appelant."}
    assert save(team, "fin-de-contrat/", **ending, action="next").url == f"{BASE}marmule/relire/"
    assert save(team, "relire/", review_on="2027-05-01", comment="Vu en bureau").status_code == 302
    offer.refresh_from_db()
    assert (offer.notice_days, offer.exit_help, offer.change_procedure) == (
        15,
        "Une heure offerte",
        "En appelant.",
    )
    assert (str(offer.review_on), offer.comment) == ("2027-05-01", "Vu en bureau")


@pytest.mark.parametrize(
    ("page", "wrong", "said"),
    [
        ("", {"purpose": ""}, "obligatoire"),
        ("", {"name": "x" * 61}, "60"),
        ("", {"segment": "martiens"}, "choix"),
        ("", {"range": 999999}, "choix"),
        ("", {"notes": "sans signe"}, "commencez par"),
        ("", {"notes": "* une\n* deux"}, "un signe à elle"),
        ("fin-de-contrat/", {"erasure_days": 3}, "On efface après"),
        ("fin-de-contrat/", {"notice_days": -1}, "0"),
        ("fin-de-contrat/", {"notice_days": 99999}, "Dix ans au plus"),
        ("fin-de-contrat/", {"export_formats": ""}, "obligatoire"),
        ("relire/", {"review_on": "3026-01-01"}, "cinq ans"),
        ("relire/", {"review_on": "demain"}, "date"),
    ],
)
def test_wrong_input_is_told_and_nothing_is_kept(
    offer: Offer, team: Client, page: str, wrong: dict[str, Any], said: str
) -> None:
    before = Offer.objects.filter(pk=offer.pk).values().get()
    answer = save(team, page, **wrong)
    assert answer.status_code == 422 and said in words(answer)
    assert Offer.objects.filter(pk=offer.pk).values().get() == before


def test_range_of_another_hoster_is_no_choice(offer: Offer, team: Client, other: Hoster) -> None:
    with scope(hoster=other):
        foreign = Range.objects.create(hoster=other, slug="autre", name="CANARI")
    assert "CANARI" not in words(team.get("/chez/artifaille/gestion/offres/marmule/"))
    data = {"name": "x", "range": foreign.pk}
    assert team.post("/chez/artifaille/gestion/offres/marmule/", data).status_code == 422


def test_hostile_texts_stay_texts(offer: Offer, team: Client) -> None:
    attack = "<script>alert(1)</script>{{ 7|add:7 }}"
    save(team, name=attack[:60], purpose=attack, audience=f"deux\nlignes {attack}", notes=f"* {attack}")
    offer.refresh_from_db()
    assert "\n" not in offer.audience
    for page in (
        "",
        "composants/",
        "fin-de-contrat/",
        "relire/",
        "publier/",
        "apercu/",
        "versions/",
        "adresse/",
    ):
        assert "<script>alert" not in team.get(f"{BASE}marmule/{page}").content.decode(), page
    assert "<script>alert" not in team.get(BASE).content.decode()


def test_two_people_at_once_are_told(offer: Offer, team: Client) -> None:
    mine = typed(team, "", purpose="Ma phrase à moi.")
    save(team, purpose="Celle de Bastien.")
    answer = team.post(f"{BASE}marmule/", mine)
    assert answer.status_code == 409 and "enregistrée ailleurs entre-temps" in words(answer)
    assert "Ma phrase à moi." in answer.content.decode()
    offer.refresh_from_db()
    assert offer.purpose == "Celle de Bastien."
    team.post(f"{BASE}marmule/", mine | hidden_fields(answer))
    offer.refresh_from_db()
    assert offer.purpose == "Ma phrase à moi."


def test_linter_reads_what_is_typed_and_saves_nothing(offer: Offer, team: Client) -> None:
    """CARD-010: the checks run while one writes."""
    data = typed(team, "", purpose="Un endroit* à vous.")
    answer = team.post(f"{BASE}marmule/", data, headers=HTMX)
    read = words(answer)
    assert "renvoie à une note qui n’existe pas" in read and "<html" not in answer.content.decode()
    assert '#id_purpose"' in answer.content.decode()
    assert "renvoie à une note" not in words(
        team.post(f"{BASE}marmule/", data | {"notes": "* pour de vrai"}, headers=HTMX)
    )
    offer.refresh_from_db()
    assert offer.purpose == "Un seul endroit pour tout."
    half = team.post(f"{BASE}marmule/", data | {"name": ""}, headers=HTMX)
    assert half.status_code == 200 and "renvoie à une note" in words(half)


def test_footnote_is_read_on_the_page_and_satisfies_the_linter(artifaille: Hoster, team: Client) -> None:
    """002-103: an asterisk has its text (Q-FOOTNOTE)."""
    offer = make_offer(
        artifaille,
        slug="avec-note",
        purpose="Une heure de support* par mois.",
        footnotes=[{"mark": "*", "text": "non cumulable"}],
    )
    assert "* non cumulable" in words(Client().get(offer.get_absolute_url()))
    assert "renvoie à une note" not in words(team.get(f"{BASE}avec-note/"))


def test_termination_and_change_are_told_to_the_public(artifaille: Hoster) -> None:
    """002-153: notice, termination and change procedure on each offer."""
    make_offer(
        artifaille, slug="marmule", termination_procedure="D’un coup de fil.", change_procedure="Au guichet."
    )
    read = words(Client().get("/offres/marmule/"))
    assert "D’un coup de fil." in read and "Au guichet." in read
    assert "D’un coup de fil." in words(Client().get("/offres/marmule/depart/"))


@pytest.mark.parametrize(
    ("name", "address", "slug"),
    [
        ("Pack asso", "", "pack-asso"),
        ("L’Essentiel", "", "l-essentiel"),
        ("Été & Cie", "", "ete-cie"),
        ("Pack", "Mon Adresse", "mon-adresse"),
    ],
)
def test_address_is_proposed_from_the_name(
    artifaille: Hoster, team: Client, name: str, address: str, slug: str
) -> None:
    data = {"name": name, "segment": "association", "audience": "Pour tous", "purpose": "Un endroit à soi."}
    team.post(f"{BASE}nouvelle/", data | {"address": address})
    assert Offer.objects.get(name=name).slug == slug


@pytest.mark.parametrize(
    ("name", "said"), [("Marmule", "a déjà cette adresse"), ("Nouvelle", "atelier"), ("!!", "lettres")]
)
def test_address_that_is_not_free_is_told(offer: Offer, team: Client, name: str, said: str) -> None:
    data = {"name": name, "segment": "association", "audience": "Pour tous", "purpose": "Un endroit à soi."}
    answer = team.post(f"{BASE}nouvelle/", data)
    assert answer.status_code == 422 and said in words(answer)
    assert Offer.objects.count() == 1


def test_copy_says_the_same_under_another_name(artifaille: Hoster, team: Client) -> None:
    offer = make_offer(artifaille, slug="marmule")
    for number in (2, 3):
        assert team.post(f"{BASE}marmule/dupliquer/").url == f"{BASE}marmule-{number}/"
    copy = Offer.objects.get(slug="marmule-2")
    assert (copy.name, copy.state, copy.public_version) == ("Marmule 2", "draft", None)
    assert [part.component for part in copy.parts.all()] == [part.component for part in offer.parts.all()]
    assert copy.tariff_draft.definition == offer.tariff_versions.get().definition
    assert Client().get("/offres/marmule-2/").status_code == 404


def test_draft_is_erased_after_a_confirmation_and_published_offer_never(
    artifaille: Hoster, team: Client
) -> None:
    make_offer(artifaille, slug="brouillon", state="draft")
    make_offer(artifaille, slug="vendue")
    assert "seront perdus" in words(team.get(f"{BASE}brouillon/effacer/"))
    assert Offer.objects.filter(slug="brouillon").exists()
    team.post(f"{BASE}brouillon/effacer/")
    assert not Offer.objects.filter(slug="brouillon").exists()
    assert "ne s’efface pas" in words(team.get(f"{BASE}vendue/effacer/"))
    team.post(f"{BASE}vendue/effacer/")
    team.post(f"{BASE}vendue/retirer/")
    team.post(f"{BASE}vendue/effacer/")
    assert Offer.objects.filter(slug="vendue").exists()


def test_order_of_the_storefront_is_chosen(artifaille: Hoster, team: Client) -> None:
    for name in ("un", "deux", "trois"):
        make_offer(artifaille, slug=name, name=name)
    team.post(f"{BASE}trois/deplacer/", {"sens": "haut"})
    team.post(f"{BASE}un/deplacer/", {"sens": "haut"})
    assert list(Offer.objects.order_by("position").values_list("slug", flat=True)) == ["un", "trois", "deux"]
    team.post(f"{BASE}un/deplacer/", {"sens": "bas"})
    assert list(Offer.objects.order_by("position").values_list("slug", flat=True)) == ["trois", "un", "deux"]


@pytest.mark.parametrize(
    "page", ["", "composants/", "publier/", "effacer/", "retirer/", "adresse/", "relire/"]
)
def test_only_administrators_write(
    offer: Offer, bastien: User, signed_in: Callable[[User], Client], page: str
) -> None:
    reader = signed_in(bastien)
    assert reader.get(f"{BASE}marmule/{page}").status_code == 403
    assert reader.post(f"{BASE}marmule/{page}").status_code == 403
    read = reader.get(BASE).content.decode()
    assert "Créer une offre" not in read and "/marmule/versions/" in read
    assert reader.get(f"{BASE}marmule/versions/").status_code == 200


def test_components_are_added_moved_detailed_and_removed(
    artifaille: Hoster, offer: Offer, team: Client, catalogue: list[Component]
) -> None:
    """002-138, 002-129: how much is said of a component, by what its tariff counts, not of the whole offer."""
    url = f"{BASE}marmule/composants/"
    team.post(url, {"components": [catalogue[1].pk, catalogue[0].pk]})
    team.post(url, {"components": [catalogue[1].pk]})
    parts = list(offer.parts.all())
    assert [part.component for part in parts[1:]] == catalogue[:2]
    team.post(url, {"part": parts[2].pk, "action": "up"})
    assert [part.pk for part in offer.parts.all()] == [parts[0].pk, parts[2].pk, parts[1].pk]
    key = f"p{parts[2].pk}"
    told = {f"{key}-detail": "dix", f"{key}-metrics": ["users"], f"{key}-words": "votre logo\n\nun essai"}
    team.post(url, {"part": parts[2].pk, "action": "save", **told})
    rights = list(parts[2].entitlements.values_list("metric", "label"))
    assert rights == [("users", ""), ("", "votre logo"), ("", "un essai")]
    wrong = team.post(url, {"part": parts[2].pk, "action": "save", f"{key}-metrics": ["martiens"]})
    assert wrong.status_code == 422
    team.post(url, {"part": parts[2].pk, "action": "remove"})
    assert [part.pk for part in offer.parts.all()] == [parts[0].pk, parts[1].pk]


@pytest.mark.parametrize("key", ["0", "-1", "x", "9" * 30, "²", ""])
def test_unknown_part_is_a_404(offer: Offer, team: Client, key: str) -> None:
    assert team.post(f"{BASE}marmule/composants/", {"part": key, "action": "remove"}).status_code == 404
    assert offer.parts.count() == 1


def test_part_of_another_offer_is_a_404(artifaille: Hoster, offer: Offer, team: Client) -> None:
    foreign = make_offer(artifaille, slug="autre").parts.get()
    answer = team.post(f"{BASE}marmule/composants/", {"part": foreign.pk, "action": "remove"})
    assert answer.status_code == 404 and foreign.__class__.objects.filter(pk=foreign.pk).exists()


def test_component_of_another_hoster_is_no_choice(offer: Offer, team: Client, other: Hoster) -> None:
    foreign = make_component(other)
    answer = team.post("/chez/artifaille/gestion/offres/marmule/composants/", {"components": [foreign.pk]})
    assert answer.status_code == 422 and offer.parts.count() == 1


def test_long_list_costs_no_more_queries(artifaille: Hoster, team: Client) -> None:
    make_offer(artifaille)
    with CaptureQueriesContext(connection) as few:
        team.get(BASE)
    for _time in range(4):
        make_offer(artifaille)
    with CaptureQueriesContext(connection) as many:
        assert team.get(BASE).content.decode().count("version 1") == 5
    assert len(many) == len(few)


def test_list_tells_what_is_to_be_read_again(artifaille: Hoster, team: Client) -> None:
    """Part A2: errors and warnings are shown in the list of offers too; a draft is read with the tariff it prepares."""
    draft = make_offer(artifaille, slug="marmule", state="draft", name="Liibre")
    definition = draft.tariff_versions.get().definition

    def told() -> dict[str, dict[str, int]]:
        return errors_and_warnings(artifaille, list(for_linting(Offer.objects.all())))

    with scope(hoster=artifaille):
        found = told()
        draft.tariff_versions.all().delete()
        assert told()["marmule"]["error"] == found["marmule"]["error"] + 1
        start_draft(offer=draft, definition=definition, by=artifaille.memberships.get().user)
        assert told() == found
    assert found["marmule"]["warning"] > 0
    shown = team.get(BASE)
    assert f"{found['marmule']['warning']} avertissement" in words(shown)
    assert 'href="/gestion/offres/marmule/relire/"' in shown.content.decode()


def test_quote_shows_the_version_of_its_offer(artifaille: Hoster, team: Client) -> None:
    quote = make_quote(make_offer(artifaille, slug="marmule"))
    assert "D’après la version 1 de l’offre." in words(team.get(quote.get_absolute_url()))


@pytest.mark.parametrize(
    ("changes", "check"),
    [
        ({"purpose": "La suite entière, pour 3,29* € par mois."}, "Q-FOOTNOTE"),
        ({"purpose": "Toute la famille pour 299,99 € par mois."}, "Q-DISPLAY"),
        ({"purpose": "Nextcloud et OnlyOffice, pour tout faire."}, "Q-NEEDSFIRST"),
        ({"name": "Liibre"}, "Q-NAME"),
        ({"purpose": "Vos messages en IMAP."}, "Q-JARGON"),
    ],
)
def test_faults_of_the_course_are_found_when_somebody_types_them(
    offer: Offer, team: Client, changes: dict[str, str], check: str
) -> None:
    """002-062, 002-103, 002-120: kSuite's asterisk, Proton's 299,99, software before needs, saved then read again."""
    before = {each.finding.check for each in findings_of(offer)}
    assert save(team, **changes).status_code == 302
    shown = team.get(f"{BASE}marmule/relire/").context["findings"]
    assert check in {each.finding.check for each in shown} - before
