"""Visitors read the published version; the draft is the team's (002-067)."""

from copy import deepcopy

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from hosters.models import Hoster
from offers.advice import Advice, advise
from offers.comparison import compare
from offers.editing import seal_of, update_offer
from offers.freezing import content_of, fingerprint
from offers.help_form import HelpForm
from offers.models import Component, Entitlement, Need, Offer, OfferVersion, PublishedOffer, Range
from offers.models.offer_version import VersionIsWritten
from offers.models.published_offer import WrittenElsewhere
from offers.part_editing import add_part, change_part, remove_part
from offers.promise import promise_of
from offers.version_differences import changes_between
from offers.versions import differs, publish_version, restart_from, withdraw_offer
from tests.factories import make_component, make_offer, make_quote
from tests.pages import words

SECRET = "SECRETENPREPARATION"


def edit(offer: Offer, **values: object) -> None:
    update_offer(offer=offer, values=values, seal=seal_of(offer, values))


@pytest.fixture
def changed(artifaille: Hoster) -> Offer:
    """On sale, then changed everywhere in the workshop without being published."""
    offer = make_offer(artifaille, slug="marmule", audience="Pour le lavoir", range=None)
    part = offer.parts.get()
    Need.objects.filter(pk=part.component.need_id).update(title=f"{SECRET} besoin")
    Component.objects.filter(pk=part.component_id).update(function=f"{SECRET} fonction", software=SECRET)
    change_part(part=part, detail=SECRET, metrics=[], labels=[SECRET])
    need = Need.objects.create(hoster=artifaille, title=f"{SECRET} autre")
    more = Component.objects.create(
        hoster=artifaille, need=need, slug="plus", function=f"{SECRET} plus", kind="produit"
    )
    add_part(offer=offer, component=more)
    hidden = Range.objects.create(hoster=artifaille, slug="cachee", name=SECRET)
    texts = dict.fromkeys(
        ("name", "audience", "purpose", "not_included", "export_formats", "exit_help", "data_location"),
        SECRET,
    )
    edit(
        offer,
        **texts,
        range=hidden,
        segment="company",
        notice_days=77,
        footnotes=[{"mark": "*", "text": SECRET}],
    )
    return offer


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/offres/",
        "/offres/?public=association",
        "/offres/marmule/",
        "/offres/marmule/depart/",
        "/offres/marmule/devis/",
        "/question/?offre=marmule",
        "/aide/",
        "/aide/?personnes=5&adresses=0",
        "/sur-mesure/",
        "/reversibilite/",
        "/sitemap.xml",
    ],
)
def test_draft_is_read_by_no_visitor(changed: Offer, path: str) -> None:
    answer = Client().get(path)
    assert answer.status_code == 200
    read = answer.content.decode()
    assert SECRET not in read and "77 jours" not in words(answer)
    if path.startswith("/offres/marmule"):
        assert "Marmule" in read


def test_range_of_a_draft_is_no_page(changed: Offer) -> None:
    assert Client().get("/gammes/cachee/").status_code == 404
    publish_version(offer=changed)
    assert SECRET in words(Client().get("/gammes/cachee/"))


def test_published_changes_are_read_by_everybody(changed: Offer) -> None:
    publish_version(offer=changed)
    read = words(Client().get("/offres/marmule/"))
    for said in (f"{SECRET} besoin", f"{SECRET} plus", "77 jours"):
        assert said in read


def test_quote_keeps_the_version_it_was_made_with(changed: Offer) -> None:
    """002-067: quotes keep the version they were made with."""
    public = Offer.objects.published().get(pk=changed.pk)
    quote = make_quote(public)
    assert quote.promise["version"] == 1
    assert SECRET not in str(quote.promise)
    publish_version(offer=changed)
    quote.refresh_from_db()
    assert quote.promise["version"] == 1 and SECRET not in str(quote.promise)
    assert promise_of(Offer.objects.published().get(pk=changed.pk))["version"] == 2


def test_comparison_and_advice_read_the_version(changed: Offer, artifaille: Hoster) -> None:
    offers = list(Offer.objects.published().for_display().select_related("hoster"))
    rows = compare([*offers, *offers]).rows
    assert SECRET not in str([(row.title, row.cells) for row in rows])
    form = HelpForm(offers, {"personnes": "5", "adresses": "0", "accompagnement": "seuls"})
    assert SECRET not in str([need.title for need in form.needs.values()])
    if form.is_valid():
        advice: Advice = advise(artifaille, offers, form)
        assert advice.offer is None or advice.offer.name == "Marmule"


def test_published_copy_cannot_be_written(artifaille: Hoster) -> None:
    make_offer(artifaille, slug="marmule")
    copy = Offer.objects.published().get(slug="marmule")
    assert isinstance(copy, PublishedOffer)
    with pytest.raises(WrittenElsewhere):
        copy.save()
    with pytest.raises(WrittenElsewhere):
        copy.delete()


def test_version_cannot_be_written_again(artifaille: Hoster) -> None:
    version = make_offer(artifaille).versions.get()
    version.note = "autre chose"
    with pytest.raises(VersionIsWritten):
        version.save()


def test_version_keeps_everything_that_is_read(artifaille: Hoster) -> None:
    offer = make_offer(artifaille)
    part = offer.parts.get()
    Entitlement.objects.create(part=part, metric="users")
    version = publish_version(offer=offer, note="Le droit d’utiliser")
    assert version.content["parts"][0]["rights"] == [{"metric": "users", "label": ""}]
    assert version.content["parts"][0]["need"]["title"] == part.component.need.title
    assert version.content["offer"]["notice_days"] == 30
    assert not {"comment", "review_on", "state", "slug"} & set(version.content["offer"])
    assert version.sha256 == fingerprint(version.content)


