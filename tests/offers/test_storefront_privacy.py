"""Public pages: no cookie, nobody else asked, nothing inline."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from hosters.models import Hoster
from tests.factories import make_offer

PAGES = [
    "/",
    "/offres/",
    "/offres/marmule/",
    "/offres/marmule/?users=12&storage_gb=35",
    "/offres/marmule/depart/",
    "/mentions-legales/",
    "/accessibilite/",
    "/reversibilite/",
    "/sous-traitants/",
    "/resilier/recue/",
    "/aide/",
    "/sur-mesure/",
    "/donnees-personnelles/",
    "/demande-recue/",
]


@pytest.fixture(autouse=True)
def marmule(artifaille: Hoster) -> None:
    make_offer(artifaille, slug="marmule")


@pytest.mark.parametrize("path", PAGES)
def test_page_sets_no_cookie(path: str, browser: Client) -> None:
    """002-086."""
    answer = browser.get(path)
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer["Vary"]


def test_form_is_the_first_page_with_a_cookie(browser: Client) -> None:
    """It needs one, against forged requests; no session is opened."""
    answer = browser.get("/offres/marmule/devis/?users=12&storage_gb=35")
    assert set(answer.cookies) == {"csrftoken"}


@pytest.mark.parametrize("path", PAGES)
def test_page_fetches_nothing_elsewhere(path: str, browser: Client) -> None:
    """002-086, 001-020, CHA-01."""
    page = browser.get(path).content.decode()
    assert not re.findall(r'(?:src|srcset|action|hx-get)="(?:https?:)?//[^"]*"', page)
    assert not re.findall(r'<link(?! rel="canonical")[^>]+href="(?:https?:)?//[^"]*"', page)


@pytest.mark.parametrize("path", [*PAGES, "/offres/marmule/devis/?users=12&storage_gb=35", "/contact/"])
def test_002_194_nothing_is_ticked_beforehand_and_nothing_hurries(path: str, browser: Client) -> None:
    page = browser.get(path).content.decode()
    boxes = [box for box in re.findall(r"<input[^>]*>", page) if 'type="checkbox"' in box]
    assert not [box for box in boxes if re.search(r"\schecked\b", box)]
    assert not re.findall(
        r"(?i)derni[eè]res? places?|plus que \d|compte à rebours|dépêchez|expire dans", page
    )


@pytest.mark.parametrize("path", PAGES)
def test_page_has_nothing_inline(path: str, browser: Client) -> None:
    page = browser.get(path).content.decode()
    code = page.replace('<script type="application/ld+json">', "")  # data, that nobody executes
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|<script(?![^>]*\ssrc=)", code)


@pytest.mark.parametrize("path", PAGES)
def test_page_is_french_and_has_one_title(path: str, browser: Client) -> None:
    page = browser.get(path).content.decode()
    assert '<html lang="fr">' in page
    assert page.count("<h1") == 1
    assert re.search(r"<title>[^<]{5,}</title>", page)


@pytest.mark.parametrize("path", PAGES)
def test_page_says_what_it_is_about(path: str, browser: Client) -> None:
    page = browser.get(path).content.decode()
    if path not in ("/demande-recue/", "/resilier/recue/"):  # the pages after a form, that nobody shares
        assert re.search(r'<meta name="description" content="[^"]{10,}">', page)
    assert page.count('<link rel="canonical"') == 1


@pytest.mark.parametrize("path", PAGES)
def test_page_writes_no_sql_per_offer(path: str, browser: Client, artifaille: Hoster) -> None:
    """Four offers cost as many queries as two."""
    robot = Client()  # not counted: a counter is inserted, then updated
    make_offer(artifaille)
    with CaptureQueriesContext(connection) as with_two:
        robot.get(path)
    for _ in range(2):
        make_offer(artifaille)
    with CaptureQueriesContext(connection) as with_four:
        robot.get(path)
    assert len(with_four) == len(with_two)
    assert len(with_four) <= 12


@pytest.mark.parametrize("path", PAGES)
def test_page_read_again_is_not_sent_again(path: str, browser: Client) -> None:
    """The mark of a page is that of its words: the same for everybody, so it follows nobody."""
    first, other = browser.get(path), Client(headers={"user-agent": "another"}).get(path)
    assert first["ETag"] == other["ETag"]
    again = browser.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
