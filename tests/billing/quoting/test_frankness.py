"""Conditions of success, risks and the part of the association are on every quote that depends on both (003-004)."""

from collections.abc import Callable
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from pypdf import PdfReader

from billing.access_links import mint_link
from billing.documents.render import preview_pdf
from billing.models import AccessLink, Quote
from billing.quoting.drafts import DraftSettings
from billing.quoting.sending import send_draft
from billing.quoting.states import Told
from billing.quoting.versions import revise_quote
from hosters.models import Hoster, User
from offers.models import ComponentKind, Offer, OfferComponent
from offers.versions import publish_version
from tests.billing.documents.reading import letters, text_of
from tests.factories import make_component, make_draft, make_offer, make_quote
from tests.pages import words

SignIn = Callable[[User], Client]
TITLES = ["Pour que cela réussisse", "Ce qui peut gêner", "Ce que vous aurez à faire"]


def titles(quote: Quote) -> list[str]:
    return [each["title"] for each in quote.promise["frankly"]]


@pytest.fixture
def hybrid(artifaille: Hoster) -> Offer:
    """A tool, and somebody who trains people to it."""
    offer = make_offer(artifaille)
    training = make_component(artifaille, ComponentKind.PRESTATION, function="Former l’équipe")
    OfferComponent.objects.create(offer=offer, component=training)
    publish_version(offer=offer)
    return offer


def test_quote_of_a_tool_alone_says_nothing_of_it(marmule: Offer) -> None:
    assert titles(make_quote(marmule)) == []


def test_hybrid_quote_made_by_the_machine_says_it(hybrid: Offer, client: Client) -> None:
    quote = make_quote(hybrid)
    assert titles(quote) == TITLES
    token = mint_link(purpose=AccessLink.Purpose.READ_QUOTE, contact=quote.contact, quote=quote)
    page = words(client.get(reverse("storefront:quote", kwargs={"token": token})))
    assert all(title in page for title in TITLES)
    assert "nous donner les accès nécessaires" in page


def test_team_says_it_in_its_words_and_the_next_version_keeps_them(
    marmule: Offer, alix: User, signed_in: SignIn
) -> None:
    draft = make_draft(make_quote(marmule).contact)
    assert titles(draft) == TITLES, "work made to measure"
    typed = DraftSettings(
        title="", message="", valid_until=draft.valid_until, risks="La fibre n’arrive qu’en mars."
    )
    values = {name: value for name, value in vars(typed).items() if value}
    url = reverse("staff:quote_draft", kwargs={"pk": draft.pk})
    assert signed_in(alix).post(url, values).status_code == 302
    draft.refresh_from_db()
    assert draft.promise["frankly"][1] == {
        "title": "Ce qui peut gêner",
        "text": "La fibre n’arrive qu’en mars.",
    }
    assert letters("La fibre n’arrive qu’en mars.") in text_of(PdfReader(BytesIO(preview_pdf(draft))))
    after = revise_quote(quote=send_draft(draft=draft, told=Told()), told=Told())
    assert after.promise["frankly"] == draft.promise["frankly"]
