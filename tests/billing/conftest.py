"""What the tests of documents share: the Marmule, and a form filled in by Dominique."""

from collections.abc import Callable
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from hosters.models import Hoster
from offers.models import Offer
from tests.factories import make_offer
from tests.pages import hidden_fields

ASK = "/offres/marmule/devis/?users=12&storage_gb=35"
DOMINIQUE = {
    "organization": "Les Amis du lavoir",
    "street": "3 place du Marché",
    "postcode": "69003",
    "town": "Lyon",
    "country": "FR",
    "name": "Dominique Petit",
    "role": "Trésorière",
    "email": "dominique@lavoir.example",
}


@pytest.fixture
def marmule(artifaille: Hoster) -> Offer:
    return make_offer(artifaille, slug="marmule")


@pytest.fixture
def ask(marmule: Offer) -> Callable[..., HttpResponse]:
    """Open the form and send it as Dominique, with some answers changed."""

    def send(client: Client | None = None, url: str = ASK, **changes: Any) -> HttpResponse:
        client = client or Client()
        page = client.get(url)
        assert page.status_code == 200
        return client.post(url, DOMINIQUE | hidden_fields(page) | changes)

    return send
