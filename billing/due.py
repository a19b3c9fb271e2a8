"""When a line of a quote is due. Its totals and the later invoices ask the same question here."""

from collections.abc import Iterable
from typing import Protocol

from pricing.engine import Cadence

YEAR = 12  # months


class HasDue(Protocol):
    """A line with its rhythm; `term_months` is its own period, `periods` ends a welcome discount."""

    @property
    def cadence(self) -> str: ...
    @property
    def term_months(self) -> int: ...
    @property
    def periods(self) -> int | None: ...
    @property
    def from_year(self) -> int: ...


def committed_months(lines: Iterable[HasDue]) -> int | None:
    """How long the association commits at a time: the longest period that it pays in advance; None when nothing
    comes back (002-042)."""
    lines = list(lines)
    periods = [line.term_months for line in lines if line.cadence == Cadence.PERIOD]
    if periods:
        return max(periods)
    return YEAR if any(line.cadence == Cadence.YEARLY for line in lines) else None


def is_due(line: HasDue, months: int) -> bool:
    """Whether it is invoiced that many months after the start: a period at its start, a membership at each
    anniversary, the rest once (002-042)."""
    if line.cadence == Cadence.PERIOD:
        period, rest = divmod(months, line.term_months)
        return rest == 0 and (line.periods is None or period < line.periods)
    if line.cadence == Cadence.YEARLY:
        year, rest = divmod(months, YEAR)
        return rest == 0 and year + 1 >= line.from_year
    return months == 0
