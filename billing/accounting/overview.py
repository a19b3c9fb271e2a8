"""What the page of the accounts shows."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, Prefetch, QuerySet
from django.utils import timezone

from billing.accounting.batches import invoices_left, payments_left, usual_end
from billing.ledger.archive.making import progress
from billing.ledger.heads import Head, head_of
from billing.models import Archive, ExportBatch, ExportFile, Invoice, Payment
from hosters.models import Hoster
from hosters.together import counts, together

SHOWN = 12
KINDS = (ExportBatch.Kind.JOURNAL, ExportBatch.Kind.E_REPORTING)


@dataclass(frozen=True)
class Year:
    """A financial year that has lots. It is `open` while its next lot may add to it: so many pieces wait for it."""

    closing: date
    open: bool
    ended: bool
    waiting: int


@dataclass(frozen=True)
class Overview:
    """The last lots and archives, what no lot holds yet, the financial years that have lots, the head of the ledger.

    `ends`: by kind of lot, the last day to propose for the next one; None while it is for tomorrow.
    """

    batches: list[ExportBatch]
    waiting: int
    waiting_since: date | None
    years: list[Year]
    ends: dict[str, date | None]
    archives: list[tuple[Archive, dict[str, int]]]
    head: Head


def overview_of(hoster: Hoster) -> Overview:
    """What a hoster exported and archived."""
    batches = ExportBatch.objects.filter(hoster=hoster)
    files = Prefetch("files", ExportFile.objects.defer("content"))
    today = timezone.localdate()
    journal = ExportBatch.Kind.JOURNAL
    invoices, payments = invoices_left(hoster, journal, today), payments_left(hoster, journal, today)
    archives = Archive.objects.filter(hoster=hoster)[:SHOWN]
    latest = batches.order_by("-pk").prefetch_related(files)[:SHOWN]
    closings = batches.order_by("-closing").values("kind", "closing").annotate(last=Max("end"))
    together(latest, closings, archives)
    waiting, since = _waiting(invoices, payments)
    last = {
        kind: max((row["last"] for row in closings if row["kind"] == kind), default=None) for kind in KINDS
    }
    years = [row for row in closings if row["kind"] == journal]
    return Overview(
        list(latest),
        waiting,
        since,
        [_year(hoster, today, waiting, row["closing"], row["last"]) for row in years],
        {kind: usual_end(last=last[kind], waits=since) for kind in KINDS},
        [(archive, progress(archive)) for archive in archives],
        head_of(hoster),
    )


def _waiting(invoices: "QuerySet[Invoice]", payments: "QuerySet[Payment]") -> tuple[int, date | None]:
    """How many pieces no lot holds, and the day of the first."""
    left = [
        invoices.order_by().aggregate(count=Count("pk"), first=Min("issued_on")),
        payments.order_by().aggregate(count=Count("pk"), first=Min("received_on")),
    ]
    first = min((each["first"] for each in left if each["first"]), default=None)
    return sum(each["count"] for each in left), first


def _year(hoster: Hoster, today: date, waiting: int, closing: date, last: date) -> Year:
    """The financial year that ends with `closing` and whose lots go until `last`; `waiting`: pieces in no lot today."""
    is_open = last < closing
    if is_open and closing < today:
        left = [each(hoster, ExportBatch.Kind.JOURNAL, closing) for each in (invoices_left, payments_left)]
        waiting = sum(counts(*left))
    return Year(closing, is_open, closing < today, waiting if is_open else 0)
