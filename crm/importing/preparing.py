"""Before the lines of a file are tried: all read, merged cells carried down, repeats refused, cut into chunks."""

from django.utils.translation import gettext as _

from crm.importing.reading import read_on
from crm.importing.rows import Refused, read_row
from crm.models import ContactImport, ImportChunk, ImportLine
from hosters import work

LINES_AT_ONCE = 500  # well within the time limit of a task


def prepare(file: ContactImport) -> None:
    """Make the chunks of a trial, in the transaction of the worker that calls. Doing it twice changes nothing."""
    if file.step != ContactImport.Step.TRIAL or file.chunks.filter(first__gt=0).exists():
        return
    if read_on(file):
        work.nudge_on_commit(
            ImportChunk.objects.create(hoster=file.hoster, contact_import=file, first=0, last=0)
        )
        return
    if file.carries_down:
        _carry_down(file)
    _refuse_repeats(file)
    numbers = list(file.lines.order_by("number").values_list("number", flat=True))
    for start in range(0, len(numbers), LINES_AT_ONCE):
        some = numbers[start : start + LINES_AT_ONCE]
        chunk = ImportChunk.objects.create(
            hoster=file.hoster, contact_import=file, first=some[0], last=some[-1]
        )
        work.nudge_on_commit(chunk)


def _carry_down(file: ContactImport) -> None:
    """Merged cells: an empty organisation is the one above."""
    column = file.mapping.index("organization")
    above = ""
    changed = []
    for line in file.lines.order_by("number").iterator(chunk_size=2000):
        if line.cells[column]:
            above = line.cells[column]
        elif above:
            line.cells[column] = above
            changed.append(line)
    ImportLine.objects.bulk_update(changed, ["cells"], batch_size=500)


def _refuse_repeats(file: ContactImport) -> None:
    """The same person of the same organisation twice in a file: the first line counts."""
    file.lines.update(verdict="", reason="")
    first: dict[tuple[str, str], int] = {}
    repeats = []
    for line in file.lines.order_by("number").iterator(chunk_size=2000):
        try:
            row = read_row(line.cells, file.mapping)
        except Refused:
            continue  # the trial says why
        key = (row.organization["name"].casefold(), row.email)
        if key in first:
            line.verdict = ImportLine.Verdict.REFUSED
            line.reason = _("Déjà à la ligne %(number)s.") % {"number": first[key]}
            repeats.append(line)
        first.setdefault(key, line.number)
    ImportLine.objects.bulk_update(repeats, ["verdict", "reason"], batch_size=500)
