"""A quote of the Marmule sent to Dominique on 22 November 2026, and the link that lets decide."""

from collections.abc import Callable

import pytest
from django.test import Client

from billing.access_links import mint_link
from billing.models import AccessLink, Quote
from offers.models import Offer
from tests.factories import make_file, make_quote

At = Callable[[str], None]


@pytest.fixture
def quote(marmule: Offer, at: At) -> Quote:
    at("2026-11-22 10:00+01:00")
    quote = make_quote(marmule)
    make_file(quote.document)
    return Quote.objects.get(pk=quote.pk)


@pytest.fixture
def decide(quote: Quote) -> str:
    """The address of the pages of the person who decides."""
    token = mint_link(purpose=AccessLink.Purpose.DECIDE_QUOTE, contact=quote.contact, quote=quote)
    return f"/devis/{token}/"


@pytest.fixture
def read(quote: Quote) -> str:
    token = mint_link(purpose=AccessLink.Purpose.READ_QUOTE, contact=quote.contact, quote=quote)
    return f"/devis/{token}/"


@pytest.fixture
def client() -> Client:
    return Client()
