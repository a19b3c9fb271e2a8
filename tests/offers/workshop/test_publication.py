"""What stands in the way of publishing, and what a reason in writing sets aside (002-001, 002-126, 002-154)."""

import pytest
from django.test import Client
from django.urls import reverse
from django_scopes import scope

from hosters.models import Hoster, User
from offers.finding_links import findings_of, link_to
from offers.models import Offer, OfferComponent, OfferStudy
from offers.publication import PublicationRefused, publish_offer, readiness
from offers.tariff_drafts import start_draft
from tests.factories import MARMULE, make_component, make_hoster, make_offer, make_staff, say_everything
from tests.pages import words

pytestmark = pytest.mark.usefixtures("promised")

STAR = {"purpose": "Un seul endroit* pour tout."}
PUBLISH = "/gestion/offres/marmule/publier/"


def draft(hoster: Hoster, **fields: object) -> Offer:
    return make_offer(hoster, slug="marmule", state="draft", **fields)


def test_whole_offer_has_nothing_in_its_way(artifaille: Hoster, alix: User) -> None:
    ready = readiness(draft(artifaille))
    assert (ready.obstacles, ready.to_justify) == ([], [])
    assert publish_offer(offer=ready.offer, by=alix, note="", reasons={}).published_by == alix


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"purpose": " "}, "à quoi elle sert"),
        ({"export_formats": ""}, "dans quels formats on reprend ses données"),
        ({"change_procedure": ""}, "comment on change d’offre"),
        ({"termination_procedure": ""}, "comment on résilie"),
        ({"erasure_days": 0}, "quand elles sont effacées"),
    ],
)
def test_what_is_missing_refuses_with_its_link(
    artifaille: Hoster, alix: User, team: Client, fields: dict[str, object], said: str
) -> None:
    offer = draft(artifaille, **fields)
    shown = team.get(PUBLISH)
    assert said in words(shown)
    obstacle = next(each for each in shown.context["ready"].obstacles if said in words(each.text))
    assert team.get(obstacle.url).status_code == 200
    reasons = {each.key: "parce que" for each in readiness(offer).findings}
    with pytest.raises(PublicationRefused):
        publish_offer(offer=offer, by=alix, note="", reasons=reasons)
    team.post(PUBLISH, {f"raison-{key}": text for key, text in reasons.items()})
    offer.refresh_from_db()
    assert offer.state == Offer.State.DRAFT and not offer.versions.exists()


def test_offer_without_tariff_or_component_is_refused(artifaille: Hoster, alix: User, team: Client) -> None:
    """002-001: no price model, no offer. « Sur devis » is a tariff too."""
    offer = draft(artifaille)
    offer.tariff_versions.all().delete()
    OfferComponent.objects.all().delete()
    read = words(team.get(PUBLISH))
    assert "pas de tarif en vigueur" in read and "aucun composant" in read
    assert "Publier cette version" not in read
    with pytest.raises(PublicationRefused):
        publish_offer(offer=offer, by=alix, note="", reasons={})


def test_offer_that_nothing_pays_for_is_refused(artifaille: Hoster, alix: User, team: Client) -> None:
    """002-001: a price model, and a revenue source; a free offer says what pays for it."""
    free = {"charges": [{"type": "flat", "code": "base", "label": "Base", "price": "0"}]}
    offer = draft(artifaille, tariff=free)
    assert "Rien ne fait vivre cette offre" in words(team.get(PUBLISH))
    with pytest.raises(PublicationRefused):
        publish_offer(offer=offer, by=alix, note="", reasons={})
    OfferStudy.objects.create(offer=offer, accepted_reason="Une subvention de la ville.")
    offer = Offer.objects.get(pk=offer.pk)
    assert not readiness(offer).obstacles
    assert "Une subvention de la ville." in words(team.get(PUBLISH))


def test_what_makes_an_offer_live_is_read_from_its_tariff(artifaille: Hoster) -> None:
    """002-001: Marmule lives on a subscription, its setting up and the membership of its associations."""
    told = {"des abonnements", "une vente, payée une fois", "des cotisations"}
    assert set(readiness(draft(artifaille)).revenue) == told


def test_offer_on_quote_is_published(artifaille: Hoster, alix: User) -> None:
    tariff = {"charges": [{"type": "on_quote", "label": "Installation"}]}
    offer = draft(artifaille, tariff=tariff)
    ready = readiness(offer)
    assert not ready.obstacles
    reasons = {each.key: "Nous chiffrons ensemble." for each in ready.to_justify}
    assert publish_offer(offer=offer, by=alix, note="", reasons=reasons).number == 1


