"""Copies of rows, written in bulk with the times that they say."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any
from uuid import uuid4

from django.db import models

AT_ONCE = 2000


def copy_of(row: models.Model, **changes: Any) -> Any:
    """An unsaved copy of a row, with a key of its own where keys are unique."""
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    values.pop(row._meta.pk.attname)
    for field in row._meta.concrete_fields:
        if isinstance(field, models.UUIDField) and values.get(field.attname):
            values[field.attname] = uuid4()
    for name, value in changes.items():
        values.pop(row._meta.get_field(name).attname, None)  # type: ignore[union-attr]  # a column
        values[name] = value
    return type(row)(**values)


def write(rows: Iterable[models.Model]) -> int:
    """Insert rows of one table, a few thousand at a time. Returns how many."""
    written, left = 0, iter(rows)
    while some := list(islice(left, AT_ONCE)):
        with _own_times(type(some[0])):
            type(some[0])._base_manager.bulk_create(some)
        written += len(some)
    return written


def in_parts(rows: Iterable[Any]) -> Iterator[list[Any]]:
    """Rows, a few thousand at a time: what is written for one part is forgotten before the next."""
    left = iter(rows)
    while some := list(islice(left, AT_ONCE)):
        yield some


@contextmanager
def _own_times(model: type[models.Model]) -> Iterator[None]:
    """Columns that say when a row was written keep what the copy says."""
    stamped = [field for field in model._meta.concrete_fields if getattr(field, "auto_now_add", False)]
    for field in stamped:
        field.auto_now_add = False  # type: ignore[attr-defined]
    try:
        yield
    finally:
        for field in stamped:
            field.auto_now_add = True  # type: ignore[attr-defined]
