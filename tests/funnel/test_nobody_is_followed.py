"""One visitor followed through every table, the journal and the answers: nothing ties a visit to a person (GDPR-10,
contradiction C3). The same person then asks for a quote, so that there is somebody to be tied to."""

import logging
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.core.cache import cache
from django.db import connection
from django.test import Client

from billing.access_links import mint_link
from billing.models import AccessLink, Quote
from crm.models import Contact, Organization
from funnel.models import StepCount
from hosters.models import Hoster
from tests.billing.conftest import ask, marmule
from tests.factories import make_acceptance, make_offer, make_quote
from tests.pages import words

__all__ = ["ask", "marmule"]  # fixtures
Ask = Callable[..., Any]

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


def test_whole_journey_ties_no_visit_to_its_person(
    artifaille: Hoster, ask: Ask, at: Callable[[str], None], caplog: pytest.LogCaptureFixture
) -> None:
    """004-027, 002-086: the same person visits by a link, moves the slider, asks, accepts and opens their space, from
    one address and one browser. Rows of persons hold neither; counters hold no person, no hour, no key of a row; the
    word of the link, which the person sends with the form, is all that both know, and it was already there."""
    caplog.set_level(logging.DEBUG)
    at("2026-11-21 10:00+01:00")
    somebody = Client(headers={"user-agent": "Mozilla/5.0 (Somebody else)"}, REMOTE_ADDR="198.51.100.4")
    somebody.get("/?via=flyer-salon")
    at("2026-11-22 10:17:43+01:00")
    person = Client(headers={"user-agent": BROWSER}, REMOTE_ADDR=ADDRESS)
    configured = "/offres/marmule/?users=12&storage_gb=35&via=flyer-salon"
    for page in ("/?via=flyer-salon", "/offres/marmule/?via=flyer-salon", f"{configured}&premier=1"):
        assert not person.get(page).cookies
    ask(person, url="/offres/marmule/devis/?users=12&storage_gb=35&via=flyer-salon")
    quote = Quote.objects.get()
    make_acceptance(quote)
    token = mint_link(purpose=AccessLink.Purpose.SPACE, contact=quote.contact)
    assert "Les Amis du lavoir" in words(person.get(f"/espace/lien/{token}/", follow=True))
    assert quote.organization.source == "flyer-salon"
    everything = dump()
    digests = [key.rpartition(":")[2] for key in cache._cache if ":seen:" in key]  # type: ignore[attr-defined]
    assert len(digests) >= 3
    for secret in (ADDRESS, "203.0.113", BROWSER, "Chatterie", *digests):
        assert {table for table, rows in everything.items() if secret in rows} == set()
        assert secret not in caplog.text
    counters = everything["funnel_stepcount"]
    contact = quote.contact
    for known in (
        contact.email,
        contact.name,
        quote.organization.name,
        quote.number,
        str(quote.request_key),
        "10:17",
    ):
        assert known not in counters
    assert not any(
        relation.related_model in (Quote, Organization, Contact) for relation in StepCount._meta.get_fields()
    )


@pytest.mark.parametrize("refusal", [{"dnt": "1"}, {"sec-gpc": "1"}])
def test_who_refuses_is_counted_nowhere_and_still_served(
    artifaille: Hoster, ask: Ask, refusal: dict[str, str]
) -> None:
    """The whole way with the refusal of the browser: no counter, no digest, and the quote all the same."""
    person = Client(headers={"user-agent": BROWSER} | refusal, REMOTE_ADDR=ADDRESS)
    for page in ("/?via=flyer-salon", "/offres/marmule/", "/offres/marmule/?users=12&premier=1"):
        person.get(page)
    ask(person)
    assert Quote.objects.count() == 1 and not StepCount.objects.exists()
    assert not [key for key in cache._cache if "funnel" in key]  # type: ignore[attr-defined]


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
