"""What the page of the accounts shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Prefetch
from django.utils import timezone

from billing.accounting.batches import invoices_left, payments_left
from billing.ledger.archive.making import progress
from billing.ledger.heads import Head, head_of
from billing.models import Archive, ExportBatch, ExportFile
from hosters.models import Hoster
from hosters.together import counts, together

SHOWN = 12


@dataclass(frozen=True)
class Year:
    """A financial year that has lots. It is `open` while its next lot may add to it: so many pieces wait for it."""

    closing: date
    open: bool
    ended: bool
    waiting: int


@dataclass(frozen=True)
class Overview:
    """The last lots and archives, what no lot holds yet, the financial years that have lots, the head of the ledger."""

    batches: list[ExportBatch]
    waiting: int
    waiting_since: date | None
    years: list[Year]
    archives: list[tuple[Archive, dict[str, int]]]
    head: Head


def overview_of(hoster: Hoster) -> Overview:
    """What a hoster exported and archived."""
    batches = ExportBatch.objects.filter(hoster=hoster)
    files = Prefetch("files", ExportFile.objects.defer("content"))
    today = timezone.localdate()
    journal = ExportBatch.Kind.JOURNAL
    invoices, payments = invoices_left(hoster, journal, today), payments_left(hoster, journal, today)
    left = [
        invoices.order_by().aggregate(count=Count("pk"), first=Min("issued_on")),
        payments.order_by().aggregate(count=Count("pk"), first=Min("received_on")),
    ]
    archives = Archive.objects.filter(hoster=hoster)[:SHOWN]
    latest = batches.order_by("-pk").prefetch_related(files)[:SHOWN]
    closings = batches.filter(kind=journal).order_by("-closing").values("closing").annotate(last=Max("end"))
    together(latest, closings, archives)
    return Overview(
        list(latest),
        sum(each["count"] for each in left),
        min((each["first"] for each in left if each["first"]), default=None),
        [_year(hoster, today, **row) for row in closings],
        [(archive, progress(archive)) for archive in archives],
        head_of(hoster),
    )


def _year(hoster: Hoster, today: date, *, closing: date, last: date) -> Year:
    """The financial year that ends with `closing` and whose lots go until `last`."""
    is_open, until = last < closing, min(today, closing)
    left = [each(hoster, ExportBatch.Kind.JOURNAL, until) for each in (invoices_left, payments_left)]
    return Year(closing, is_open, closing < today, sum(counts(*left)) if is_open else 0)
