"""Bytes on the disk: written whole or not at all, and checked when they are read again."""

import hashlib
import os
import tempfile
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from billing.ledger.chain import inscribe
from billing.models import Document


class DamagedFile(Exception):
    """The file on the disk is not the one that was issued."""


def store(document: Document, content: bytes) -> None:
    """Write the file and its SHA-256. A document that already has a file keeps it: never rendered again (NUM-05)."""
    if document.sha256 and document.path.exists():
        return
    write_whole(document.path, content)
    digest = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        Document.objects.filter(pk=document.pk).update(
            sha256=digest, size=len(content), rendered_at=timezone.now()
        )
        inscribe(document)


def read(document: Document) -> bytes:
    """The very bytes that were issued.

    Raises:
        DamagedFile: they are missing or changed; restore them from a backup.
    """
    return checked(document.path, document.sha256)


def checked(path: Path, sha256: str) -> bytes:
    """The bytes of a file that has this SHA-256.

    Raises:
        DamagedFile: they are missing or changed; restore them from a backup.
    """
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        raise DamagedFile(f"{path} manque") from None
    if hashlib.sha256(content).hexdigest() != sha256:
        raise DamagedFile(f"{path} a changé depuis son émission")
    return content


def write_whole(path: Path, content: bytes) -> None:
    """A reader sees no file or the whole file, even if the process is killed in between.

    What a killed process left of this same file is removed: whoever writes holds the claim on the document.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    for abandoned in path.parent.glob(f".{path.name}.*.tmp"):
        abandoned.unlink(missing_ok=True)
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".tmp")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    finally:
        Path(temporary).unlink(missing_ok=True)
