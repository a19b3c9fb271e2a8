"""Counts wait a moment in memory and are written together, so that a page never waits for a counter.

A process killed without warning loses the counts of its last seconds; a database that is away keeps them waiting.
"""

import atexit
import logging
import threading
from collections import Counter
from datetime import date
from typing import NamedTuple

from django.conf import settings
from django.db import DatabaseError, connection, models, transaction
from django.db.models import F
from django_scopes import scopes_disabled

from funnel.models import StepCount

logger = logging.getLogger("chatiere.funnel")

MOST_SOURCES = 50  # different links counted apart in a day; the next ones are counted together
OTHERS = "autres"
MOST_WAITING = 5000  # different counters kept while the database is away


class Count(NamedTuple):
    """Which counter goes up."""

    hoster_id: int
    day: date
    step: str
    offer: str
    source: str


_waiting: Counter[Count] = Counter()
_lock = threading.Lock()
_timer: threading.Timer | None = None


def add(count: Count) -> None:
    """One more. Written at once when `FUNNEL_WRITE_EVERY` is 0, else with the others of the next seconds."""
    global _timer
    with _lock:
        if count in _waiting or len(_waiting) < MOST_WAITING:
            _waiting[count] += 1
        if settings.FUNNEL_WRITE_EVERY and _timer is None:
            _timer = threading.Timer(settings.FUNNEL_WRITE_EVERY, _write_and_leave)
            _timer.daemon = True
            _timer.start()
    if not settings.FUNNEL_WRITE_EVERY:
        write()


def write() -> None:
    """Write what waits. When the database refuses, it waits for the next time."""
    global _timer
    with _lock:
        counts, _timer = dict(_waiting), None
        _waiting.clear()
    if not counts:
        return
    try:
        with transaction.atomic(), scopes_disabled():
            for count, number in sorted(counts.items()):  # in one order, so that two processes never cross
                _raise(count, number)
    except DatabaseError:
        logger.warning("%s counters not written yet", len(counts))
        with _lock:
            _waiting.update(counts)


def stop_waiting() -> None:
    """Forget the timer: who calls writes by hand."""
    global _timer
    with _lock:
        if _timer is not None:
            _timer.cancel()
        _timer = None


def _raise(count: Count, number: int) -> None:
    if _rows(count).update(count=F("count") + number):
        return
    kept = count._replace(source=_known_source(count))
    row, _created = StepCount.objects.get_or_create(**kept._asdict())
    StepCount.objects.filter(pk=row.pk).update(count=F("count") + number)


def _known_source(count: Count) -> str:
    """A source has a counter of its own unless too many had one that day: nobody fills the table by inventing some."""
    of_the_day = StepCount.objects.filter(hoster_id=count.hoster_id, day=count.day).exclude(source="")
    known = set(of_the_day.order_by().values_list("source", flat=True).distinct()[: MOST_SOURCES + 1])
    return count.source if not count.source or count.source in known or len(known) < MOST_SOURCES else OTHERS


def _rows(count: Count) -> "models.QuerySet[StepCount]":
    return StepCount.objects.filter(**count._asdict())


def _write_and_leave() -> None:
    """In the thread of the timer, whose connection nobody else would close."""
    try:
        write()
    finally:
        connection.close()


@atexit.register
def _write_before_leaving() -> None:
    """A process that stops properly loses nothing."""
    stop_waiting()
    if _waiting:
        write()
