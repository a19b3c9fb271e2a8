"""One visitor followed through every table, the journal and the answers: nothing ties a visit to a person (GDPR-10,
contradiction C3). The same person then asks for a quote, so that there is somebody to be tied to."""

import logging

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client

from funnel.models import StepCount
from hosters.models import Hoster
from tests.factories import make_offer, make_quote

ADDRESS = "203.0.113.77"
BROWSER = "Mozilla/5.0 (Chatterie 42)"


def dump() -> dict[str, str]:
    """Every row of every table, as text."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_models():
            cursor.execute(f'SELECT * FROM "{model._meta.db_table}"')
            found[model._meta.db_table] = repr(cursor.fetchall())
    return found


def test_database_journal_and_answers_hold_nothing_of_a_visitor(
    artifaille: Hoster, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    offer = make_offer(artifaille, slug="marmule")
    visitor = Client(headers={"user-agent": BROWSER}, REMOTE_ADDR=ADDRESS)
    for page in ("/?via=flyer-salon", "/offres/marmule/", "/offres/marmule/?users=6&premier=1", "/mesure/"):
        answer = visitor.get(page)
        assert "funnel" not in str(answer.headers) and not answer.cookies
    make_quote(offer, source="flyer-salon")
    kept = [key for key in cache._cache if "funnel" in key]  # type: ignore[attr-defined]  # the memory of a test
    digests = [key.rpartition(":")[2] for key in kept if ":seen:" in key]
    assert len(digests) == 3  # a visit, an offer, a pack: known until midnight, in memory only
    everything = dump()
    for secret in (ADDRESS, "203.0.113", BROWSER, "Chatterie", *digests):
        assert {table: secret in rows for table, rows in everything.items() if secret in rows} == {}
        assert secret not in caplog.text


def test_counters_know_neither_hour_nor_order(artifaille: Hoster) -> None:
    """These columns and no other: no instant, no address, no identifier that another table would have (002-207)."""
    columns = {field.name for field in StepCount._meta.get_fields()}
    assert columns == {"id", "hoster", "day", "step", "offer", "source", "count"}


def test_digests_of_two_visitors_or_two_days_have_nothing_in_common(artifaille: Hoster) -> None:
    make_offer(artifaille, slug="marmule")
    for _turn in range(2):
        Client(headers={"user-agent": BROWSER}, REMOTE_ADDR=ADDRESS).get("/")
    seen = [key for key in cache._cache if ":seen:" in key]  # type: ignore[attr-defined]
    assert len(seen) == 1
    for key in list(cache._cache):  # type: ignore[attr-defined]
        if ":salt:" in key:
            cache.delete(key.split(":", 2)[2])  # the key of the day is thrown away
    Client(headers={"user-agent": BROWSER}, REMOTE_ADDR=ADDRESS).get("/")
    assert len([key for key in cache._cache if ":seen:" in key]) == 2  # type: ignore[attr-defined]
