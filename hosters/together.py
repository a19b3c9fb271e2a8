"""Several questions to the database in one: a page made of many short lists waits once instead of twenty times."""

import json
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import chain
from typing import Any, TypeVar, cast

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.models import Count, JSONField, QuerySet

#: A function takes about a hundred arguments at most: the columns of a row are told in groups of so many.
GROUP = 50


T = TypeVar("T")
#: A part of a page: a generator that first yields the querysets which it reads, then what it tells.
Asked = tuple["QuerySet[Any, Any]", ...]
Part = Iterator[Asked | T]


def read_together(parts: Iterable[Part[T]], *others: "QuerySet[Any, Any]") -> list[Iterator[T]]:
    """What each part tells, once the querysets of all of them, and others, were read in one query."""
    started = [(part, cast(Asked, next(part))) for part in parts]
    together(*(rows for _part, asked in started for rows in asked), *others)
    return [cast(Iterator[T], part) for part, _asked in started]


def tally(rows: "QuerySet[Any, Any]", **sums: Any) -> "QuerySet[Any, Any]":
    """Sums over rows of one hoster, still to be read: one row of values, or none when there are no rows."""
    return rows.order_by().values("hoster").annotate(number=Count("pk"), **sums).values("number", *sums)


def counts(*asked: "QuerySet[Any, Any]") -> list[int]:
    """How many rows each queryset has, in one query."""
    numbers, values = [], []
    for rows in asked:
        try:
            inner, params = rows.order_by().values("pk").query.get_compiler(using=rows.db).as_sql()
        except EmptyResultSet:
            inner, params = "SELECT 1 WHERE 1 = 0", ()
        numbers.append(f"(SELECT COUNT(*) FROM ({inner}) q)")  # noqa: S608 - of Django
        values += params
    if not numbers:
        return []
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(numbers)}", values)
        return list(cursor.fetchone() or ())


def together(*asked: "QuerySet[Any, Any]") -> None:
    """Read the rows of these querysets in one query: each is then filled, as if it had been looped over.

    What they prefetch is read afterwards, as usual. JSON carries the rows: not for columns of bytes.
    """
    questions = [_Question(rows) for rows in asked if rows._result_cache is None]
    sent = [each for each in questions if each.sql]
    if sent:
        with connection.cursor() as cursor:
            wanted = ", ".join(each.sql for each in sent)
            cursor.execute(f"SELECT {wanted}", [value for each in sent for value in each.params])
            for question, told in zip(sent, cursor.fetchone() or (), strict=True):
                question.told = told
    for question in questions:
        question.answer()


class _Question:
    """One queryset as a query that tells all its rows in one cell; `sql` is "" when Django knows there is none."""

    def __init__(self, rows: "QuerySet[Any, Any]") -> None:
        self.rows, self.told = rows, ""
        query = rows.query.clone()
        query.subquery = True  # no column that is there for the order only
        self.compiler = query.get_compiler(using=rows.db)
        self.postgres = connection.vendor == "postgresql"
        self.sql, self.params = self._sql()

    def _sql(self) -> tuple[str, tuple[Any, ...]]:
        try:
            inner, params = self.compiler.as_sql()
        except EmptyResultSet:
            return "", ()
        of_row, of_rows = (
            ("json_build_array", "json_agg") if self.postgres else ("json_array", "json_group_array")
        )
        names = [f"c{number}" for number in range(len(self.compiler.select))]
        cells = [self._cell(name, each[0]) for name, each in zip(names, self.compiler.select, strict=True)]
        groups = [cells[first : first + GROUP] for first in range(0, len(cells), GROUP)]
        row = ", ".join(f"{of_row}({', '.join(group)})" for group in groups)
        as_text = "::text" if self.postgres else ""  # its driver would read numbers as floats
        told = f"{of_rows}({of_row}({row})){as_text}"
        return f"(WITH q({', '.join(names)}) AS ({inner}) SELECT {told} FROM q)", params  # noqa: S608 - of Django

    def _cell(self, name: str, column: Any) -> str:
        """JSON inside JSON stays a text, as drivers give it."""
        return (
            f"q.{name}::text" if self.postgres and isinstance(column.output_field, JSONField) else f"q.{name}"
        )

    def answer(self) -> None:
        """Fill the queryset: Django itself makes its objects of these rows."""
        found = self._found()
        vars(self.compiler)["execute_sql"] = lambda *_args, **_options: [found]
        vars(self.rows.query)["get_compiler"] = lambda *_args, **_options: self.compiler
        try:
            self.rows._fetch_all()
        finally:  # a queryset made from this one asks for itself
            del vars(self.rows.query)["get_compiler"]

    def _found(self) -> list[list[Any]]:
        """The rows, with the values that the driver would have given."""
        if not self.told:
            return []
        exact = Decimal if self.postgres else float  # as each driver gives an amount
        rows = [list(chain.from_iterable(groups)) for groups in json.loads(self.told, parse_float=exact)]
        if not self.postgres:
            return rows
        fields = [column[0].output_field for column in self.compiler.select]
        return [[_typed(*pair) for pair in zip(fields, row, strict=True)] for row in rows]


def _typed(field: Any, value: Any) -> Any:
    """Days, times, keys and amounts came as JSON tells them."""
    return value if value is None or isinstance(field, JSONField) else field.to_python(value)
