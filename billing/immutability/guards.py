"""The triggers of the frozen tables, on SQLite and PostgreSQL. Written anew after each migration: a table that a
migration makes again, or a column that it adds, is guarded too."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.backends.utils import CursorWrapper

from billing.immutability.tables import FrozenTable, frozen_tables

#: What our triggers and functions are called, so that they are found again.
PREFIX = "frozen_"
REFUSED = "Ce qui est émis ne change plus et ne s’efface pas"


def freeze() -> int:
    """Guard every frozen table that exists. Returns how many are guarded."""
    with transaction.atomic(), connection.cursor() as cursor:
        _drop(cursor)
        existing = set(connection.introspection.table_names(cursor))
        guarded = [table for table in frozen_tables() if table.name in existing]
        for table in guarded:
            for statement in _statements(table):
                cursor.execute(statement)
    return len(guarded)


def thaw() -> None:
    """Take the guards away: a migration may have to rewrite a table. Whoever calls this calls `freeze` afterwards."""
    with transaction.atomic(), connection.cursor() as cursor:
        _drop(cursor)


@contextmanager
def thawed() -> Iterator[None]:
    """The time of a migration."""
    thaw()
    try:
        yield
    finally:
        freeze()


def guarded_tables() -> set[str]:
    """The tables that have all their guards now."""
    with connection.cursor() as cursor:
        return {table for _trigger, table in _triggers(cursor)}


def _statements(table: FrozenTable) -> list[str]:
    return _postgresql(table) if connection.vendor == "postgresql" else _sqlite(table)


def _sqlite(table: FrozenTable) -> list[str]:
    changed = " OR ".join(f'OLD."{column}" IS NOT NEW."{column}"' for column in table.columns)
    refuse = f"BEGIN SELECT RAISE(ABORT, '{REFUSED} : {table.name}'); END"
    return [
        f'CREATE TRIGGER {PREFIX}{table.name}_update BEFORE UPDATE ON "{table.name}" '
        f"FOR EACH ROW WHEN ({table.final}) AND ({changed}) {refuse}",
        f'CREATE TRIGGER {PREFIX}{table.name}_delete BEFORE DELETE ON "{table.name}" '
        f"FOR EACH ROW WHEN {table.final} {refuse}",
    ]


def _postgresql(table: FrozenTable) -> list[str]:
    old, new = (", ".join(f'{row}."{column}"' for column in table.columns) for row in ("OLD", "NEW"))
    name = f"{PREFIX}{table.name}"
    return [
        f"""
        CREATE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $guard$
        BEGIN
            IF TG_OP = 'UPDATE' THEN
                IF NOT ({table.final}) OR ROW({old}) IS NOT DISTINCT FROM ROW({new}) THEN RETURN NEW; END IF;
            ELSIF TG_OP = 'DELETE' THEN
                IF NOT ({table.final}) THEN RETURN OLD; END IF;
            END IF;
            RAISE EXCEPTION '{REFUSED} : {table.name}' USING ERRCODE = 'integrity_constraint_violation';
        END $guard$
        """,
        f'CREATE TRIGGER {name} BEFORE UPDATE OR DELETE ON "{table.name}" FOR EACH ROW EXECUTE FUNCTION {name}()',
        f'CREATE TRIGGER {name}_empty BEFORE TRUNCATE ON "{table.name}" '
        f"FOR EACH STATEMENT EXECUTE FUNCTION {name}()",
    ]


def _drop(cursor: CursorWrapper) -> None:
    for trigger, table in _triggers(cursor):
        on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
        cursor.execute(f'DROP TRIGGER "{trigger}"{on}')
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT proname FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace "
            "WHERE nspname = current_schema() AND proname LIKE %s",
            [_pattern()],
        )
        for (function,) in cursor.fetchall():
            cursor.execute(f'DROP FUNCTION "{function}"()')


def _triggers(cursor: CursorWrapper) -> list[tuple[str, str]]:
    """Our triggers with their table."""
    if connection.vendor == "postgresql":
        cursor.execute(
            "SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
            "JOIN pg_namespace ON pg_namespace.oid = relnamespace "
            "WHERE nspname = current_schema() AND tgname LIKE %s",
            [_pattern()],
        )
    else:
        cursor.execute(
            r"SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s ESCAPE '\'",
            [_pattern()],
        )
    return list(cursor.fetchall())


def _pattern() -> str:
    return PREFIX.replace("_", r"\_") + "%"
