"""A worker killed again and again loses no PDF, makes none twice and leaves no piece of a file (CARD-007)."""

import hashlib
import multiprocessing
import os
import signal
import time
from random import Random

import pytest
from django.db import connections
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from billing.documents import render
from billing.models import Document
from billing.tasks import render_document_task
from hosters.models import Mail
from offers.models import Offer
from tests.billing.facturx.varied import small_invoice
from tests.factories import make_hoster, make_invoice, make_offer

pytestmark = pytest.mark.django_db(transaction=True)
UNFINISHED = [Document.State.QUEUED, Document.State.RUNNING]


@pytest.fixture
def offer() -> Offer:
    return make_offer(make_hoster("artifaille"))


def slow_pdf(document: Document) -> bytes:
    """Bytes of this document alone, in several pieces of time: most kills fall inside."""
    time.sleep(0.004)
    return f"%PDF-1.7 {document.name} %%EOF".encode() * 2000


def work_until_killed() -> None:
    """A worker's whole life, in a process of its own with its own connection."""
    for each in connections.all(initialized_only=True):
        each.connection = None  # the parent's, never to be closed from here
    try:
        with scopes_disabled():
            while pk := Document.objects.filter(state__in=UNFINISHED).values_list("pk", flat=True).first():
                render_document_task(pk)
                Document.objects.filter(state=Document.State.RUNNING).update(due_at=timezone.now())
    finally:
        os._exit(0)


def end_leases() -> None:
    """What a worker held when it died is free at the end of its lease; a kill is no fault of the document."""
    Document.objects.filter(state=Document.State.RUNNING).update(due_at=timezone.now(), attempts=1)


def kill_workers(kills: int, random: Random) -> int:
    """Start a worker and kill it, as often as told; how many died at work."""
    died = 0
    for _turn in range(kills):
        connections.close_all()
        worker = multiprocessing.get_context("fork").Process(target=work_until_killed)
        worker.start()
        time.sleep(random.uniform(0.005, 0.06))
        assert worker.pid is not None
        os.kill(worker.pid, signal.SIGKILL)
        worker.join()
        died += worker.exitcode == -signal.SIGKILL
        with scopes_disabled():
            end_leases()
    return died


@pytest.mark.parametrize(
    ("count", "kills"), [(20, 4), pytest.param(500, 50, marks=pytest.mark.thorough)], ids=["few", "many"]
)
def test_killed_workers_lose_nothing(
    offer: Offer, monkeypatch: pytest.MonkeyPatch, count: int, kills: int
) -> None:
    monkeypatch.setattr(render, "make_pdf", slow_pdf)
    invoice = make_invoice(offer)
    with scope(hoster=offer.hoster):
        for _number in range(count):
            small_invoice(offer.hoster, invoice.contact)
        died = kill_workers(kills, Random(11))
        end_leases()
        for pk in Document.objects.filter(state__in=UNFINISHED).values_list("pk", flat=True):
            render_document_task(pk)
        documents = list(Document.objects.filter(invoice__isnull=False))
        assert died
        assert len(documents) == count + 1
        for each in documents:
            assert each.ready
            content = each.path.read_bytes()
            assert hashlib.sha256(content).hexdigest() == each.sha256
            assert content == slow_pdf(each)
        assert list(documents[0].path.parent.glob(".*.tmp")) == []
        announced = Mail.objects.filter(kind="invoice_issued").values_list("reference", flat=True)
        assert len(announced) == len(set(announced)) == count + 1
