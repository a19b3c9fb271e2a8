"""Counting steps without watching anybody: a number a day, and refusals are heard."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from funnel import buffer, visits
from funnel.models import StepCount
from funnel.retention import old_counts
from hosters.models import Hoster
from hosters.retention import deleted
from tests.factories import make_offer
from tests.pages import words

FIREFOX = {"user-agent": "Mozilla/5.0 (Firefox)"}


@pytest.fixture(autouse=True)
def marmule(artifaille: Hoster) -> None:
    make_offer(artifaille, slug="marmule")


def counted() -> dict[str, int]:
    return dict(StepCount.objects.values_list("step", "count"))


def test_arriving_is_one_visit() -> None:
    Client(headers=FIREFOX | {"sec-fetch-site": "none"}).get("/")
    assert counted() == {"visit": 1}


def test_same_visitor_is_one_visit_a_day(at: Callable[[str], None]) -> None:
    at("2026-11-22 10:00+01:00")
    for page in ("/", "/offres/", "/aide/", "/"):
        Client(headers=FIREFOX).get(page)
    assert counted() == {"visit": 1}
    Client(headers={"user-agent": "Mozilla/5.0 (Safari)"}).get("/")
    Client(headers=FIREFOX, REMOTE_ADDR="192.0.2.7").get("/")
    assert counted() == {"visit": 3}


def test_same_visitor_counts_again_the_next_day(at: Callable[[str], None]) -> None:
    """The key of yesterday is gone with what it made: nobody can tell that it is the same person."""
    at("2026-11-22 23:59+01:00")
    Client(headers=FIREFOX).get("/")
    at("2026-11-23 00:01+01:00")
    Client(headers=FIREFOX).get("/")
    assert list(StepCount.objects.values_list("count", flat=True)) == [1, 1]


def test_without_cache_arriving_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise ConnectionError

    monkeypatch.setattr(visits.cache, "add", fail)
    Client(headers=FIREFOX | {"sec-fetch-site": "none"}).get("/")
    Client(headers=FIREFOX | {"sec-fetch-site": "same-origin"}).get("/offres/")
    assert counted() == {"visit": 1}


def test_page_fetched_ahead_of_time_and_head_are_not_counted() -> None:
    Client(headers=FIREFOX | {"sec-purpose": "prefetch;prerender"}).get("/")
    Client(headers=FIREFOX | {"x-moz": "prefetch"}).get("/")
    Client(headers=FIREFOX).head("/")
    assert counted() == {}


def test_invented_sources_do_not_fill_the_table(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(buffer, "MOST_SOURCES", 2)
    for index, source in enumerate(("salon", "flyer", "a", "b", "salon")):
        Client(headers=FIREFOX, REMOTE_ADDR=f"192.0.2.{index}").get(f"/?via={source}")
    counts = dict(StepCount.objects.values_list("source", "count"))
    assert counts == {"salon": 2, "flyer": 1, "autres": 2}


def test_page_does_not_wait_for_the_counter(settings: Any) -> None:
    """Counts wait in memory: the page reads and writes nothing for them."""
    settings.FUNNEL_WRITE_EVERY = 3600
    client = Client(headers=FIREFOX)
    with CaptureQueriesContext(connection) as queries:
        client.get("/offres/marmule/")
    assert not [query for query in queries if "funnel_" in query["sql"]]
    assert counted() == {}
    buffer.stop_waiting()
    buffer.write()
    assert counted() == {"visit": 1, "offer": 1}


def test_counts_wait_when_the_database_refuses(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise DatabaseError

    with monkeypatch.context() as broken:
        broken.setattr(buffer, "_raise", fail)
        assert Client(headers=FIREFOX).get("/offres/marmule/").status_code == 200
    assert counted() == {}
    buffer.write()
    assert counted() == {"visit": 1, "offer": 1}


def test_counters_are_forgotten_after_25_months(artifaille: Hoster) -> None:
    """GDPR-10. The month that is 25 months old is kept whole, the day before is erased."""
    for day in (date(2024, 9, 30), date(2024, 10, 1)):
        StepCount.objects.create(hoster=artifaille, day=day, step="visit", count=1)
    forgotten = old_counts(artifaille, datetime(2026, 11, 22, 12, tzinfo=UTC))
    assert deleted(artifaille, forgotten) == 1
    assert StepCount.objects.get().day == date(2024, 10, 1)


def test_public_page_says_it_and_counts_nobody() -> None:
    read = words(Client(headers=FIREFOX).get("/mesure/"))
    assert "25 mois" in read and "C’est votre cas" not in read
    assert "C’est votre cas" in words(Client(headers=FIREFOX | {"dnt": "1"}).get("/mesure/"))
    assert counted() == {}


def test_offer_seen_and_configured() -> None:
    client = Client(headers=FIREFOX | {"sec-fetch-site": "same-origin"})
    client.get("/offres/marmule/")
    client.get("/offres/marmule/?users=6&premier=1", headers={"hx-request": "true"})
    client.get("/offres/marmule/?users=7", headers={"hx-request": "true"})
    assert counted() == {"visit": 1, "offer": 1, "configured": 1}


@pytest.mark.parametrize(
    "headers",
    [
        {"user-agent": "Googlebot/2.1"},
        {"user-agent": "curl/8.0"},
        {"user-agent": "Slack-LinkPreview"},
        FIREFOX | {"dnt": "1"},
        FIREFOX | {"sec-gpc": "1"},
    ],
)
def test_robots_and_refusals_are_not_counted(headers: dict[str, str]) -> None:
    Client(headers=headers).get("/offres/marmule/?premier=1")
    assert counted() == {}


def test_source_of_a_link_is_counted() -> None:
    Client(headers=FIREFOX).get("/?via=flyer-salon")
    Client(headers=FIREFOX, REMOTE_ADDR="192.0.2.7").get("/?via=FLYER%20SALON")
    assert sorted(StepCount.objects.values_list("source", flat=True)) == ["", "flyer-salon"]


def test_counters_hold_nobody() -> None:
    """004-027: No address, no cookie, no identifier: these columns and no other (002-207)."""
    columns = {field.name for field in StepCount._meta.get_fields()}
    assert columns == {"id", "hoster", "day", "step", "offer", "source", "count"}


def test_day_is_the_day_of_paris(at: Callable[[str], None]) -> None:
    at("2026-11-22 23:30+00:00")
    Client(headers=FIREFOX).get("/")
    assert str(StepCount.objects.get().day) == "2026-11-23"