def test_incomplete_identity_is_refused(db: None) -> None:
    hoster = make_hoster("sans-identite", site_host="")
    with scope(hoster=hoster):
        offer = draft(hoster)
        with pytest.raises(PublicationRefused, match="qui héberge ce site"):
            publish_offer(offer=offer, by=make_staff(hoster), note="", reasons={})


def test_unpublished_conditions_of_sale_are_refused(db: None) -> None:
    """A page that invites to buy shows its conditions: while they are empty, nothing is published."""
    hoster = say_everything(make_hoster("sans-conditions", terms=False))
    with scope(hoster=hoster):
        found = readiness(draft(hoster)).obstacles
    assert [each.url for each in found] == [reverse("staff:terms")]
    assert "conditions générales, accord de sous-traitance" in found[0].text


def test_error_needs_a_reason_that_stays_visible(artifaille: Hoster, team: Client) -> None:
    offer = draft(artifaille, **STAR)
    shown = team.get(PUBLISH)
    (error,) = shown.context["ready"].to_justify
    assert error.finding.check == "Q-FOOTNOTE" and error.url.endswith("/marmule/#id_purpose")
    refused = team.post(PUBLISH, {f"raison-{error.key}": "  "})
    assert refused.status_code == 422 and not offer.versions.exists()
    team.post(PUBLISH, {f"raison-{error.key}": "La note est sur l’affiche."})
    version = offer.versions.get()
    assert version.overrides == [
        {"check": "Q-FOOTNOTE", "message": error.finding.message, "reason": "La note est sur l’affiche."}
    ]
    for page in (
        "/gestion/offres/",
        "/gestion/offres/marmule/versions/",
        "/gestion/offres/marmule/versions/1/",
    ):
        assert "La note est sur l’affiche." in words(team.get(page)), page


def test_reason_for_another_error_sets_nothing_aside(artifaille: Hoster, alix: User) -> None:
    offer = draft(artifaille, **STAR)
    (old,) = readiness(offer).to_justify
    offer.purpose = "Deux endroits* pour tout."
    offer.save()
    with pytest.raises(PublicationRefused):
        publish_offer(offer=offer, by=alix, note="", reasons={old.key: "La note est sur l’affiche."})


def test_warnings_are_shown_and_block_nothing(artifaille: Hoster, team: Client) -> None:
    offer = draft(artifaille, name="Liibre")
    read = words(team.get(PUBLISH))
    assert "double une voyelle" in read and "avertissement" in read
    team.post(PUBLISH, {})
    assert offer.versions.count() == 1
    assert "C’est en vente" in words(team.get(PUBLISH))


@pytest.mark.parametrize(
    ("path", "end"),
    [
        ("purpose", "/marmule/#id_purpose"),
        ("not_included", "/marmule/#id_not_included"),
        ("export_formats", "/marmule/fin-de-contrat/#id_export_formats"),
        ("termination", "/marmule/fin-de-contrat/#id_termination_procedure"),
        ("change", "/marmule/fin-de-contrat/#id_change_procedure"),
        ("review_on", "/marmule/relire/#id_review_on"),
        ("tariff.terms", "/marmule/tarif/brouillon/?partie=terms#terms"),
        ("tariff.charges[0].tiers", "/marmule/tarif/brouillon/?partie=charges#charges-0-tiers"),
        ("parts", "/marmule/composants/#ajouter"),
        ("parts[99].rights", "/marmule/composants/#ajouter"),
        ("evidence", "/etude/enquetes/#ajouter"),
        ("availability", "/reglages/disponibilite/#id_availability_target"),
        ("contact", "/reglages/accueil/"),
        ("glossary.nom de domaine", "/glossaire/?mot=nom%20de%20domaine#ajouter"),
        ("nowhere", ""),
    ],
)
def test_finding_leads_to_its_field(artifaille: Hoster, path: str, end: str) -> None:
    offer = draft(artifaille)
    assert link_to(offer, path).endswith(end) and bool(link_to(offer, path)) == bool(end)


