"""Many at once: numbers 1 to N without gap nor double, each quote accepted once, no error (T01, T11).

The small version runs on SQLite; the large one wants PostgreSQL (`./test --full`).
"""

import os
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection, connections
from django.db.models import QuerySet
from django_scopes import scope

from billing import acceptance as module
from billing.acceptance import Mandate, accept_quote, statement_of
from billing.models import Acceptance, Document, Invoice, NumberSeries, Quote, QuoteItem, Subscription
from billing.quoting.online import request_quote
from billing.quoting.options import Chosen, choose_options
from billing.quoting.sending import send_draft
from billing.quoting.states import ActRefused, Told
from hosters.models import Hoster, Mail
from offers.models import Offer
from tests.factories import MARMULE, asking, make_draft, make_hoster, make_offer, make_quote

pytestmark = pytest.mark.django_db(transaction=True)
THREADS = 8
CRASHED = int(os.environ.get("CRASHED_ACCEPTANCES", "120"))  # 2000 take ten minutes
#: Without a membership, an accepted quote has one invoice.
SALES = {**MARMULE, "membership": None}


@pytest.fixture
def hoster() -> Iterator[Hoster]:
    hoster = make_hoster("artifaille")
    with scope(hoster=hoster):
        yield hoster


def at_once(tasks: list[Callable[[], Any]], threads: int = THREADS) -> list[Any]:
    """Do the tasks in threads that start together; what each returned, or the exception that it raised."""
    start = threading.Barrier(min(threads, len(tasks)))
    waiting = threading.local()

    def run(task: Callable[[], Any]) -> Any:
        if not getattr(waiting, "over", False):
            waiting.over = True
            start.wait(timeout=20)
        try:
            return task()
        except Exception as error:
            return error
        finally:
            connections.close_all()

    with ThreadPoolExecutor(min(threads, len(tasks))) as pool:
        return list(pool.map(run, tasks))


def accept(quote: Quote) -> Acceptance:
    with scope(hoster=quote.hoster):
        mandate = Mandate("Dominique Petit", "Trésorière", "dominique@lavoir.example", statement_of(quote))
        return accept_quote(quote=quote, mandate=mandate)


def issue(offer: Offer, number: int) -> list[Quote]:
    """So many quotes, whose files are there."""
    quotes = [make_quote(offer) for _ in range(number)]
    Document.objects.update(state=Document.State.DONE, sha256="f" * 64)
    return [Quote.objects.select_related("hoster", "document").get(pk=quote.pk) for quote in quotes]


def errors_in(results: list[Any]) -> Counter[str]:
    return Counter(repr(result) for result in results if isinstance(result, Exception))


def numbers_of(rows: list[Invoice] | list[Quote]) -> list[int]:
    return sorted(int(row.number.rpartition("-")[2]) for row in rows)


def assert_each_accepted_once(quotes: list[Quote], results: list[Any]) -> None:
    assert errors_in(results) == Counter()
    assert numbers_of(list(Invoice.objects.all())) == list(range(1, len(quotes) + 1))
    assert Acceptance.objects.count() == Subscription.objects.count() == len(quotes)
    assert Mail.objects.filter(kind="quote_accepted").count() == len(quotes)
    assert NumberSeries.objects.get(kind=NumberSeries.Kind.INVOICE).next_number == len(quotes) + 1


def doubled(quotes: list[Quote]) -> list[Callable[[], Acceptance]]:
    """Accept each quote, and one in four twice, next to each other."""
    clicks = [quote for number, quote in enumerate(quotes) for _ in range(2 if number % 4 == 0 else 1)]
    return [lambda quote=quote: accept(quote) for quote in clicks]  # type: ignore[misc]


def test_few_quotes_accepted_at_once(hoster: Hoster) -> None:
    quotes = issue(make_offer(hoster, tariff=SALES), 6)
    assert_each_accepted_once(quotes, at_once(doubled(quotes)))


def test_one_quote_accepted_many_times_at_once(hoster: Hoster) -> None:
    quotes = issue(make_offer(hoster, tariff=SALES), 1)
    results = at_once([lambda: accept(quotes[0])] * THREADS)
    assert_each_accepted_once(quotes, results)
    assert len({acceptance.pk for acceptance in results}) == 1


def test_one_quote_accepted_fifty_times_at_once(hoster: Hoster) -> None:
    """Fifty people at the same instant on PostgreSQL; on SQLite, which writes one at a time, by eight."""
    quotes = issue(make_offer(hoster, tariff=SALES), 1)
    threads = 50 if connection.vendor == "postgresql" else THREADS
    assert_each_accepted_once(quotes, at_once([lambda: accept(quotes[0])] * 50, threads))


