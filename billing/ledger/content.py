"""What a row says, as text: the same on SQLite and PostgreSQL, today and after a column is added.

The database itself turns each cell into text, so that a value which no longer makes sense is read like any other
instead of stopping the reading. A cell that says nothing (NULL, the empty text, the default of its column) is left
out: a column added later must therefore say nothing on old rows, and their digest stays what it was.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any

from django.db import models
from django.db.models.functions import Cast

AT_ONCE = 2000
NULL = "\0"
Cells = dict[str, str]


@dataclass(frozen=True)
class Column:
    """A column, how its text is made the same everywhere, and the text that says nothing."""

    name: str
    same: Callable[[str], str]
    nothing: str | None


def _plain(text: str) -> str:
    return text


def _number(text: str) -> str:
    return text.rstrip("0").rstrip(".") if "." in text and "e" not in text else text


def _truth(text: str) -> str:
    return {"1": "true", "0": "false"}.get(text, text)


def _instant(text: str) -> str:
    return _number(text.removesuffix("+00"))


def _key(text: str) -> str:
    return text.replace("-", "")


@lru_cache(maxsize=256)
def _json(text: str) -> str:
    """The parties of a document come back on thousands of rows, hence the cache."""
    try:
        return json.dumps(json.loads(text), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    except ValueError:
        return text


SAME: "dict[type[models.Field[Any, Any]], Callable[[str], str]]" = {
    models.DecimalField: _number,
    models.BooleanField: _truth,
    models.DateTimeField: _instant,
    models.UUIDField: _key,
    models.JSONField: _json,
}


def text_of(value: Any) -> str:
    """The text of a Python value, as `cells_of` would read it back."""
    match value:
        case None:
            return NULL
        case bool():
            return "true" if value else "false"
        case datetime():
            return _number(value.astimezone(UTC).strftime("%Y-%m-%d %H:%M:%S.%f"))
        case Decimal():
            return _number(format(value, "f"))
        case list() | dict():
            return _json(json.dumps(value))
        case _:
            return str(value)


@cache
def columns_of(model: type[models.Model], left_out: frozenset[str] = frozenset()) -> tuple[Column, ...]:
    """Every concrete column of a table, by name, but those left out."""
    fields = [field for field in model._meta.concrete_fields if field.name not in left_out]
    return tuple(sorted((_column(field) for field in fields), key=lambda column: column.name))


def _column(field: "models.Field[Any, Any]") -> Column:
    same = next((how for kind, how in SAME.items() if isinstance(field, kind)), _plain)
    return Column(field.attname, same, _nothing(field))


def _nothing(field: "models.Field[Any, Any]") -> str | None:
    if field.has_default():
        default = field.default
        if default in (list, dict):
            return text_of(default())
        return None if callable(default) else text_of(field.to_python(default))
    if field.null:
        return NULL
    return "" if field.empty_strings_allowed else None


def cells_of(columns: Iterable[Column], row: Iterable[str | None]) -> Cells:
    """What a row says, column by column, without the cells that say nothing."""
    cells = {}
    for column, text in zip(columns, row, strict=True):
        said = NULL if text is None else column.same(text)
        if said != column.nothing:
            cells[column.name] = said
    return cells


def read(rows: "models.QuerySet[Any]", paths: Sequence[str]) -> Iterator[tuple[str | None, ...]]:
    """These columns of the rows as texts, in the order of the rows, a few at a time."""
    texts = {f"text_{number}": Cast(models.F(path), models.TextField()) for number, path in enumerate(paths)}
    return rows.annotate(**texts).values_list(*texts).iterator(chunk_size=AT_ONCE)


def encoded(cells: Cells) -> str:
    """One text for these cells and for no others: each name and each value is preceded by its length."""
    return "".join(f"{len(name)}:{name}{len(text)}:{text}" for name, text in cells.items())


def digest_of(parts: Iterable[tuple[str, Cells]]) -> str:
    """SHA-256 of rows given with the name of their table."""
    digest = hashlib.sha256()
    for table, cells in parts:
        said = encoded(cells)
        digest.update(f"{table}\n{len(said)}\n{said}\n".encode())
    return digest.hexdigest()
