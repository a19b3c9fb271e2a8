"""Files of organisations and people: dropped, their columns told, tried line by line, written by workers."""

from collections.abc import Iterator

from django.db import transaction
from django.db.models import Count
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.importing.columns import guess
from crm.importing.reading import keep_source
from crm.models import ContactImport, ImportChunk, ImportLine
from crm.spreadsheets import read_table, write_csv
from hosters import work
from hosters.models import Hoster, User, Work


@transaction.atomic
def drop_file(*, hoster: Hoster, name: str, content: bytes, by: User | None) -> ContactImport:
    """Keep a file that can be read, with the columns remembered from the last file that had the same titles.

    Raises:
        NotATable: the file cannot be read; says what to do.
    """
    table = read_table(content)
    before = ContactImport.objects.filter(hoster=hoster, header=table.header).exclude(mapping=[])
    last = before.order_by("-pk").first()
    dropped = ContactImport.objects.create(
        hoster=hoster,
        name=name[-120:],
        reading=table.reading,
        header=table.header,
        mapping=last.mapping if last else guess(table.header),
        origin=last.origin if last else "",
        created_by=by,
    )
    keep_source(file=dropped, table=table, content=content)
    return dropped


@transaction.atomic
def start_trial(*, file: ContactImport, mapping: list[str], origin: str, carries_down: bool) -> None:
    """Tell the columns and try every line without writing anything; may be done again until it is written.

    A worker reads the lines and cuts them into chunks (`crm.importing.preparing`): fifty thousand would keep the page
    waiting.
    """
    locked = ContactImport.objects.select_for_update().get(pk=file.pk)
    if locked.step == ContactImport.Step.WRITING:
        return
    locked.mapping, locked.origin, locked.carries_down = mapping, origin, carries_down
    locked.step = ContactImport.Step.TRIAL
    locked.save(update_fields=["mapping", "origin", "carries_down", "step"])
    locked.chunks.all().delete()
    preparing = ImportChunk.objects.create(hoster=locked.hoster, contact_import=locked, first=0, last=0)
    work.nudge_on_commit(preparing)


@transaction.atomic
def start_writing(*, file: ContactImport) -> bool:
    """Write what the trial accepted, once; False while the trial is not over."""
    locked = ContactImport.objects.select_for_update().get(pk=file.pk)
    tried = locked.chunks.filter(first__gt=0).exists()
    if locked.step != ContactImport.Step.TRIAL or not tried or progress(locked)["left"]:
        return False
    ContactImport.objects.filter(pk=locked.pk).update(step=ContactImport.Step.WRITING)
    locked.chunks.filter(first=0).delete()
    locked.chunks.update(state=Work.State.QUEUED, attempts=0, due_at=timezone.now(), last_error="")
    for chunk in locked.chunks.all():
        work.nudge_on_commit(chunk)
    return True


def abandon(*, file: ContactImport) -> None:
    """Forget a file and its lines; what was written stays."""
    ContactImport.objects.filter(pk=file.pk).delete()


def progress(file: ContactImport) -> dict[str, int]:
    """Chunks of this step: in all, left to do, failed; `share` is what is done, in hundredths."""
    chunks = file.chunks.exclude(first=0, state=Work.State.DONE)  # those that prepared the others
    counts = dict(chunks.values_list("state").annotate(Count("pk")).order_by())
    total = sum(counts.values())
    done, failed = counts.get(Work.State.DONE, 0), counts.get(Work.State.FAILED, 0)
    share = 100 * (done + failed) // total if total else 0
    return {"total": total, "left": total - done - failed, "failed": failed, "share": share}


def counts(file: ContactImport) -> list[tuple[str, str, int]]:
    """Code, word and number of lines of each verdict."""
    found = dict(file.lines.values_list("verdict").annotate(Count("pk")).order_by())
    return [
        (code, str(label), found[code])
        for code, label in ImportLine.Verdict.choices
        if code and found.get(code)
    ]


def refused_csv(file: ContactImport) -> Iterator[str]:
    """The refused lines as they came, with why: to mend and drop again."""
    refused = file.lines.filter(verdict=ImportLine.Verdict.REFUSED).order_by("number")
    header = [_("Ligne"), *file.header, _("Pourquoi")]
    rows = refused.values_list("number", "cells", "reason").iterator(chunk_size=2000)
    return write_csv([header, *([number, *cells, reason] for number, cells, reason in rows)])
