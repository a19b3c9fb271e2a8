"""The life of a row that a worker must do: a killed worker, a lost or frozen broker lose nothing (T03, T08)."""

import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone
from django_scopes import scope

from hosters import work
from hosters.models import Hoster, Mail
from hosters.tasks import send_mail_task
from tests.worker import Nudges

publish = work._publish  # the real one; tests have a recorder in its place
State = Mail.State


@pytest.fixture(autouse=True)
def _broker_speaks() -> Iterator[None]:
    yield
    work._broker_silent_until = 0.0


@pytest.fixture
def row(artifaille: Hoster) -> Mail:
    return Mail.objects.create(hoster=artifaille, kind="essai", to="dominique@lavoir.example", reference="1")


def nothing(row: Mail) -> None:
    """An action that succeeds."""


def failure(row: Mail) -> None:
    raise OSError("le disque est plein")


def change(row: Mail, **values: object) -> Mail:
    Mail.objects.filter(pk=row.pk).update(**values)
    return fresh(row)


def fresh(row: Mail) -> Mail:
    return Mail.objects.get(pk=row.pk)


def test_row_is_done_once(row: Mail) -> None:
    done: list[int] = []
    assert work.perform(Mail, row.pk, lambda each: done.append(each.pk)) is True
    assert work.perform(Mail, row.pk, lambda each: done.append(each.pk)) is False
    assert done == [row.pk]
    assert fresh(row).state == State.DONE


def test_row_that_does_not_exist_is_nobodys(db: None) -> None:
    assert work.perform(Mail, 0, nothing) is False


def test_row_being_done_is_left_to_its_worker(row: Mail) -> None:
    change(row, state=State.RUNNING, due_at=timezone.now() + work.LEASE)
    assert work.perform(Mail, row.pk, failure) is False
    assert fresh(row).last_error == ""


def test_action_sees_the_row_of_its_hoster_only(row: Mail, other: Hoster) -> None:
    seen: list[int] = []
    work.perform(Mail, row.pk, lambda each: seen.append(Mail.objects.exclude(hoster=each.hoster).count()))
    assert seen == [0]


def test_failure_is_recorded_and_tried_later_and_later(row: Mail, at: Callable[[str], None]) -> None:
    at("2026-11-22 10:00+00:00")
    delays = []
    for _attempt in range(work.MAX_ATTEMPTS):
        assert work.perform(Mail, row.pk, failure) is False
        delays.append((fresh(row).due_at - timezone.now()).total_seconds())
    assert delays == [2, 4, 8, 16, 32]
    assert fresh(row).last_error == "OSError : le disque est plein"


def test_attempts_are_capped(row: Mail) -> None:
    for _attempt in range(work.MAX_ATTEMPTS):
        work.perform(Mail, row.pk, failure)
    assert fresh(row).state == State.FAILED
    assert work.perform(Mail, row.pk, nothing) is False


def test_row_that_kills_every_worker_is_given_up(row: Mail) -> None:
    """No exception is ever recorded when a process dies: the number of claims is what tells."""
    change(row, state=State.RUNNING, attempts=work.MAX_ATTEMPTS, due_at=timezone.now() - timedelta(seconds=1))
    assert work.perform(Mail, row.pk, nothing) is False
    assert fresh(row).state == State.FAILED
    assert "interrompu" in fresh(row).last_error


def test_killed_worker_leaves_a_row_that_the_next_sweep_finds(row: Mail, nudges: Nudges) -> None:
    class Killed(BaseException):
        """What a dying process does: nothing after it runs."""

    def die(row: Mail) -> None:
        raise Killed

    with pytest.raises(Killed):
        work.perform(Mail, row.pk, die)
    assert fresh(row).state == State.RUNNING
    assert work.sweep() == 0  # its lease is not over
    change(row, due_at=timezone.now() - timedelta(seconds=1))
    assert work.sweep() == 1
    assert nudges == [(send_mail_task.name, row.pk)]
    assert work.perform(Mail, row.pk, nothing) is True


