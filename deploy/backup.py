"""Saves the database and the documents while Chatière runs.

    .venv/bin/python -m deploy.backup FOLDER

makes FOLDER/chatiere-DATE.tar, which holds `documents/` and either `chatiere.sqlite3` or `chatiere.pgdump`.
The database is copied first: a document is written before its row says so and never changes, so the archive
holds every document that its database knows.
"""

import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any

from config import settings


def copy_sqlite(database: dict[str, Any], folder: Path) -> Path:
    """A consistent copy, whatever is being written meanwhile."""
    copy = folder / "chatiere.sqlite3"
    with closing(sqlite3.connect(database["NAME"])) as source, closing(sqlite3.connect(copy)) as target:
        source.backup(target)
    return copy


def dump_postgresql(database: dict[str, Any], folder: Path) -> Path:
    """A dump in pg_dump's own format; the password goes by the environment, which other users cannot see."""
    dump = folder / "chatiere.pgdump"
    access = {
        "PGHOST": database["HOST"],
        "PGPORT": str(database["PORT"]),
        "PGUSER": database["USER"],
        "PGPASSWORD": database["PASSWORD"],
        "PGDATABASE": database["NAME"],
    }
    given = {name: value for name, value in access.items() if value}
    command = ["pg_dump", "--format=custom", f"--file={dump}"]
    subprocess.run(command, env=os.environ | given, check=True)  # noqa: S603 - our own command
    return dump


def save(target: Path, *, database: dict[str, Any], documents: Path) -> Path:
    """Makes the archive and returns its path; a failure leaves none behind."""
    engine = database["ENGINE"].rpartition(".")[2]
    copy = {"sqlite3": copy_sqlite, "postgresql": dump_postgresql}[engine]
    archive = target / f"chatiere-{datetime.now():%Y-%m-%dT%H%M%S}.tar"
    with tempfile.TemporaryDirectory(dir=target, prefix=".chatiere-") as name:
        folder = Path(name)
        saved = copy(database, folder)
        draft = folder / "archive"
        with tarfile.open(draft, "w") as tar:
            tar.add(saved, arcname=saved.name)
            tar.add(documents, arcname="documents")
        draft.replace(archive)
    return archive


def main(arguments: list[str]) -> None:
    if len(arguments) != 1:
        sys.exit("usage: python -m deploy.backup FOLDER")
    os.umask(0o077)
    archive = save(Path(arguments[0]), database=settings.DATABASES["default"], documents=settings.MEDIA_ROOT)
    sys.stdout.write(f"{archive}\n")


if __name__ == "__main__":
    main(sys.argv[1:])
