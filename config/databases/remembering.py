"""Django writes the text of a query anew each time it is asked. A page asks forty, of fifty columns each: writing them
took half of its time. Here the text of a plain query is kept; its values are asked anew.

Plain: rows of a model that are filtered, joined, ordered and cut. Whatever else a query has, or may have one day,
Django writes it as always. The texts are compared in every test (`tests/conftest.py`).
"""

from typing import Any

from django.core.exceptions import EmptyResultSet, FullResultSet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

#: What a query is told by that its text depends on, besides its joins and its conditions.
TOLD = frozenset(
    {
        "alias_cols",
        "default_cols",
        "default_ordering",
        "deferred_loading",
        "distinct",
        "high_mark",
        "low_mark",
        "model",
        "order_by",
        "select_related",
        "standard_ordering",
        "subquery",
    }
)
#: Of these, sets and dictionaries.
IN_WORDS = ("deferred_loading", "select_related")
#: What it keeps for itself while it is being built, its joins and its conditions.
APART = frozenset(
    {
        "_lookup_joins",
        "alias_map",
        "alias_refcount",
        "base_table",
        "filter_is_sticky",
        "subq_aliases",
        "table_map",
        "used_aliases",
        "where",
    }
)
#: Conditions on lists of any length have as many texts: the whole is forgotten now and then.
MOST = 2000

Text = tuple[str, dict[str, Any]]
_texts: dict[tuple[Any, ...], Text] = {}


class Remembering(SQLCompiler):
    """A compiler that writes plain queries once."""

    elide_empty: bool

    def as_sql(self, with_limits: bool = True, with_col_aliases: bool = False) -> tuple[str, tuple[Any, ...]]:
        usual = with_limits and self.elide_empty and not with_col_aliases
        plain = shape(self.query) if usual else None
        if plain is None:
            return super().as_sql(with_limits, with_col_aliases)
        try:
            where, values = self.compile(self.query.where)  # type: ignore[arg-type]  # django-stubs: as Django does
        except FullResultSet:
            where, values = "", ()
        except EmptyResultSet:  # Django says so after having worked out the columns
            return super().as_sql()
        key = (self.connection.vendor, where, *plain)
        if key not in _texts:
            text, all_values = super().as_sql()
            if len(all_values) != len(values):  # some are elsewhere than in its conditions
                return text, all_values
            if len(_texts) >= MOST:
                _texts.clear()
            _texts[key] = text, {name: vars(self)[name] for name in KEPT}
        text, columns = _texts[key]
        vars(self).update(columns)
        return text, tuple(values)


#: What reading the rows needs to know of the columns.
KEPT = ("annotation_col_map", "col_count", "has_extra_select", "klass_info", "select")


def shape(query: Query) -> tuple[Any, ...] | None:
    """What the text of a query depends on, besides its conditions; None when it is not plain."""
    told = []
    for name, value in vars(query).items():
        if name in TOLD:
            told.append((name, str(value) if name in IN_WORDS else value))
        elif value and name not in APART:
            return None
    if not all(isinstance(each, str) for each in query.order_by):
        return None
    joins = [
        (alias, join.table_name, join.join_type, join.parent_alias, id(getattr(join, "join_field", None)))
        for alias, join in query.alias_map.items()
        if query.alias_refcount[alias]
    ]
    return (*sorted(told), *joins)
