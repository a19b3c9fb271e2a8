"""Subscriptions billed for years, twice a day, from several time zones, by several processes on some days: exactly one
invoice for each period, on its day, numbered without gap (002-042, T05).

`BILLING_SUBSCRIPTIONS=500 BILLING_YEARS=5 pytest tests/concurrency/test_billing_runs.py` is the long check.
"""

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


def expected(subscription: Subscription, until: date) -> list[date]:
    """The oracle: every period that begins until that day, counted from the start."""
    starts, months = [], 0
    while (day := months_after(subscription.started_on, months)) <= until:
        starts.append(day)
        months += subscription.term_months
    return starts


def assert_each_period_once(found: list[Subscription], until: date) -> None:
    rows = Invoice.objects.order_by("period_start", "pk")
    told: dict[int | None, list[Any]] = {}
    for key, start, end in rows.values_list("subscription_id", "period_start", "period_end"):
        told.setdefault(key, []).append((start, end))
    for each in found:
        starts = expected(each, until)
        ends = [months_after(each.started_on, (n + 1) * each.term_months) for n in range(len(starts))]
        assert told.get(each.pk, []) == [
            (start, end - timedelta(days=1)) for start, end in zip(starts, ends, strict=True)
        ]
    numbers = sorted(int(number.rpartition("-")[2]) for number in rows.values_list("number", flat=True))
    years = Invoice.objects.values_list("issued_on__year", flat=True).distinct()
    if len(set(years)) == 1:
        assert numbers == list(range(1, len(numbers) + 1))
    assert len(set(rows.values_list("number", flat=True))) == len(numbers)


def test_twice_a_day_for_years_from_three_time_zones(hoster: Hoster, time_machine: Any) -> None:
    """The day is that of the project, wherever the process runs; a day missed is caught up."""
    found = subscriptions(hoster, SUBSCRIPTIONS)
    days = YEARS * 365 + 40  # beyond the anniversaries
    for rank in range(days):
        if rank % 40 in (7, 8):  # nobody ran it
            continue
        for hour in (time(0, 30), time(22, 45)):
            instant = datetime.combine(START + timedelta(days=rank), hour, UTC)
            time_machine.move_to(instant, tick=False)
            with timezone.override(ZONES[rank % len(ZONES)]):
                assert run_billing().failed == ()
    last = timezone.localdate(timezone=timezone.get_default_timezone())
    assert_each_period_once(found, last)


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
