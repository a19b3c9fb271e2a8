"""The lines of a dropped file, read by a worker some thousands at a time: a page that reads them all keeps waiting."""

from django.db import transaction

from crm.models import ContactImport, ImportLine, ImportSource
from crm.spreadsheets import Table, read_table
from hosters.models import Hoster

#: What whoever tells the columns sees of the file.
SAMPLE = 3
LINES_AT_ONCE = 10_000  # well within the time limit of a task


def keep_source(*, file: ContactImport, table: Table, content: bytes) -> None:
    """Keep a file that was dropped, and its first lines."""
    _keep_lines(file, table.rows[:SAMPLE])
    if len(table.rows) > SAMPLE:
        ImportSource.objects.create(contact_import=file, content=content)


def read_on(file: ContactImport) -> bool:
    """Read the next lines of a file, in the transaction of whoever calls; whether some are left."""
    source = ImportSource.objects.filter(contact_import=file).first()
    if source is None:
        return False
    last = file.lines.order_by("-number").values_list("number", flat=True).first() or 0
    rows = [each for each in read_table(bytes(source.content)).rows if each[0] > last]
    _keep_lines(file, rows[:LINES_AT_ONCE])
    if len(rows) <= LINES_AT_ONCE:
        source.delete()
    return len(rows) > LINES_AT_ONCE


def lines_read(file: ContactImport) -> int | None:
    """How many lines are read so far; None once all are."""
    return file.lines.count() if ImportSource.objects.filter(contact_import=file).exists() else None


@transaction.atomic
def read_all(hoster: Hoster) -> None:
    """Read what is still in the files of a hoster: a person who is to be erased may be there."""
    files = ContactImport.objects.filter(hoster=hoster, source__isnull=False).select_for_update(of=("self",))
    for file in files:
        while read_on(file):
            pass


def _keep_lines(file: ContactImport, rows: list[tuple[int, list[str]]]) -> None:
    lines = (ImportLine(contact_import=file, number=number, cells=cells) for number, cells in rows)
    ImportLine.objects.bulk_create(lines, batch_size=2000)