def test_choosing_options_while_accepting_has_one_outcome(hoster: Hoster) -> None:
    """Either the version read is accepted, or a newer one replaces it: never both."""
    draft = make_draft(make_quote(make_offer(hoster)).contact)
    QuoteItem.objects.create(quote=draft, position=2, label="Suivi", unit_price=10, optional=True)
    quote = send_draft(draft=draft, told=Told())
    Document.objects.update(state=Document.State.DONE, sha256="f" * 64)
    quote = Quote.objects.select_related("hoster", "document").get(pk=quote.pk)

    def choose() -> Quote:
        with scope(hoster=hoster):
            return choose_options(quote=quote, chosen=Chosen(frozenset({2})), told=Told(name="Dominique"))

    results = at_once([lambda: accept(quote), choose] * (THREADS // 2))
    refused = [result for result in results if isinstance(result, Exception)]
    assert all(isinstance(result, ActRefused) for result in refused), errors_in(results)
    assert Acceptance.objects.count() + Quote.objects.filter(former=quote).count() == 1


def test_one_draft_sent_many_times_at_once(hoster: Hoster) -> None:
    draft = make_draft(make_quote(make_offer(hoster)).contact)

    def send() -> Quote:
        with scope(hoster=hoster):
            return send_draft(draft=draft, told=Told())

    results = at_once([send] * THREADS)
    assert errors_in(results) == Counter()
    assert {sent.number for sent in results} == {Quote.objects.get(pk=draft.pk).number}
    assert Mail.objects.filter(kind="quote_sent").count() == 2


def test_one_form_sent_many_times_at_once(hoster: Hoster) -> None:
    wanted = asking(make_offer(hoster), key=uuid4())

    def ask() -> Quote:
        with scope(hoster=hoster):
            return request_quote(hoster=hoster, asked=wanted)

    results = at_once([ask] * THREADS)
    assert errors_in(results) == Counter()
    assert len({quote.pk for quote in results}) == Quote.objects.count() == 1
    assert Mail.objects.filter(kind="quote_sent").count() == 1


@pytest.mark.services
class TestPostgreSQL:
    @pytest.fixture(autouse=True)
    def _postgresql(self) -> None:
        if connection.vendor != "postgresql":
            pytest.fail("DATABASE_URL must lead to PostgreSQL")

    def test_200_quotes_by_8_threads_one_in_four_twice(self, hoster: Hoster) -> None:
        quotes = issue(make_offer(hoster, tariff=SALES), 200)
        assert_each_accepted_once(quotes, at_once(doubled(quotes)))

    def test_50_acceptances_of_one_quote(self, hoster: Hoster) -> None:
        quotes = issue(make_offer(hoster, tariff=SALES), 1)
        results = at_once([lambda: accept(quotes[0])] * 50, threads=50)
        assert_each_accepted_once(quotes, results)
        assert len({acceptance.pk for acceptance in results}) == 1

    def test_50_sendings_of_one_form(self, hoster: Hoster) -> None:
        wanted = asking(make_offer(hoster), key=uuid4())

        def ask() -> Quote:
            with scope(hoster=hoster):
                return request_quote(hoster=hoster, asked=wanted)

        results = at_once([ask] * 50, threads=50)
        assert errors_in(results) == Counter()
        assert len({quote.pk for quote in results}) == Quote.objects.count() == 1

    @pytest.mark.parametrize(("number", "threads"), [(60, THREADS), (CRASHED, 16)])
    def test_crashes_after_numbering_leave_no_gap(
        self, hoster: Hoster, monkeypatch: pytest.MonkeyPatch, number: int, threads: int
    ) -> None:
        """One acceptance in five fails after it took its number, one in seven loses its connection then, and a slow
        machine makes some wait for the lock longer than they may; each is tried again."""
        quotes = issue(make_offer(hoster, tariff=SALES), number)
        queue, count = module.queue_mail, iter(range(10 * number))

        def sometimes(**options: Any) -> Mail:
            turn = next(count)
            if turn % 5 == 0:
                raise RuntimeError("coupure")
            if turn % 7 == 0:
                connection.cursor().execute("SELECT pg_terminate_backend(pg_backend_pid())")
            return queue(**options)

        monkeypatch.setattr(module, "queue_mail", sometimes)
        crashed = errors_in(at_once(doubled(quotes), threads))
        assert crashed["RuntimeError('coupure')"] >= number // 10
        assert any("terminating connection" in told for told in crashed)
        monkeypatch.undo()
        for _turn in range(9):
            results = at_once(doubled(quotes), threads)
            if not any("lock timeout" in told for told in errors_in(results)):
                break
        assert_each_accepted_once(quotes, results)

    def test_without_locks_it_would_fail(self, hoster: Hoster, monkeypatch: pytest.MonkeyPatch) -> None:
        """If this one fails, the tests above prove nothing."""
        quotes = issue(make_offer(hoster, tariff=SALES), 40)
        monkeypatch.setattr(QuerySet, "select_for_update", lambda rows, **options: rows.all())
        assert errors_in(at_once(doubled(quotes)))