def test_lease_is_longer_than_a_task(settings: object) -> None:
    assert work.LEASE.total_seconds() > settings.CELERY_TASK_TIME_LIMIT  # type: ignore[attr-defined]


def test_emptied_broker_loses_nothing(row: Mail, nudges: Nudges) -> None:
    """FLUSHALL: the nudge is gone, the row is told about again, then again after a while."""
    change(row, due_at=timezone.now() - timedelta(seconds=1))
    assert work.sweep() == 1
    nudges.clear()  # lost again
    assert work.sweep() == 0  # not told about all the time
    change(row, due_at=timezone.now() - timedelta(seconds=1))
    assert work.sweep() == 1
    assert nudges == [(send_mail_task.name, row.pk)]


def test_sweep_leaves_what_is_over(row: Mail, nudges: Nudges) -> None:
    for state in (State.DONE, State.FAILED):
        change(row, state=state, due_at=timezone.now() - timedelta(days=1))
        assert work.sweep() == 0
    assert nudges == []


def test_sweep_serves_every_hoster(row: Mail, other: Hoster, nudges: Nudges) -> None:
    theirs = Mail.objects.create(hoster=other, kind="essai", to="c@example.org", reference="1")
    Mail.objects.filter(pk=row.pk).update(due_at=timezone.now())
    with scope(hoster=other):
        Mail.objects.filter(pk=theirs.pk).update(due_at=timezone.now())
    assert work.sweep() == 2


def test_nudge_waits_for_the_commit(
    row: Mail, nudges: Nudges, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        with transaction.atomic():
            work.nudge_on_commit(row)
        assert nudges == []
    assert nudges == [(send_mail_task.name, row.pk)]


def test_failed_row_is_tried_again_when_staff_ask(
    row: Mail, nudges: Nudges, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    change(row, state=State.FAILED, attempts=5)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
        work.retry(row)
    assert (fresh(row).state, fresh(row).attempts) == (State.QUEUED, 0)
    assert nudges == [(send_mail_task.name, row.pk)]


def test_row_that_is_not_failed_is_not_tried_again(row: Mail, nudges: Nudges) -> None:
    done = change(row, state=State.DONE, attempts=1)
    work.retry(done)
    assert fresh(row).state == State.DONE


class TestBroker:
    """Publishing never raises and never waits twice."""

    def test_broker_that_raises_is_left_alone_for_a_while(self, monkeypatch: pytest.MonkeyPatch) -> None:
        calls: list[int] = []

        def refuse(args: list[int], retry: bool) -> None:
            calls.append(args[0])
            raise ConnectionError("refusé")

        monkeypatch.setattr(send_mail_task, "apply_async", refuse)
        assert [publish(send_mail_task, pk) for pk in (1, 2, 3)] == [False, False, False]
        assert calls == [1]

    def test_broker_is_asked_again_after_the_silence(self, monkeypatch: pytest.MonkeyPatch) -> None:
        sent: list[int] = []
        monkeypatch.setattr(send_mail_task, "apply_async", lambda args, retry: sent.extend(args))
        work._broker_silent_until = time.monotonic() - 1
        assert publish(send_mail_task, 7) is True
        assert sent == [7]

    def test_publishing_never_retries_by_itself(self, monkeypatch: pytest.MonkeyPatch) -> None:
        options: list[bool] = []
        monkeypatch.setattr(send_mail_task, "apply_async", lambda args, retry: options.append(retry))
        publish(send_mail_task, 1)
        assert options == [False]

    def test_thread_does_not_wait_for_another_that_waits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Eight requests that meet a frozen broker wait at the same time, not one after the other."""
        monkeypatch.setattr(work, "PATIENCE", 0.01)
        monkeypatch.setattr(send_mail_task, "apply_async", lambda args, retry: None)
        with work._publishing:
            assert publish(send_mail_task, 1) is False
        assert publish(send_mail_task, 1) is True


def test_backlog_counts_what_is_not_done(row: Mail) -> None:
    assert work.backlog()["mail"] == {"queued": 1}
    change(row, state=State.DONE)
    assert work.backlog()["mail"] == {}