def test_publishing_the_same_twice_adds_nothing(artifaille: Hoster) -> None:
    offer = make_offer(artifaille)
    assert publish_version(offer=offer).number == publish_version(offer=offer).number == 1
    assert not differs(offer)


def test_version_from_before_a_new_column_is_not_a_change(artifaille: Hoster) -> None:
    """A migration adds a column at its default: nobody changed anything."""
    offer = make_offer(artifaille)
    older = deepcopy(offer.versions.get().content)
    del older["offer"]["is_trial"], older["parts"][0]["component"]["software"]
    older["parts"][0]["component"]["a_column_that_is_gone"] = "x"
    OfferVersion.objects.filter(offer=offer).update(content=older)
    read = words(Client().get(f"/offres/{offer.slug}/"))
    assert offer.name in read
    assert "Sert d’essai" not in [change.label for change in changes_between(older, content_of(offer))]


def test_withdrawn_offer_is_no_longer_sold_and_comes_back(artifaille: Hoster, team: Client) -> None:
    offer = make_offer(artifaille, slug="marmule")
    assert "Retirer" in words(team.get("/gestion/offres/marmule/retirer/"))
    assert Client().get("/offres/marmule/").status_code == 200
    team.post("/gestion/offres/marmule/retirer/")
    assert Client().get("/offres/marmule/").status_code == 404
    assert "/offres/marmule/" not in Client().get("/sitemap.xml").content.decode()
    offer.refresh_from_db()
    publish_version(offer=offer)
    assert Client().get("/offres/marmule/").status_code == 200
    assert offer.versions.count() == 1
    withdraw_offer(offer=offer)


def test_restarting_brings_back_what_a_version_said(changed: Offer, team: Client) -> None:
    publish_version(offer=changed)
    first = changed.versions.get(number=1)
    team.post(reverse("staff:offer_version_restart", kwargs={"slug": "marmule", "number": 1}))
    row = Offer.objects.get(pk=changed.pk)
    assert (row.audience, row.range, row.notice_days, row.segment) == (
        "Pour le lavoir",
        None,
        30,
        "association",
    )
    assert [part.detail for part in row.parts.all()] == [""]
    assert SECRET in words(Client().get("/offres/marmule/")), "visitors see nothing of it yet"
    edit(row, name="Marmule")
    labels = {change.label for change in changes_between(first.content, content_of(row))}
    assert all(label.startswith("Composant") for label in labels), "only the catalogue moved since"


def test_restarting_says_which_components_are_gone(artifaille: Hoster) -> None:
    offer = make_offer(artifaille)
    part = offer.parts.get()
    component = part.component
    remove_part(part=part)
    component.delete()
    assert restart_from(offer=offer, version=offer.versions.get()) == ["Partager"]


def test_difference_is_said_field_by_field(artifaille: Hoster, team: Client) -> None:
    offer = make_offer(artifaille, slug="marmule")
    gone = offer.parts.get()
    came = make_component(artifaille)
    add_part(offer=offer, component=came)
    remove_part(part=gone)
    edit(offer, purpose="Tout, au même endroit.", notice_days=15)
    publish_version(offer=offer, note="Plus court")
    read = words(team.get("/gestion/offres/marmule/versions/2/"))
    assert "À quoi ça sert modifié Un seul endroit pour tout. Tout, au même endroit." in read
    assert "Préavis de départ (jours) modifié 30 15" in read
    assert f"Composant : {came.need.title} ajouté" in read
    assert f"Composant : {gone.component.need.title} retiré" in read


def test_preview_shows_the_draft_to_the_team_only(changed: Offer, team: Client) -> None:
    url = "/gestion/offres/marmule/apercu/"
    shown = team.get(url)
    assert f"{SECRET} plus" in words(shown) and "pour l’équipe seulement" in words(shown)
    assert shown["X-Robots-Tag"] == "noindex"
    assert Client().get(url).status_code == 302
    priced = team.get(f"{url}?users=12", headers={"hx-request": "true"})
    assert "<html" not in priced.content.decode() and "12" in words(priced)


def test_preview_is_the_public_page(artifaille: Hoster, team: Client) -> None:
    make_offer(artifaille, slug="marmule")
    shown = words(team.get("/gestion/offres/marmule/apercu/"))
    public = words(Client().get("/offres/marmule/"))
    sections = public[public.index("Ce que vous pourrez faire") : public.index("Et maintenant")]
    assert sections in shown


def test_rights_are_said_in_the_words_of_the_tariff(artifaille: Hoster, team: Client) -> None:
    offer = make_offer(artifaille, slug="marmule")
    change_part(part=offer.parts.get(), detail="", metrics=["storage_gb"], labels=[])
    for page in ("relire/", "versions/", "composants/"):
        read = words(team.get(f"/gestion/offres/marmule/{page}"))
        assert "Espace commun" in read and "storage_gb" not in read, page


def test_other_publics_and_paying_lines_are_said_in_the_difference(artifaille: Hoster) -> None:
    """A list of codes is told in words, and what a component is paid by too (002-068, 002-167)."""
    offer = make_offer(artifaille)
    before = content_of(offer)
    with scope(hoster=artifaille):
        offer.also_for = ["public"]
        offer.parts.update(charges=["pack-de-base"])
        found = changes_between(before, content_of(offer))
    assert [(each.before, each.after) for each in found] == [
        ("", "collectivités"),
        ("payé par aucune ligne du tarif", "payé par : pack-de-base"),
    ]
