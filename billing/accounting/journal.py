"""The sales and bank journals of a period, as FEC lines and as a table, in numbered lots."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.accounting.batches import (
    Made,
    NothingToExport,
    Span,
    begin,
    invoices_left,
    keep_batch,
    next_entry,
    next_span,
    payments_left,
)
from billing.accounting.entries import Entry, invoice_entry, payment_entry
from billing.accounting.fec import HEADER, Numbered, fec_lines, fec_name, journal_csv
from billing.accounting.plan import plan_of
from billing.models import ExportBatch, ExportFile
from hosters.models import Hoster, User

JOURNAL = ExportBatch.Kind.JOURNAL


@transaction.atomic
def make_journal(*, hoster: Hoster, end: date, by: User | None = None) -> ExportBatch:
    """The lot of what was issued and received since the last one, until a day or the end of its financial year.

    What is dated before the first day of the lot came late: its entry is dated that first day, its piece keeps its own.

    Raises:
        NothingToExport: nothing new, a day to come, or no SIREN to name the file with.
    """
    if not hoster.siren:
        raise NothingToExport(
            _("Le FEC porte votre SIREN : écrivez-le d’abord dans les réglages, « Identité ».")
        )
    begin(hoster)
    span = next_span(hoster, JOURNAL, end)
    invoices = list(invoices_left(hoster, JOURNAL, span.end))
    payments = list(payments_left(hoster, JOURNAL, span.end))
    plan = plan_of(hoster)
    found = [invoice_entry(plan, each) for each in invoices] + [
        payment_entry(plan, each) for each in payments
    ]
    entries = numbered([each for each in found if each], span, first=next_entry(hoster, JOURNAL, span))
    pieces: list[models.Model] = [*invoices, *payments]
    if not pieces:
        raise NothingToExport(_("Il n’y a rien de nouveau jusqu’à cette date."))
    return keep_batch(
        hoster=hoster, kind=JOURNAL, span=span, made=_files(hoster, span, entries), pieces=pieces, by=by
    )


def numbered(entries: Sequence[Entry], span: Span, *, first: int) -> list[Numbered]:
    """The entries in the order of their days, numbered without a gap."""
    dated = sorted(((max(entry.on, span.start), entry) for entry in entries), key=lambda pair: pair[0])
    today = timezone.localdate()
    return [Numbered(number, on, today, entry) for number, (on, entry) in enumerate(dated, start=first)]


def _files(hoster: Hoster, span: Span, entries: list[Numbered]) -> Made:
    number = ExportBatch.objects.filter(hoster=hoster, kind=JOURNAL).count() + 1
    return Made(
        files=[
            (fec_name(hoster.siren, span.closing, f"_{number}"), HEADER + fec_lines(entries)),
            (f"journal-{hoster.slug}-{number:04d}.csv", journal_csv(entries)),
        ],
        entries=len(entries),
        total=sum((each.entry.total for each in entries), Decimal(0)),
    )


def fec_of_year(hoster: Hoster, year: int) -> tuple[str, str]:
    """Name and text of the FEC of the financial year that ends in `year`: its lots, one after the other.

    Raises:
        NothingToExport: that year has no lot.
    """
    files = ExportFile.objects.filter(
        batch__hoster=hoster, batch__kind=JOURNAL, batch__closing__year=year, name__endswith=".txt"
    )
    found = list(files.order_by("batch__number").values_list("batch__closing", "content"))
    if not found:
        raise NothingToExport(_("Aucun lot de cet exercice n’est encore fait."))
    closing, _text = found[-1]
    return fec_name(hoster.siren, closing), HEADER + "".join(
        text.removeprefix(HEADER) for _day, text in found
    )
