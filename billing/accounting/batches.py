"""Numbered lots: everything that no lot of that kind holds yet, up to a day. Once made, a lot stays (RET-03)."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.accounting.plan import closing_of, plan_of
from billing.ledger.chain import Event, hold, inscribe
from billing.models import ExportBatch, ExportedPiece, ExportFile, Invoice, Payment
from hosters.models import Hoster, User
from pricing.dates import date_format


class NothingToExport(Exception):
    """No lot is made; the message says why in French, and what to do."""


@dataclass(frozen=True)
class Span:
    """The days of a lot, and the end of the financial year that holds them."""

    start: date
    end: date
    closing: date


@dataclass(frozen=True)
class Made:
    """What a lot holds: its files (name, text), its entries and their total (EUR)."""

    files: list[tuple[str, str]]
    entries: int = 0
    total: Decimal = Decimal(0)


def invoices_left(hoster: Hoster, kind: str, end: date) -> "models.QuerySet[Invoice]":
    """Documents issued until a day that no lot holds, in the order of their issue."""
    rows = Invoice.objects.filter(hoster=hoster, issued_on__lte=end).exclude(pk__in=_held(kind, Invoice))
    return rows.order_by("issued_on", "pk").prefetch_related("lines__against__invoice")


def payments_left(hoster: Hoster, kind: str, end: date) -> "models.QuerySet[Payment]":
    """Movements of money until a day that no lot holds, in the order of their days."""
    rows = Payment.objects.filter(invoice__hoster=hoster, received_on__lte=end)
    return rows.exclude(pk__in=_held(kind, Payment)).order_by("received_on", "pk").select_related("invoice")


def _held(kind: str, model: type[models.Model]) -> "models.QuerySet[Any]":
    return ExportedPiece.objects.filter(kind=kind, table=model._meta.label_lower).values("row")


def next_span(hoster: Hoster, kind: str, end: date) -> Span:
    """The days of the next lot: from the day after the last one, in one financial year only.

    Raises:
        NothingToExport: the last lot goes that far already, or nothing was ever issued.
    """
    if end > timezone.localdate():
        raise NothingToExport(_("Un lot s’arrête aujourd’hui au plus tard : demain peut encore changer."))
    last = ExportBatch.objects.filter(hoster=hoster, kind=kind).order_by("number").last()
    if last and last.end >= end:
        told = {"name": last.name, "day": date_format(last.end, "j F Y")}
        words = _(
            "%(name)s va jusqu’au %(day)s : ce qui est venu depuis ira dans le lot suivant, dès le lendemain."
        )
        raise NothingToExport(words % told)
    start = last.end + timedelta(days=1) if last else _first_day(hoster, kind, end)
    if start is None or start > end:
        raise NothingToExport(_("Il n’y a rien de nouveau jusqu’à cette date."))
    closing = closing_of(plan_of(hoster), start)
    return Span(start, min(end, closing), closing)


def usual_end(*, last: date | None, waits: date | None) -> date | None:
    """The last day to propose for the next lot, after one that goes until `last`, when the first piece in no lot is of
    `waits`: the end of last month, or today for what came since. None when the next lot is for tomorrow."""
    today = timezone.localdate()
    month = today.replace(day=1) - timedelta(days=1)
    if last and last >= today:
        return None
    too_soon = (last and last >= month) or (waits and waits > month)
    return today if too_soon else month


def _first_day(hoster: Hoster, kind: str, end: date) -> date | None:
    days = [
        invoices_left(hoster, kind, end).aggregate(day=models.Min("issued_on"))["day"],
        payments_left(hoster, kind, end).aggregate(day=models.Min("received_on"))["day"],
    ]
    return min((day for day in days if day), default=None)


def next_entry(hoster: Hoster, kind: str, span: Span) -> int:
    """The number of the next entry in the financial year."""
    rows = ExportBatch.objects.filter(hoster=hoster, kind=kind, closing=span.closing)
    return (rows.aggregate(last=models.Max("last_entry"))["last"] or 0) + 1


@transaction.atomic
def keep_batch(
    *, hoster: Hoster, kind: str, span: Span, made: Made, pieces: Iterable[models.Model], by: User | None
) -> ExportBatch:
    """Write a lot, its files, and which pieces it holds; the ledger tells it. `begin` was called before."""
    held = list(pieces)
    number = ExportBatch.objects.filter(hoster=hoster, kind=kind).count() + 1
    first = next_entry(hoster, kind, span)
    batch = ExportBatch.objects.create(
        hoster=hoster,
        kind=kind,
        number=number,
        name=_("Lot n° %(number)s") % {"number": number},
        start=span.start,
        end=span.end,
        closing=span.closing,
        pieces=len(held),
        first_entry=first if made.entries else 0,
        last_entry=first + made.entries - 1,
        total=made.total,
        made_by=by,
        made_at=timezone.now(),
    )
    ExportFile.objects.bulk_create(
        ExportFile(batch=batch, name=name, content=text, sha256=hashlib.sha256(text.encode()).hexdigest())
        for name, text in made.files
    )
    ExportedPiece.objects.bulk_create(
        (
            ExportedPiece(batch=batch, kind=kind, table=piece._meta.label_lower, row=piece.pk)
            for piece in held
        ),
        batch_size=2000,
    )
    inscribe(batch, event=Event.EXPORTED)
    return batch


def begin(hoster: Hoster) -> None:
    """Nothing is issued, received or exported for this hoster until the transaction ends: a lot misses no piece."""
    hold(hoster)
