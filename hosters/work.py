"""The life of a `Work` row: claimed by one conditional update, tried a few times, found again when lost.

    queued --claim--> running --done--> done
       ^                 | error, or lease over (killed worker)
       +-----------------+--- after MAX_ATTEMPTS --> failed (shown to staff, who may retry)

`due_at` is the next time a worker may be told about the row: soon after creation, at the end of the lease while
it runs, later and later after an error. The sweeper tells about rows whose `due_at` is past.
"""

import logging
import threading
import time
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from celery import Task
from django.db import transaction
from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from hosters.models import Work

logger = logging.getLogger("chatiere.work")
W = TypeVar("W", bound=Work)

MAX_ATTEMPTS = 5
LEASE = timedelta(seconds=40)  # longer than the hard time limit of a task (30 s)
RENUDGE = timedelta(seconds=30)
SILENCE_AFTER_FAILURE = 10.0  # seconds without publishing once the broker failed: a request never waits twice
PATIENCE = 1.0  # seconds, as the timeout of the broker
SWEEP_AT_MOST = 200

_tasks: dict[type[Work], Task] = {}
_broker_silent_until = 0.0
#: Threads that meet a frozen broker wait for one answer, not one after the other.
_publishing = threading.Lock()


def register(model: type[Work], task: Task) -> None:
    """Declare which task does the work of a model's rows. Called in `ready()`."""
    _tasks[model] = task


def models() -> list[type[Work]]:
    """Every kind of work that was registered."""
    return list(_tasks)


def nudge_on_commit(row: Work) -> None:
    """Tell a worker about the row once its transaction is committed. Never raises, never waits long."""
    transaction.on_commit(lambda: _publish(_tasks[type(row)], row.pk), robust=True)


def perform(model: type[W], pk: int, action: Callable[[W], None]) -> bool:
    """Claim the row, do the action, record how it ended. Doing it twice is harmless.

    Returns:
        True if this call did the work, False if there was nothing to do or it failed.
    """
    row = _claim(model, pk)
    if row is None:
        return False
    try:
        with scope(hoster=row.hoster):  # type: ignore[attr-defined]  # every kind of work belongs to a hoster
            action(row)
    except Exception as error:  # whatever a renderer or a mail server raises must not lose the row
        logger.exception("%s %s: attempt %s failed", model.__name__, pk, row.attempts)
        _record_failure(row, error)
        return False
    _rows(model).filter(pk=pk).update(state=Work.State.DONE, last_error="")
    return True


def retry(row: Work) -> None:
    """Staff asks to try a failed row again."""
    changed = _rows(type(row)).filter(pk=row.pk, state=Work.State.FAILED)
    if changed.update(state=Work.State.QUEUED, attempts=0, due_at=timezone.now()):
        nudge_on_commit(row)


def sweep() -> int:
    """Tell workers about every row whose time has come. Returns how many rows were told about."""
    now = timezone.now()
    told = 0
    for model, task in _tasks.items():
        unfinished = Q(state__in=[Work.State.QUEUED, Work.State.RUNNING], due_at__lte=now)
        for pk in (
            _rows(model).filter(unfinished).order_by("due_at").values_list("pk", flat=True)[:SWEEP_AT_MOST]
        ):
            _rows(model).filter(pk=pk, state=Work.State.QUEUED).update(due_at=now + RENUDGE)
            told += _publish(task, pk)
    return told


def _rows(model: type[W]) -> QuerySet[W]:
    """Workers serve every hoster, so the scope is lifted here and only here."""
    with scopes_disabled():
        return model._default_manager.all()


def _claim(model: type[W], pk: int) -> W | None:
    now = timezone.now()
    free = Q(state=Work.State.QUEUED) | Q(state=Work.State.RUNNING, due_at__lte=now)
    taken = _rows(model).filter(free, pk=pk)
    if not taken.update(state=Work.State.RUNNING, attempts=F("attempts") + 1, due_at=now + LEASE):
        return None
    row: W = _rows(model).get(pk=pk)
    if row.attempts > MAX_ATTEMPTS:  # each attempt killed its worker: stop before it kills another
        _record_failure(row, RuntimeError("le travail a été interrompu à chaque essai"))
        return None
    return row


def _record_failure(row: Work, error: Exception) -> None:
    final = row.attempts >= MAX_ATTEMPTS
    _rows(type(row)).filter(pk=row.pk).update(
        state=Work.State.FAILED if final else Work.State.QUEUED,
        due_at=timezone.now() + timedelta(seconds=2**row.attempts),
        last_error=f"{type(error).__name__} : {error}"[:500],
    )


def _publish(task: Task, pk: int) -> bool:
    """Send the nudge unless the broker failed a moment ago. A lost nudge is found by the sweeper."""
    global _broker_silent_until
    if not _publishing.acquire(timeout=PATIENCE):  # another thread finds out that the broker is frozen
        return False
    try:
        if time.monotonic() < _broker_silent_until:
            return False
        task.apply_async(args=[pk], retry=False)
    except Exception:  # the broker may fail in any way; the row is safe in the database
        _broker_silent_until = time.monotonic() + SILENCE_AFTER_FAILURE
        logger.warning("broker unreachable: nudges are silent for %s s", SILENCE_AFTER_FAILURE)
        return False
    finally:
        _publishing.release()
    return True


def backlog() -> dict[str, dict[str, int]]:
    """How many rows of each kind of work are not done, by state."""
    counts = {}
    for model in _tasks:
        rows = _rows(model).exclude(state=Work.State.DONE).values_list("state").annotate(n=Count("pk"))
        counts[model.__name__.lower()] = dict(rows.order_by("state"))
    return counts
