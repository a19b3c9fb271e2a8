"""Reading the ledger again: every line with its seal, then every row with its line.

One query for the ledger, one for each table and each of its parts, all read a few rows at a time.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import Enum
from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing.ledger.chain import COLUMNS, seal
from billing.ledger.content import Cells, cells_of, encoded, read
from billing.ledger.heads import Head, heads_file, kept_heads
from billing.ledger.keys import known_keys
from billing.ledger.registry import Piece, pieces, sealed_tables
from billing.models import LedgerEntry
from hosters.models import Hoster


class Fault(Enum):
    """What is wrong, in French. The value of `code` in the JSON report is the name, in lower case."""

    CHANGED = _("a changé depuis son inscription")
    DELETED = _("est inscrite et n’existe plus")
    INSERTED = _("existe sans être inscrite")
    BROKEN = _("ligne du registre modifiée")
    MISSING = _("ligne du registre absente")
    KEY_UNKNOWN = _("ligne scellée par une clé qui manque")
    CUT = _("le registre s’arrête avant une tête gardée ailleurs")
    REWRITTEN = _("le registre diffère d’une tête gardée ailleurs")


@dataclass(frozen=True)
class Problem:
    """A fault and what it touches: a piece by its name, a line by its position."""

    fault: Fault
    label: str
    position: int = 0
    table: str = ""
    row: int = 0

    @property
    def words(self) -> str | Promise:
        return f"{self.label} : {self.fault.value}"


@dataclass
class Report:
    """What was read and what is wrong, the first line of the ledger that is touched first."""

    hoster: Hoster
    entries: int = 0
    pieces: int = 0
    mac: str = ""
    problems: list[Problem] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        return not self.problems


class _Line(NamedTuple):
    position: int
    content: str
    label: str


#: What the ledger says last of each row, by table and key.
_Known = dict[tuple[str, int], _Line]


def verify(hoster: Hoster, *, heads: Iterable[Head] | None = None) -> Report:
    """Read the whole ledger of a hoster and everything that it covers.

    Args:
        heads: where the ledger is known to have stood; by default those that the clock kept.
    """
    report, known, macs = Report(hoster), _Known(), {0: ""}
    suspects = _read_chain(report, known, macs)
    missing = _compare(report, known)
    _look_again(report, missing, last=max(macs))
    anchors = kept_heads(heads_file(), hoster) if heads is None else heads
    suspects += [problem for head in anchors if (problem := _against(head, macs))]
    report.problems = sorted([*suspects, *report.problems], key=_order)
    return report


def _order(problem: Problem) -> tuple[bool, int]:
    """Along the ledger; what it does not tell comes last."""
    return problem.position == 0, problem.position


def _read_chain(report: Report, known: _Known, macs: dict[int, str]) -> list[Problem]:
    """Follow the chain; fills what each row last said and the seal at each position."""
    problems, link = [], _Link()
    for cells, mac in entries_of(report.hoster):
        position, label = _whole(cells["position"]), cells.get("label", "")
        if position > link.expected:
            problems.append(Problem(Fault.MISSING, _range(link.expected, position - 1), link.expected))
        fault = link.fault(cells, position, mac)
        if fault:
            problems.append(Problem(fault, label, position))
        macs[position] = mac
        report.entries, report.mac = report.entries + 1, mac
        if cells.get("table"):
            line = _Line(position, cells.get("content", ""), label)
            known[cells["table"], _whole(cells.get("row", "0"))] = line
    return problems


class _Link:
    """What the next line must be sealed with."""

    def __init__(self) -> None:
        self.expected = 1
        self._keys = known_keys()
        self._before = {""}

    def fault(self, cells: Cells, position: int, mac: str) -> Fault | None:
        """What is wrong with the seal of this line, then go on after it.

        After a hole the seal before is unknown: the line can be neither proved nor accused. A line that was changed
        does not accuse the next one, which goes on from the seal that it has or from the one that it should have.
        """
        key, after_hole = self._keys.get(cells.get("key", "")), position > self.expected
        made = {seal(key, encoded(cells), each) for each in self._before} if key else set()
        self.expected = position + 1
        sound = after_hole or mac in made
        self._before = {mac} if sound else {mac, *made}
        if key is None:
            return Fault.KEY_UNKNOWN
        return None if sound else Fault.BROKEN


def _whole(text: str) -> int:
    """A number of the database, 0 for what is none."""
    return int(text) if text.isdigit() else 0


def entries_of(hoster: Hoster) -> Iterator[tuple[Cells, str]]:
    """Every line of a ledger in its order: what it says, and its seal."""
    rows = LedgerEntry._base_manager.filter(hoster=hoster).order_by("position")
    for mac, *row in read(rows, ["mac", *(column.name for column in COLUMNS)]):
        yield cells_of(COLUMNS, row), mac or ""


def _range(first: int, last: int) -> str:
    return str(first) if first == last else f"{first}–{last}"


def _compare(report: Report, known: _Known) -> list[Problem]:
    """Every row against the last that the ledger says of it. Fills the report; returns rows without a line."""
    inserted, left = [], dict(known)
    for table in sealed_tables():
        for piece in pieces(table, table.rows(report.hoster)):
            report.pieces += 1
            line = left.pop((piece.table, piece.row), None)
            if line is None:
                inserted.append(Problem(Fault.INSERTED, piece.label, 0, piece.table, piece.row))
            elif line.content != piece.content:
                report.problems.append(_changed(piece, line))
    report.problems += [
        Problem(Fault.DELETED, line.label, line.position, table, row) for (table, row), line in left.items()
    ]
    return inserted


def _changed(piece: Piece, line: _Line) -> Problem:
    return Problem(Fault.CHANGED, line.label, line.position, piece.table, piece.row)


def _look_again(report: Report, inserted: list[Problem], *, last: int) -> None:
    """What was written while we were reading is in the lines that came since: neither changed nor inserted."""
    fresh = {
        (table, row)
        for table, row in LedgerEntry._base_manager.filter(
            hoster=report.hoster, position__gt=last
        ).values_list("table", "row")
    }
    kept = [problem for problem in report.problems + inserted if (problem.table, problem.row) not in fresh]
    report.problems = kept


def _against(head: Head, macs: dict[int, str]) -> Problem | None:
    if head.position > max(macs):
        return Problem(Fault.CUT, f"{head.position} ({head.at})", head.position)
    if macs.get(head.position) != head.mac:
        return Problem(Fault.REWRITTEN, f"{head.position} ({head.at})", head.position)
    return None
