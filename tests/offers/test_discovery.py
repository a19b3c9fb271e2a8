"""What robots read: the site map, what they are asked not to open, the one address of a page, structured data."""

import json
import re
from xml.etree import ElementTree

import pytest
from django.test import Client

from hosters.models import Hoster
from offers.models import Range
from tests.factories import make_offer

ROOT = "http://localhost:8000/chez/artifaille"
HOSTILE = "</script><script>alert(1)</script> & « Cie »"


@pytest.fixture(autouse=True)
def _address(settings: object) -> None:
    settings.PUBLIC_URL = "http://localhost:8000"  # type: ignore[attr-defined]


def listed(path: str = "/sitemap.xml") -> list[str]:
    answer = Client().get(path)
    assert answer["Content-Type"].startswith("application/xml")
    tree = ElementTree.fromstring(answer.content)
    return [node.text or "" for node in tree.iter("{http://www.sitemaps.org/schemas/sitemap/0.9}loc")]


def data_of(path: str) -> dict[str, object]:
    page = Client().get(path).content.decode()
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return json.loads(block)  # type: ignore[no-any-return]


def test_site_map_has_every_published_offer_and_its_range(artifaille: Hoster) -> None:
    range = Range.objects.create(hoster=artifaille, slug="pierres", name="Les pierres")
    make_offer(artifaille, slug="opale", range=range)
    make_offer(artifaille, slug="brouillon", state="draft")
    found = listed()
    assert {
        f"{ROOT}/",
        f"{ROOT}/offres/opale/",
        f"{ROOT}/offres/opale/depart/",
        f"{ROOT}/gammes/pierres/",
        f"{ROOT}/mesure/",
    } <= set(found)
    assert not [address for address in found if "brouillon" in address]


def test_every_address_of_the_site_map_answers(artifaille: Hoster) -> None:
    """002-003: without signing in, at a stable address, without any script."""
    make_offer(artifaille, slug="opale")
    for address in listed():
        assert Client().get(address.removeprefix("http://localhost:8000")).status_code == 200


def test_site_map_is_of_one_hoster(artifaille: Hoster, other: Hoster) -> None:
    make_offer(other, slug="perchoir")
    assert not [address for address in listed("/chez/artifaille/sitemap.xml") if "perchoir" in address]


def test_robots_may_read_the_storefront_only(artifaille: Hoster) -> None:
    answer = Client().get("/robots.txt")
    assert answer["Content-Type"].startswith("text/plain")
    rules = answer.content.decode()
    assert "Disallow: /gestion/" in rules and "Disallow: /chez/*/devis/" in rules
    assert f"Sitemap: {ROOT}/sitemap.xml" in rules
    assert "Disallow: /\n" not in rules and "/offres" not in rules


def test_root_of_several_hosters_names_every_site_map(artifaille: Hoster, other: Hoster) -> None:
    rules = Client().get("/robots.txt").content.decode()
    assert f"Sitemap: {ROOT}/sitemap.xml" in rules
    assert "Sitemap: http://localhost:8000/chez/gouttiere/sitemap.xml" in rules


@pytest.mark.parametrize(
    "path", ["/offres/opale/", "/chez/artifaille/offres/opale/", "/offres/opale/?users=12&via=x"]
)
def test_page_has_one_address_however_it_was_opened(artifaille: Hoster, path: str) -> None:
    make_offer(artifaille, slug="opale")
    assert f'<link rel="canonical" href="{ROOT}/offres/opale/">' in Client().get(path).content.decode()


def test_host_of_the_request_is_not_believed(artifaille: Hoster) -> None:
    page = Client().get("/", headers={"host": "localhost"}).content.decode()
    assert f'<link rel="canonical" href="{ROOT}/">' in page


def test_offer_is_described_with_its_starting_price(artifaille: Hoster) -> None:
    """002-179: what search engines read of an offer."""
    make_offer(artifaille, slug="opale", name="Opale")
    data = data_of("/offres/opale/?users=500")
    assert (data["@type"], data["name"], data["url"]) == ("Service", "Opale", f"{ROOT}/offres/opale/")
    assert data["offers"]["price"] == "10.00"  # type: ignore[index]  # of the smallest configuration
    assert data["offers"]["priceSpecification"]["valueAddedTaxIncluded"] is True  # type: ignore[index]


def test_price_on_quote_is_not_described_as_zero(artifaille: Hoster) -> None:
    make_offer(artifaille, slug="opale", tariff={"charges": [{"type": "on_quote", "label": "Migration"}]})
    assert "offers" not in data_of("/offres/opale/")


def test_hostile_words_stay_inside_the_data_block(artifaille: Hoster) -> None:
    make_offer(artifaille, slug="opale", name=HOSTILE, purpose=HOSTILE, audience=HOSTILE)
    page = Client().get("/offres/opale/").content.decode()
    assert "<script>alert" not in page
    assert data_of("/offres/opale/")["name"] == HOSTILE
