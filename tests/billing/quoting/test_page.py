"""The quote by its secret link: reading changes nothing, and only the right link opens it."""

import re
from collections.abc import Callable
from datetime import timedelta

import pytest
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from billing.access_links import mint_link, open_link
from billing.models import AccessLink, Quote
from hosters.models import Hoster
from offers.models import Offer
from tests.factories import make_file, make_offer, make_quote
from tests.pages import normal, region, words

Purpose = AccessLink.Purpose


@pytest.fixture
def quote(marmule: Offer) -> Quote:
    return make_quote(marmule)


def link(quote: Quote, purpose: AccessLink.Purpose = Purpose.DECIDE_QUOTE) -> str:
    with scope(hoster=quote.hoster):
        return mint_link(purpose=purpose, contact=quote.contact, quote=quote)


def test_page_says_what_by_need_and_how_much(quote: Quote) -> None:
    page = words(Client().get(f"/devis/{link(quote)}/"))
    for said in (
        "Les Amis du lavoir",
        quote.number,
        "Partager ses documents",
        "30,00 €",
        "100,00 €",
        "430,00 €",
        "380,00 €",
    ):
        assert said in page
    assert "À la fin du contrat" in page


def test_page_waits_for_its_pdf(quote: Quote) -> None:
    page = Client().get(f"/devis/{link(quote)}/")
    assert "Nous préparons votre devis en PDF" in words(page)
    assert '<meta http-equiv="refresh"' in page.content.decode()  # without JavaScript


def test_htmx_part_is_the_same_as_in_the_page(quote: Quote) -> None:
    url = f"/devis/{link(quote)}/"
    for made in (False, True):
        if made:
            make_file(quote.document)
        part = Client(headers={"hx-request": "true"}).get(url)
        assert normal(part.content.decode()) == normal(region(Client().get(url), "document"))


def test_polling_stops_when_the_pdf_is_there(quote: Quote) -> None:
    url, htmx = f"/devis/{link(quote)}/", Client(headers={"hx-request": "true"})
    assert htmx.get(url).status_code == 200
    make_file(quote.document)
    assert htmx.get(url).status_code == 286
    assert "hx-get" not in re.sub(r"<head.*?</head>", "", Client().get(url).content.decode(), flags=re.DOTALL)


def test_pdf_is_the_very_file(quote: Quote) -> None:
    make_file(quote.document, b"%PDF-1.7 le devis %%EOF")
    answer = Client().get(f"/devis/{link(quote)}/pdf/")
    assert answer.content == b"%PDF-1.7 le devis %%EOF"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"] == f'inline; filename="devis-{quote.number}.pdf"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_pdf_that_is_not_made_yet_sends_back_to_the_page(quote: Quote) -> None:
    token = link(quote)
    assert Client().get(f"/devis/{token}/pdf/")["Location"] == f"/devis/{token}/"


def test_pages_are_neither_kept_nor_indexed(quote: Quote) -> None:
    token = link(quote)
    make_file(quote.document)
    for path in ("", "pdf/", "accepter/"):
        answer = Client().get(f"/devis/{token}/{path}")
        assert "no-store" in answer["Cache-Control"]
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "same-origin"


def test_link_of_the_visitor_reads_but_does_not_decide(quote: Quote) -> None:
    """The address of the browser proves nothing: only the mail does."""
    make_file(quote.document)
    token = link(quote, Purpose.READ_QUOTE)
    assert "Pour accepter, ouvrez le lien reçu par e-mail" in words(Client().get(f"/devis/{token}/"))
    for method in ("get", "post"):
        assert getattr(Client(), method)(f"/devis/{token}/accepter/").status_code == 404


def expire(row: AccessLink) -> None:
    row.expires_at = timezone.now() - timedelta(seconds=1)
    row.save()


def revoke(row: AccessLink) -> None:
    row.revoked_at = timezone.now()
    row.save()


@pytest.mark.parametrize("kill", [expire, revoke, AccessLink.delete])
def test_dead_link_is_like_an_unknown_one(quote: Quote, kill: Callable[[AccessLink], object]) -> None:
    """On GET and on POST, on every page: same status, same page."""
    make_file(quote.document)
    token = link(quote)
    kill(AccessLink.objects.get(purpose=Purpose.DECIDE_QUOTE))
    for path in ("", "pdf/", "accepter/"):
        dead, unknown = Client().get(f"/devis/{token}/{path}"), Client().get(f"/devis/{'x' * 43}/{path}")
        assert dead.status_code == unknown.status_code == 404
        assert dead.content == unknown.content
    assert Client().post(f"/devis/{token}/accepter/", {"name": "D", "role": "T"}).status_code == 404


def test_link_of_another_hoster_is_unknown_here(quote: Quote, other: Hoster) -> None:
    theirs = make_quote(make_offer(other))
    token = link(theirs)
    assert Client().get(f"/chez/gouttiere/devis/{token}/").status_code == 200
    for method in ("get", "post"):
        assert getattr(Client(), method)(f"/chez/artifaille/devis/{token}/accepter/").status_code == 404


@pytest.mark.parametrize("token", ["a", "%00", "%ED%A0%80", "..%2f..", "x" * 5000, "é", "²", "'%20OR%201=1"])
def test_forged_link_is_unknown(quote: Quote, token: str) -> None:
    for path in ("", "pdf/", "accepter/"):
        answer = Client().get(f"/devis/{token}/{path}")
        assert answer.status_code == 404
    assert Client().get(f"/espace/lien/{token}/").status_code == 404


def test_token_is_long_random_and_never_stored(quote: Quote) -> None:
    tokens = {link(quote) for _ in range(50)}
    assert len(tokens) == 50
    assert len({token[:8] for token in tokens}) == 50
    assert all(len(token) >= 43 for token in tokens)  # 256 bits
    stored = " ".join(" ".join(map(str, row)) for row in AccessLink.objects.values_list())
    assert not any(token in stored for token in tokens)


def test_link_opens_what_it_was_made_for_only(quote: Quote) -> None:
    token = link(quote, Purpose.SPACE)
    assert open_link(token, Purpose.SPACE) is not None
    assert open_link(token, Purpose.READ_QUOTE, Purpose.DECIDE_QUOTE) is None
    assert Client().get(f"/devis/{token}/").status_code == 404


def test_reading_accepts_nothing(quote: Quote) -> None:
    """A mail scanner follows every link, with GET and HEAD (GHSA-7r3g at others)."""
    make_file(quote.document)
    token = link(quote)
    for path in ("", "pdf/", "accepter/"):
        for method in ("get", "head"):
            getattr(Client(), method)(f"/devis/{token}/{path}?reviewed=1&name=D&role=T&mandated=on")
    quote.refresh_from_db()
    assert quote.state == Quote.State.SENT


def test_answer_of_asking_leads_to_a_page_that_reads_only(ask: Callable[..., HttpResponse]) -> None:
    page = Client().get(ask()["Location"])
    assert "accepter/" not in page.content.decode()
