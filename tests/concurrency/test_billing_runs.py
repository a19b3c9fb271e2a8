"""Subscriptions billed for years, twice a day, from several time zones, by several processes on some days: exactly one
invoice for each period, on its day, numbered without gap (002-042, T05).

`BILLING_SUBSCRIPTIONS=500 BILLING_YEARS=5 pytest tests/concurrency/test_billing_runs.py -k years` is the long check; on
PostgreSQL, eight processes bill some of its days.
"""

import calendar
import multiprocessing
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.db import connection, connections
from django.utils import timezone
from django_scopes import scope

from billing.ledger.verification import verify
from billing.models import Invoice, Quote, QuoteLine, Subscription
from billing.subscriptions.periods import commitment_end
from billing.subscriptions.runs import run_billing
from hosters.models import Hoster
from pricing.engine import Selection
from pricing.periods import months_after
from tests.factories import MARMULE, make_hoster, make_offer, make_quote

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.thorough]
SUBSCRIPTIONS = int(os.environ.get("BILLING_SUBSCRIPTIONS", "10"))
YEARS = int(os.environ.get("BILLING_YEARS", "1"))
START = date(2027, 1, 28)
TERMS = (1, 1, 3, 12, 24)
ZONES = [ZoneInfo(name) for name in ("Pacific/Auckland", "Europe/Paris", "America/Los_Angeles")]
PROCESSES = 8


@pytest.fixture
def hoster() -> Iterator[Hoster]:
    hoster = make_hoster("artifaille")
    with scope(hoster=hoster):
        yield hoster


def subscriptions(hoster: Hoster, number: int) -> list[Subscription]:
    """As many contracts of every term, begun on successive days: the ends of months are among them."""
    tariff = MARMULE | {"terms": [{"months": months} for months in sorted(set(TERMS))], "setup_fee": None}
    offer = make_offer(hoster, tariff=tariff | {"membership": None})
    models = {months: make_quote(offer, selection=Selection({}, term_months=months)) for months in set(TERMS)}
    return [_contract(models[TERMS[rank % len(TERMS)]], rank) for rank in range(number)]


def _contract(model: Quote, rank: int) -> Subscription:
    lines = list(model.lines.all())
    quote = Quote.objects.get(pk=model.pk)
    quote.pk, quote.request_key, quote.document = None, uuid4(), None  # type: ignore[assignment]
    quote.number, quote._state.adding = f"E-{rank}", True
    quote.save()
    for line in lines:
        line.pk, line.quote, line._state.adding = None, quote, True
    QuoteLine.objects.bulk_create(lines)
    start = START + timedelta(days=rank % 35)
    found = Subscription(hoster=quote.hoster, organization=quote.organization, quote=quote, started_on=start)
    found.term_months, found.next_invoice_on = quote.term_months, start
    found.commitment_until = commitment_end(found, start)
    found.save()
    return found


def nth_start(subscription: Subscription, rank: int) -> date:
    """The oracle, with the calendar alone: the same day of the month, or the last day of a shorter month."""
    first = subscription.started_on
    years, month = divmod(first.month - 1 + rank * subscription.term_months, 12)
    days = calendar.monthrange(first.year + years, month + 1)[1]
    return date(first.year + years, month + 1, min(first.day, days))


def expected(subscription: Subscription, until: date) -> list[tuple[date, date]]:
    """First and last day of every period that begins until that day."""
    told, rank = [], 0
    while (start := nth_start(subscription, rank)) <= until:
        rank += 1
        told.append((start, nth_start(subscription, rank) - timedelta(days=1)))
    return told


def assert_each_period_once(found: list[Subscription], until: date) -> None:
    rows = Invoice.objects.order_by("period_start", "pk")
    told: dict[int | None, list[Any]] = {}
    for key, start, end in rows.values_list("subscription_id", "period_start", "period_end"):
        told.setdefault(key, []).append((start, end))
    for each in found:
        assert told.get(each.pk, []) == expected(each, until)
    by_year: dict[int, list[int]] = {}
    for number, issued in rows.values_list("number", "issued_on"):
        assert f"-{issued.year}-" in number
        by_year.setdefault(issued.year, []).append(int(number.rpartition("-")[2]))
    for numbers in by_year.values():
        assert sorted(numbers) == list(range(1, len(numbers) + 1))


def test_twice_a_day_for_years_from_three_time_zones(hoster: Hoster, time_machine: Any) -> None:
    """The day is that of the project, wherever the process runs; a day missed is caught up; the ledger holds."""
    found = subscriptions(hoster, SUBSCRIPTIONS)
    days = YEARS * 365 + 40  # beyond the anniversaries
    for rank in range(days):
        if rank % 40 in (7, 8):  # nobody ran it
            continue
        for hour in (time(0, 30), time(22, 45)):
            instant = datetime.combine(START + timedelta(days=rank), hour, UTC)
            time_machine.move_to(instant, tick=False)
            with timezone.override(ZONES[rank % len(ZONES)]):
                if connection.vendor == "postgresql" and rank % 90 == 9:  # after two days that nobody ran
                    eight_processes()
                assert run_billing().failed == ()
    last = timezone.localdate(timezone=timezone.get_default_timezone())
    assert_each_period_once(found, last)
    assert verify(hoster).sound


def eight_processes() -> None:
    """Processes born of this one, with its clock and connections of their own, bill the same day."""
    connections.close_all()
    running = [multiprocessing.get_context("fork").Process(target=_bill_and_leave) for _ in range(PROCESSES)]
    for process in running:
        process.start()
    for process in running:
        process.join(900)
    assert [process.exitcode for process in running] == [0] * PROCESSES


def _bill_and_leave() -> None:
    failed = True
    try:
        failed = bool(run_billing().failed)
        connections.close_all()
    finally:
        os._exit(failed)


def test_eight_threads_on_the_same_day(hoster: Hoster) -> None:
    found = subscriptions(hoster, SUBSCRIPTIONS)
    day = months_after(START, 14)

    def run() -> int:
        try:
            return run_billing(as_of=day).issued
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PROCESSES) as pool:
        issued = sum(pool.map(lambda _: run(), range(PROCESSES)))
    assert run_billing(as_of=day).issued == 0
    assert issued == Invoice.objects.count()
    assert_each_period_once(found, day)


@pytest.mark.services
def test_eight_processes_on_the_same_day(hoster: Hoster) -> None:
    """The command itself, as an impatient cron would start it."""
    if connection.vendor != "postgresql":
        pytest.fail("DATABASE_URL must lead to PostgreSQL")
    found = subscriptions(hoster, SUBSCRIPTIONS)
    told = connection.settings_dict
    who = f"{told['USER']}:{told['PASSWORD']}@{told['HOST']}:{told['PORT'] or 5432}"
    environment = os.environ | {"DATABASE_URL": f"postgres://{who}/{told['NAME']}"}
    for months in (5, 13):
        day = months_after(START, months)
        command = [sys.executable, "manage.py", "run_billing", "--as-of", day.isoformat()]
        running = [
            subprocess.Popen(command, cwd=settings.BASE_DIR, env=environment, stdout=subprocess.DEVNULL)
            for _ in range(PROCESSES)
        ]
        assert [process.wait(timeout=900) for process in running] == [0] * PROCESSES
        assert_each_period_once(found, day)
