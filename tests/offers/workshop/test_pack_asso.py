"""From a blank page to an offer on sale and a quote asked, without JavaScript (002-001, 002-123, CARD-010)."""

import pytest
from django.test import Client

from billing.models import Quote
from hosters.models import Hoster
from offers.models import Component, Offer
from offers.tariff_drafts import start_draft
from tests.factories import MARMULE, make_offer
from tests.pages import hidden_fields, words

BASE = "/gestion/offres/"
FREE = {"charges": [{"type": "flat", "code": "base", "label": "Base", "price": "0"}]}
ABOUT = {
    "name": "Pack asso",
    "segment": "association",
    "audience": "Pour une association qui se lance",
    "purpose": "Un site, des adresses à votre nom, et quelqu’un à qui parler.",
}


@pytest.mark.usefixtures("promised")
def test_pack_of_the_course_goes_from_blank_page_to_quote(
    artifaille: Hoster, team: Client, catalogue: list[Component]
) -> None:
    model = team.post(f"{BASE}nouvelle/", ABOUT).url
    assert model.endswith("/pack-asso/modele/")
    paid = {"lives_on": ["subscription", "services"], "planned_clients": "10", "action": "next"}
    assert team.post(model, paid).url.endswith("/pack-asso/composants/")
    offer = Offer.objects.get(slug="pack-asso")
    team.post(f"{BASE}pack-asso/composants/", {"components": [row.pk for row in catalogue]})
    helped = offer.parts.get(component=catalogue[3])
    given = {"part": helped.pk, "action": "save", f"p{helped.pk}-detail": "deux heures par mois"}
    team.post(f"{BASE}pack-asso/composants/", given | {f"p{helped.pk}-words": "réponse sous un jour"})

    refused = team.post(f"{BASE}pack-asso/publier/", {})
    assert "pas de tarif en vigueur" in words(refused)
    assert Client().get("/offres/pack-asso/").status_code == 404

    start_draft(offer=offer, definition=MARMULE, by=offer.hoster.memberships.get().user)
    shown = team.get(f"{BASE}pack-asso/tarif/publier/")
    today = shown.context["form"].fields["in_force_from"].initial
    team.post(f"{BASE}pack-asso/tarif/publier/", {**hidden_fields(shown), "in_force_from": today})
    page = team.get(f"{BASE}pack-asso/fin-de-contrat/")
    ending = {name: field.initial for name, field in page.context["form"].fields.items()}
    ending |= page.context["form"].initial | {"export_formats": "archives et mbox"}
    team.post(f"{BASE}pack-asso/fin-de-contrat/", {**ending, **hidden_fields(page)})

    page = team.get(f"{BASE}pack-asso/publier/")
    assert not page.context["ready"].obstacles
    reasons = {f"raison-{each.key}": "Un premier prix." for each in page.context["ready"].to_justify}
    team.post(f"{BASE}pack-asso/publier/", reasons | {"note": "Première version"})

    read = words(Client().get("/offres/pack-asso/"))
    assert Offer.objects.get(slug="pack-asso").kind_label == "hybride"
    for said in (
        "Pour une association qui se lance",
        "Un site facile à tenir à jour",
        "deux heures par mois",
    ):
        assert said in read
    _ask_for_a_quote()
    quote = Quote.objects.get(offer=offer)
    assert quote.promise["version"] == 1
    assert next(part["need"] for part in quote.promise["parts"]) == "Avoir un site"


def _ask_for_a_quote() -> None:
    visitor = Client()
    form = visitor.get("/offres/pack-asso/devis/")
    organization = {"name": "Les Amis du lavoir", "street": "3 place", "postcode": "69003", "town": "Lyon"}
    data = {name: "Dominique" for name, field in form.context["form"].fields.items() if field.required}
    data |= organization | {"country": "FR", "email": "dominique@lavoir.example", **hidden_fields(form)}
    answer = visitor.post("/offres/pack-asso/devis/", data)
    assert answer.status_code == 302, words(answer)


def test_empty_workshop_invites_to_create(artifaille: Hoster, team: Client) -> None:
    read = words(team.get(BASE))
    assert "L’atelier est vide" in read and "Créer une offre" in read


def test_step_of_the_price_opens_on_its_shapes(artifaille: Hoster, team: Client) -> None:
    """Nothing to read yet: no page stands between the components and the choice of a shape."""
    team.post(f"{BASE}nouvelle/", ABOUT)
    assert team.get(f"{BASE}pack-asso/tarif/").url == f"{BASE}pack-asso/tarif/formes/"


def test_offer_on_sale_before_the_question_lives_on_what_its_tariff_charges(
    artifaille: Hoster, team: Client
) -> None:
    """002-001: the step « Ce qui la fait vivre » is done once something pays, asked or not."""
    for slug, definition in (("payante", MARMULE), ("gratuite", FREE)):
        make_offer(artifaille, slug=slug, tariff=definition)
    done = {
        slug: next(each.done for each in team.get(f"{BASE}{slug}/").context["steps"] if each.code == "model")
        for slug in ("payante", "gratuite")
    }
    assert done == {"payante": True, "gratuite": False}


def test_steps_are_shown_in_the_order_of_the_course(
    artifaille: Hoster, team: Client, catalogue: list[Component]
) -> None:
    team.post(f"{BASE}nouvelle/", ABOUT)
    read = words(team.get(f"{BASE}pack-asso/"))
    steps = [
        "Pour qui, pour quoi",
        "Ce qui la fait vivre",
        "Composants",
        "Tarif",
        "Fin de contrat",
        "Relire",
        "Publier",
    ]
    places = [read.index(step) for step in steps]
    assert places == sorted(places)
