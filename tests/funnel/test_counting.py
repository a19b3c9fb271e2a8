"""Counting steps without watching anybody: a number a day, and refusals are heard."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client

from funnel import counting
from funnel.models import StepCount
from hosters.models import Hoster
from tests.factories import make_offer

FIREFOX = {"user-agent": "Mozilla/5.0 (Firefox)"}


@pytest.fixture(autouse=True)
def marmule(artifaille: Hoster) -> None:
    make_offer(artifaille, slug="marmule")


def counted() -> dict[str, int]:
    return dict(StepCount.objects.values_list("step", "count"))


def test_arriving_is_one_visit() -> None:
    Client(headers=FIREFOX | {"sec-fetch-site": "none"}).get("/")
    assert counted() == {"visit": 1}


def test_going_from_page_to_page_is_the_same_visit() -> None:
    Client(headers=FIREFOX | {"sec-fetch-site": "same-origin"}).get("/offres/")
    Client(headers=FIREFOX | {"referer": "http://localhost/"}).get("/", headers={"host": "localhost"})
    assert counted() == {}


def test_offer_seen_and_configured() -> None:
    client = Client(headers=FIREFOX | {"sec-fetch-site": "same-origin"})
    client.get("/offres/marmule/")
    client.get("/offres/marmule/?users=6&premier=1", headers={"hx-request": "true"})
    client.get("/offres/marmule/?users=7", headers={"hx-request": "true"})
    assert counted() == {"offer": 1, "configured": 1}


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
    Client(headers=FIREFOX).get("/?via=FLYER%20SALON")
    assert sorted(StepCount.objects.values_list("source", flat=True)) == ["", "flyer-salon"]


def test_counters_hold_nobody() -> None:
    """No address, no cookie, no identifier: these columns and no other (002-207)."""
    columns = {field.name for field in StepCount._meta.get_fields()}
    assert columns == {"id", "hoster", "day", "step", "offer", "source", "count"}


def test_counter_that_fails_closes_no_page(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(counting, "_add_one", fail)
    assert Client(headers=FIREFOX).get("/offres/marmule/").status_code == 200


def test_day_is_the_day_of_paris(at: Callable[[str], None]) -> None:
    at("2026-11-22 23:30+00:00")
    Client(headers=FIREFOX).get("/")
    assert str(StepCount.objects.get().day) == "2026-11-23"
