"""An archive is asked by a person and gathered by workers, a few hundred files at a time."""

import hashlib
import zipfile
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models, transaction
from django.db.models import Count

from billing.documents import files
from billing.ledger.archive.contents import closing_files, pdf_name
from billing.ledger.chain import Event, note
from billing.ledger.heads import head_of
from billing.models import Archive, ArchivePart, Document, LedgerEntry
from hosters import work
from hosters.models import Hoster, User, Work
from hosters.zip_streams import safe_name

FILES_AT_ONCE = 300  # well within the time limit of a task
CHUNK = 1 << 20


@transaction.atomic
def ask_archive(*, hoster: Hoster, year: int, by: User | None) -> Archive:
    """Begin the archive of a calendar year. One that is on its way already is given again."""
    last = Archive.objects.filter(hoster=hoster, year=year, sha256="").order_by("pk").last()
    if last and not progress(last)["failed"]:
        return last
    archive = Archive.objects.create(hoster=hoster, year=year, asked_by=by)
    documents = list(_documents(hoster, year).values_list("pk", flat=True))
    for number, start in enumerate(range(0, max(len(documents), 1), FILES_AT_ONCE), start=1):
        some = documents[start : start + FILES_AT_ONCE]
        part = ArchivePart.objects.create(hoster=hoster, archive=archive, number=number, documents=some)
        work.nudge_on_commit(part)
    return archive


def progress(archive: Archive) -> dict[str, int]:
    """Parts of an archive: in all, left, failed; `share` is what is done, in hundredths."""
    counts = dict(archive.parts.values_list("state").annotate(Count("pk")).order_by())
    total, done = sum(counts.values()), counts.get(Work.State.DONE, 0)
    failed = counts.get(Work.State.FAILED, 0)
    return {
        "total": total,
        "left": total - done - failed,
        "failed": failed,
        "share": 100 * done // total if total else 0,
    }


def retry(archive: Archive) -> None:
    """Staff asks to gather again what failed."""
    for part in archive.parts.filter(state=Work.State.FAILED):
        work.retry(part)


def gather(part: ArchivePart) -> None:
    """Write the files of a part; the last part to be gathered closes the archive. Doing it twice is harmless.

    Raises:
        DamagedFile: a file is missing or changed on the disk: restore it, then try again.
    """
    rows = Document.objects.filter(pk__in=part.documents).order_by("pk")
    part.path.parent.mkdir(parents=True, exist_ok=True)
    draft = part.path.with_suffix(".draft")
    with zipfile.ZipFile(draft, "w") as zipped:
        for document in rows.iterator():
            zipped.writestr(pdf_name(document.pk, safe_name(document.name)), files.read(document))
    draft.replace(part.path)
    with transaction.atomic():
        archive = Archive.objects.select_for_update(of=("self",)).get(pk=part.archive_id)
        parts = list(archive.parts.order_by("number"))
        if not archive.sha256 and all(each.path.exists() for each in parts):
            _close(archive, parts)


def _close(archive: Archive, parts: list[ArchivePart]) -> None:
    """One file of all the parts, with the data, the ledger, the notice and the digests."""
    head, draft, sums = head_of(archive.hoster), archive.path.with_suffix(".draft"), []
    with zipfile.ZipFile(draft, "w") as zipped:
        for name, content, method in _entries(archive, parts):
            zipped.writestr(name, content, compress_type=method)
            sums.append(f"{hashlib.sha256(content).hexdigest()}  {name}\n")
        zipped.writestr("SHA256SUMS", "".join(sums))
    digest, size = _digest(draft)
    draft.replace(archive.path)
    Archive.objects.filter(pk=archive.pk).update(sha256=digest, size=size, head=head.position)
    note(hoster=archive.hoster, event=Event.ARCHIVED, label=f"archive {archive.year}", content=digest)
    transaction.on_commit(lambda: _forget(parts))


def _forget(parts: list[ArchivePart]) -> None:
    for part in parts:
        part.path.unlink(missing_ok=True)


def _entries(archive: Archive, parts: list[ArchivePart]) -> Iterator[tuple[str, bytes, int]]:
    for part in parts:
        with zipfile.ZipFile(part.path) as zipped:
            for name in zipped.namelist():
                yield name, zipped.read(name), zipfile.ZIP_STORED  # a PDF is compressed already
    first, after = bounds(archive.year)
    for name, content in closing_files(archive.hoster, archive.year, first, after):
        yield name, content, zipfile.ZIP_DEFLATED


def _documents(hoster: Hoster, year: int) -> "models.QuerySet[Document]":
    """The files that the ledger told first in that year, with their digest."""
    first, after = bounds(year)
    told = LedgerEntry.objects.filter(
        hoster=hoster, table="billing.document", recorded_at__gte=first, recorded_at__lt=after
    )
    rows = Document.objects.filter(hoster=hoster, pk__in=told.values("row"))
    return rows.exclude(sha256="").filter(invoice__isnull=False).order_by("pk")


def bounds(year: int) -> tuple[datetime, datetime]:
    """The first instant of a year and the first of the next, where the accounts are kept."""
    zone = ZoneInfo(settings.TIME_ZONE)
    return datetime(year, 1, 1, tzinfo=zone), datetime(year + 1, 1, 1, tzinfo=zone)


def _digest(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while chunk := file.read(CHUNK):
            digest.update(chunk)
            size += len(chunk)
    return digest.hexdigest(), size