def test_finding_of_a_component_leads_to_it(artifaille: Hoster, team: Client) -> None:
    offer = draft(artifaille)
    second = OfferComponent.objects.create(offer=offer, component=make_component(artifaille), position=9)
    link = link_to(offer, "parts[1].rights")
    assert link.endswith(f"#composant-{second.component_id}")
    assert f'id="composant-{second.component_id}"' in team.get(link).content.decode()
    assert link_to(offer, "parts[1].need") == f"/gestion/besoins/{second.component.need_id}/#id_title"
    assert link_to(offer, "parts[1].function") == f"/gestion/composants/{second.component_id}/#id_function"


def test_finding_of_what_comes_from_another_offer_leads_there(artifaille: Hoster, team: Client) -> None:
    """002-137: an inherited component is shown, and mended where it was put."""
    held = make_offer(artifaille, slug="base", name="Base & Cie")
    offer = draft(artifaille, inherits=held)
    component = held.parts.get().component
    assert link_to(offer, "parts[0].rights") == f"/gestion/offres/base/composants/#composant-{component.pk}"
    shown = team.get("/gestion/offres/marmule/composants/")
    assert "vient de Base & Cie" in words(shown)
    assert [part.component for part in shown.context["inherited"]] == [component]


def test_preview_of_a_draft_leads_to_no_page_that_does_not_exist(artifaille: Hoster, team: Client) -> None:
    draft(artifaille)
    answer = team.get("/gestion/offres/marmule/apercu/")
    assert 'href="/offres/marmule/' not in answer.content.decode()
    assert "s’allument à la publication" in words(answer)


def test_what_was_not_said_leads_to_each_page_of_the_settings(artifaille: Hoster, team: Client) -> None:
    """002-081 to 002-099: the promise is required before publishing, with the field that mends it."""
    draft(artifaille)
    Hoster.objects.update(data_place="", phone="", publication_director="")
    shown = team.get(PUBLISH)
    urls = [each.url for each in shown.context["ready"].obstacles]
    assert "Celle-ci est prête et vous attend ici." in words(shown) and "Il manque encore" not in words(shown)
    assert urls == ["/gestion/reglages/identite/#id_phone", "/gestion/reglages/disponibilite/#id_data_place"]


def test_what_is_arranged_says_that_visitors_wait_for_a_publication(artifaille: Hoster, team: Client) -> None:
    """002-067: the place of an offer on sale is read in its next version."""
    make_offer(artifaille, slug="autre", name="Autre")
    place = "/gestion/offres/autre/place/"
    answer = team.post(place, {"segment": "company", "inherits": ""}, follow=True)
    assert "à sa prochaine publication" in words(answer) and "modifications en attente" in words(answer)
    again = team.post(place, {"segment": "association", "inherits": ""}, follow=True)
    assert "à sa prochaine publication" not in words(again)


def test_draft_tariff_is_looked_at_while_none_is_in_force(artifaille: Hoster, alix: User) -> None:
    offer = draft(artifaille)
    offer.tariff_versions.all().delete()
    assert "Q-COMPARE" in {each.finding.check for each in findings_of(offer)}
    start_draft(offer=offer, definition=MARMULE, by=alix)
    assert "Q-COMPARE" not in {each.finding.check for each in findings_of(offer)}


def test_review_date_is_reminded(artifaille: Hoster, team: Client) -> None:
    """002-067: next review date with reminder."""
    offer = make_offer(artifaille, slug="marmule", review_on="2026-01-02")
    make_offer(artifaille, slug="brouillon", name="Jamais vue", state="draft", review_on="2026-01-02")
    read = words(team.get("/gestion/"))
    assert "Marmule La relecture était prévue le 2 janvier 2026. Offre à revoir" in read
    assert "Jamais vue" not in read
    assert "à revoir depuis le 2 janvier 2026" in words(team.get("/gestion/offres/"))
    assert "Q-REVIEW" in {each.finding.check for each in findings_of(Offer.objects.get(pk=offer.pk))}


def test_reason_of_the_last_version_is_proposed_again(artifaille: Hoster, alix: User, team: Client) -> None:
    offer = draft(artifaille, **STAR)
    (error,) = readiness(offer).to_justify
    publish_offer(offer=offer, by=alix, note="", reasons={error.key: "Elle est sur l’affiche."})
    on_sale = team.get(PUBLISH)
    assert "renvoie à une note" in words(on_sale) and f"raison-{error.key}" not in on_sale.content.decode()
    Offer.objects.filter(pk=offer.pk).update(audience="Pour le quartier")
    again = team.get(PUBLISH).content.decode()
    assert f"raison-{error.key}" in again and "Elle est sur l’affiche." in again
