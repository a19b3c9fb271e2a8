"""Every public page of the demonstration: for everybody's eyes and hands, light, and without anybody else.

The pages are found as a visitor finds them, by links. There are four ways to look at one, two widths and two schemes:
each page takes the next, since pages of one kind are many and four looks at each would take ten minutes.
"""

import re
from collections.abc import Iterator
from html import unescape
from itertools import cycle
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page

OURS = "/chez/demo/"
WAYS = [(width, scheme) for width in (1280, 390) for scheme in ("light", "dark")]
#: For the team, or for nobody: these are looked at elsewhere.
ELSEWHERE = re.compile(r"/gestion/|/compte/|\.pdf$|/styleguide/|/courriels/")
#: Pages that no link leads to, or only after something was done.
MISSING = ("rien/", "offres/rien/", "devis/faux/", "vote/faux/")
UNLINKED = (*MISSING, "demande-recue/", "resilier/recue/", "lettre/demandee/")
ANSWERED = (
    "aide/?benevoles=15&salaries=2&par_personne=1",
    "offres/grenier/?users=beaucoup",
    "?engagement=12",
)
MAX_HTML, MAX_ALL, MAX_REQUESTS = 60_000, 400_000, 30


def links_of(site: str, path: str) -> set[str]:
    """The pages of this site that a page leads to, forms and their answers left apart."""
    with urlopen(Request(site + path, headers={"DNT": "1"})) as answer:
        page = answer.read().decode()
    found = (
        unescape(link).partition("#")[0].partition("?")[0]
        for link in re.findall(r'<a[^>]+href="(/[^"]*)"', page)
    )
    return {link for link in found if link and not ELSEWHERE.search(link)}


@pytest.fixture(scope="package")
def pages(site: str) -> list[str]:
    """Every page that links lead to from the root, whatever its hoster."""
    seen: set[str] = set()
    to_read = {"/"}
    while to_read:
        path = to_read.pop()
        seen.add(path)
        to_read |= links_of(site, path) - seen
    assert len(seen) > 250
    return sorted(seen)


@pytest.fixture
def tab(browser: Browser, site: str) -> Iterator[Page]:
    context = browser.new_context(base_url=site, locale="fr-FR", reduced_motion="reduce")
    page = context.new_page()
    yield page
    context.close()


def looked_at(tab: Page, path: str, width: int, scheme: str) -> list[str]:
    """What is wrong with a page seen this way."""
    tab.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    tab.set_viewport_size({"width": width, "height": 900})
    tab.goto(path)
    faults = [
        f"{each['id']} {each['nodes'][0]['html'][:160]}" for each in Axe().run(tab).response["violations"]
    ]
    if tab.evaluate("document.documentElement.scrollWidth > innerWidth"):
        faults.append("wider than the screen")
    return [f"{path} {width} {scheme}: {fault}" for fault in faults]


def faults_of(tab: Page, paths: list[str]) -> list[str]:
    turns = zip(paths, cycle(WAYS), strict=False)
    return [fault for path, way in turns for fault in looked_at(tab, path, *way)]


def test_each_page_of_one_hoster_is_accessible(tab: Page, pages: list[str]) -> None:
    ours = [path for path in pages if path.startswith(OURS)]
    assert faults_of(tab, ours + [OURS + path for path in (*UNLINKED, *ANSWERED)]) == []


def test_pages_of_the_others_are_accessible(tab: Page, pages: list[str]) -> None:
    """The same templates with other words and colours: their offers."""
    told = re.compile(r"^/(chez/[^/]+/(offres/([^/]+/)?|gammes/.+|sur-mesure/|aide/|nos-engagements/)?)?$")
    others = [path for path in pages if told.match(path) and not path.startswith(OURS)]
    assert len(others) > 50
    assert faults_of(tab, others) == []


@pytest.mark.parametrize("page", ["400", "403", "429", "500", "503", "errors/csrf"])
def test_page_of_an_error_is_accessible_every_way(tab: Page, page: str) -> None:
    """Pages that nobody can ask for: written here, in the clothes of the site."""
    written = render_to_string(f"{page}.html", {"hoster": None, "messages": ()})
    tab.route(
        "**/ecrite/", lambda route: route.fulfill(body=written, content_type="text/html; charset=utf-8")
    )
    assert [fault for way in WAYS for fault in looked_at(tab, "/ecrite/", *way)] == []


def test_page_is_light_and_asks_nobody_else(tab: Page, site: str, pages: list[str]) -> None:
    """A page opened for the first time, with its fonts, styles and script."""
    for path in (OURS, OURS + "offres/grenier/", OURS + "nos-engagements/"):
        asked: list[str] = []
        tab.context.clear_cookies()
        tab.on("requestfinished", lambda sent, asked=asked: asked.append(sent.url))
        tab.goto(path, wait_until="networkidle")
        sizes = tab.evaluate(
            "performance.getEntries().filter(each => each.decodedBodySize).map(each => each.decodedBodySize)"
        )
        assert [url for url in asked if not url.startswith(site)] == []
        assert len(sizes) <= MAX_REQUESTS and sum(sizes) <= MAX_ALL and sizes[0] <= MAX_HTML, (path, sizes)


def test_unknown_page_is_a_404_that_helps(site: str) -> None:
    for path in MISSING:
        with pytest.raises(HTTPError) as answer:
            urlopen(site + OURS + path)
        assert answer.value.code in (404, 410)
        answer.value.close()
