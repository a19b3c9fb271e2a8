"""What the ledger covers, declared here and nowhere else: one line for a table."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import groupby
from operator import itemgetter
from typing import Any

from django.db import models

from billing.ledger.content import Cells, cells_of, columns_of, digest_of, read
from billing.models import (
    Document,
    ExportBatch,
    ExportedPiece,
    ExportFile,
    Invoice,
    InvoiceLine,
    Payment,
    PaymentShare,
)
from hosters.models import Hoster


@dataclass(frozen=True)
class Part:
    """A table whose rows belong to a sealed one, by a foreign key."""

    model: type[models.Model]
    owner: str


@dataclass(frozen=True)
class Sealed:
    """A table of which each row has its line in the ledger, with its parts.

    `hoster` is the path to the tenant, `name` the column that names a row, `left_out` the columns that live on,
    `when` the filter of the rows that are final.
    """

    model: type[models.Model]
    name: str
    hoster: str = "hoster"
    parts: tuple[Part, ...] = ()
    left_out: frozenset[str] = frozenset()
    when: models.Q = field(default_factory=models.Q)

    @property
    def table(self) -> str:
        return self.model._meta.label_lower

    def rows(self, hoster: Hoster) -> "models.QuerySet[Any]":
        """The rows of a hoster that must be in its ledger, in the order of their keys."""
        return self.model._base_manager.filter(self.when, **{self.hoster: hoster}).order_by("pk")


@dataclass(frozen=True)
class Piece:
    """A sealed row as it is now: its key, its name, and what it and its parts say."""

    table: str
    row: int
    label: str
    said: list[tuple[str, Cells]]

    @property
    def content(self) -> str:
        return digest_of(self.said)


#: The state of the work on a file lives on; the file itself is final once it has a digest.
WORK = frozenset({"state", "attempts", "due_at", "last_error"})


@cache
def sealed_tables() -> tuple[Sealed, ...]:
    """Every table that the ledger covers."""
    return (
        Sealed(Invoice, "number", parts=(Part(InvoiceLine, "invoice"),), left_out=frozenset({"standing"})),
        Sealed(
            Payment,
            "invoice__number",
            hoster="invoice__hoster",
            parts=(Part(PaymentShare, "payment"),),
        ),
        Sealed(ExportBatch, "name", parts=(Part(ExportFile, "batch"), Part(ExportedPiece, "batch"))),
        Sealed(Document, "name", left_out=WORK, when=~models.Q(sha256="")),
    )


def sealed(model: type[models.Model]) -> Sealed:
    """The declaration of a table.

    Raises:
        KeyError: the ledger does not cover it.
    """
    return {each.model: each for each in sealed_tables()}[model]


def pieces(table: Sealed, rows: "models.QuerySet[Any]") -> Iterator[Piece]:
    """The pieces of these rows, in the order of their keys: one query for the table and one for each part."""
    columns = columns_of(table.model, table.left_out)
    paths = ["pk", table.name, *(column.name for column in columns)]
    readers = [_PartReader(part, rows) for part in table.parts]
    for key, name, *row in read(rows.order_by("pk"), paths):
        assert key is not None, "a row has a key"
        said = [(table.table, cells_of(columns, row))]
        for reader in readers:
            said += reader.of(int(key))
        yield Piece(table.table, int(key), (name or "")[:120], said)


class _PartReader:
    """The rows of a part, read once beside those of their owners, in the same order."""

    def __init__(self, part: Part, owners: "models.QuerySet[Any]") -> None:
        self._table = part.model._meta.label_lower
        self._columns = columns_of(part.model)
        rows = part.model._base_manager.filter(**{f"{part.owner}__in": owners.order_by().values("pk")})
        paths = [f"{part.owner}_id", *(column.name for column in self._columns)]
        self._groups = groupby(read(rows.order_by(f"{part.owner}_id", "pk"), paths), key=itemgetter(0))
        self._waiting = next(self._groups, None)

    def of(self, owner: int) -> list[tuple[str, Cells]]:
        """What the rows of this owner say; owners are asked for in the order of their keys."""
        if self._waiting is None or int(self._waiting[0] or 0) != owner:
            return []
        said = [(self._table, cells_of(self._columns, row[1:])) for row in self._waiting[1]]
        self._waiting = next(self._groups, None)
        return said
