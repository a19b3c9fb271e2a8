"""What a figure of the dashboard is made of, so that it opens the rows behind it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from hosters.models import Hoster
from pricing.dates import date_format

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise


STRUCTURE = _("Structure")


@dataclass(frozen=True)
class Cells:
    """One row: what it opens, its title, and the other cells in the order of the heads."""

    url: str
    title: str
    others: Sequence[str]


@dataclass(frozen=True)
class Figure:
    """A figure of the dashboard: its words, how it is counted, its rows and how each is shown.

    `subject` is the head of the titles of the rows; `amount_at` the place of the amount among the heads, if any.
    """

    code: str
    title: "_StrPromise"
    definition: "_StrPromise"
    heads: Sequence["_StrPromise"]
    rows: Callable[[Hoster, date], "QuerySet[Any]"]
    cells: Callable[[Any], Cells]
    subject: "_StrPromise" = STRUCTURE
    amount_at: int | None = None

    @property
    def columns(self) -> "list[tuple[_StrPromise, bool]]":
        """Each head, and whether amounts stand below it."""
        return [(head, place == self.amount_at) for place, head in enumerate(self.heads)]

    def told(self, row: Any) -> "tuple[Cells, list[tuple[_StrPromise, bool, str]]]":
        """A row as the page shows it: what it opens, then each cell with its head."""
        cells = self.cells(row)
        return cells, [(*column, cell) for column, cell in zip(self.columns, cells.others, strict=True)]


def day_words(day: date | datetime | None) -> str:
    """A day as people read it; "" when there is none."""
    if isinstance(day, datetime):
        day = timezone.localdate(day)
    return date_format(day, "j F Y") if day else ""
