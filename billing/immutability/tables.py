"""Which tables are frozen: every `Frozen` model, and the few that are frozen in part. Declared here and nowhere else.

The columns that may change are those that the model names (`living_fields`) and the organisation that a merge moves.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.apps import apps
from django.db import models

from crm.merging import movers
from hosters.models.frozen import Frozen

#: The state of the work on a file lives on; the file itself is final once it has a digest.
WORK = frozenset({"state", "attempts", "due_at", "last_error"})
ALWAYS = "1=1"
#: From when on a row is final, as SQL on the row that was there; a draft is still written.
FINAL_WHEN = {
    "billing.Quote": "OLD.state <> 'draft'",
    "billing.QuoteLine": (
        "EXISTS (SELECT 1 FROM billing_quote WHERE billing_quote.id = OLD.quote_id "
        "AND billing_quote.state <> 'draft')"
    ),
    "billing.Document": "OLD.sha256 <> ''",
}
#: Tables that are no `Frozen` model, with the columns that may change.
PARTLY = {
    "billing.Document": WORK,
    "billing.LedgerHead": frozenset({"position", "mac"}),
    "billing.NumberSeries": frozenset({"next_number"}),
}


@dataclass(frozen=True)
class FrozenTable:
    """A table, the columns that never change once its row is final, and when that is."""

    name: str
    columns: tuple[str, ...]
    final: str


def frozen_tables() -> Iterator[FrozenTable]:
    """Every frozen table, by its name."""
    for model in sorted(frozen_models(), key=lambda each: each._meta.db_table):
        yield FrozenTable(
            model._meta.db_table,
            tuple(str(each.column) for each in model._meta.local_concrete_fields if not _lives(model, each)),
            FINAL_WHEN.get(model._meta.label, ALWAYS),
        )


def frozen_models() -> list[type[models.Model]]:
    """Every `Frozen` model, and those that are frozen in part."""
    frozen = [model for model in apps.get_models() if issubclass(model, Frozen)]
    return frozen + [apps.get_model(label) for label in PARTLY]


def _lives(model: type[models.Model], field: "models.Field[object, object]") -> bool:
    moved = {mover.field for mover in movers().values() if mover.model is model}
    told = model.living_fields if issubclass(model, Frozen) else PARTLY[model._meta.label]
    return field.name in told | moved
