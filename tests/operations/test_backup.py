"""The archive that one restores from."""

import sqlite3
import tarfile
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from deploy.backup import save


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    (folder / "2026").mkdir(parents=True)
    (folder / "2026" / "D-1.pdf").write_bytes(b"%PDF")
    return folder


@pytest.fixture
def database(tmp_path: Path) -> dict[str, Any]:
    return {"ENGINE": "django.db.backends.sqlite3", "NAME": str(tmp_path / "live.sqlite3")}


def content(archive: Path, name: str) -> bytes:
    with tarfile.open(archive) as tar:
        member = tar.extractfile(name)
        assert member is not None
        return member.read()


def test_archive_holds_the_committed_rows_and_the_documents(
    tmp_path: Path, database: dict[str, Any], documents: Path
) -> None:
    target, restored = tmp_path / "backups", tmp_path / "restored.sqlite3"
    target.mkdir()
    with closing(sqlite3.connect(database["NAME"])) as live:
        live.executescript(
            "PRAGMA journal_mode=WAL; CREATE TABLE quote (number); INSERT INTO quote VALUES (1);"
        )
        live.execute("INSERT INTO quote VALUES (2)")  # a transaction in progress
        archive = save(target, database=database, documents=documents)

    restored.write_bytes(content(archive, "chatiere.sqlite3"))
    with closing(sqlite3.connect(restored)) as copy:
        assert copy.execute("SELECT number FROM quote").fetchall() == [(1,)]
    assert content(archive, "documents/2026/D-1.pdf") == b"%PDF"


def test_failure_leaves_nothing_behind(tmp_path: Path, database: dict[str, Any]) -> None:
    target = tmp_path / "backups"
    target.mkdir()
    with pytest.raises(FileNotFoundError):
        save(target, database=database, documents=tmp_path / "absent")
    assert list(target.iterdir()) == []
