"""A query whose text was remembered fails the test when Django would write another one (`config.databases`)."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db.models.sql.compiler import SQLCompiler

from config.databases.remembering import Remembering


@contextmanager
def strict_queries() -> Iterator[None]:
    original = Remembering.as_sql

    def as_sql(self: Any, with_limits: bool = True, with_col_aliases: bool = False) -> Any:
        told = original(self, with_limits, with_col_aliases)
        if with_limits and not with_col_aliases:
            fresh = type(self)(self.query.clone(), self.connection, self.using, self.elide_empty)
            written = SQLCompiler.as_sql(fresh)
            assert (told[0], tuple(told[1])) == (written[0], tuple(written[1]))
            assert [each[1] for each in self.select] == [each[1] for each in fresh.select]
            assert self.annotation_col_map == fresh.annotation_col_map
        return told

    Remembering.as_sql = as_sql  # type: ignore[method-assign]
    try:
        yield
    finally:
        Remembering.as_sql = original  # type: ignore[method-assign]
