"""An empty PostgreSQL becomes a Chatière by its migrations, as an install does. The walk in a browser does SQLite."""

import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.conf import settings
from psycopg import sql

ROOT = Path(__file__).parents[2]


@pytest.mark.services
@pytest.mark.thorough
def test_empty_database_is_migrated_and_guarded() -> None:
    given = settings.DATABASES["default"]
    if "postgresql" not in given["ENGINE"]:
        pytest.fail("DATABASE_URL must lead to PostgreSQL")
    server = f"postgres://{given['USER']}:{given['PASSWORD']}@{given['HOST']}:{given['PORT'] or 5432}"
    name = f"{settings.DATABASES['default']['NAME']}_migrated"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as postgres:
        postgres.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        try:
            for words in (["migrate"], ["migrate", "--check"]):
                subprocess.run(
                    [sys.executable, "manage.py", *words],
                    cwd=ROOT,
                    env=os.environ | {"DATABASE_URL": f"{server}/{name}"},
                    check=True,
                    capture_output=True,
                    timeout=300,
                )
            with psycopg.connect(f"{server}/{name}") as migrated:
                guards = migrated.execute("SELECT count(*) FROM pg_trigger WHERE NOT tgisinternal").fetchone()
            assert guards and guards[0] > 10
        finally:
            postgres.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))
