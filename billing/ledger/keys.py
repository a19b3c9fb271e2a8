"""The keys of the ledger: a file outside the database, one key a line, the last one seals (ISC-03).

It is created when the first line of the first ledger is written, never afterwards: a key made anew for a ledger that
exists would hide that the former one was lost.
"""

import hashlib
import os
import secrets
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django_scopes import scopes_disabled

from billing.models import LedgerEntry


class KeyMissing(Exception):
    """The file of the keys is missing or does not hold the key that sealed a line; the message is in French."""


def name_of(key: bytes) -> str:
    """How an entry names its key, without telling it."""
    return hashlib.sha256(key).hexdigest()[:12]


def known_keys() -> dict[str, bytes]:
    """Every key of the file by its name, the oldest first; none when there is no file."""
    try:
        lines = _path().read_text().split()
    except FileNotFoundError:
        return {}
    return {name_of(key): key for key in map(bytes.fromhex, lines)}


def sealing_key() -> bytes:
    """The key that seals now.

    Raises:
        KeyMissing: a ledger exists and its keys do not.
    """
    keys = known_keys() or _first_keys()
    return list(keys.values())[-1]


def add_key() -> str:
    """A new key seals from now on; the former ones still verify. Returns its name.

    Raises:
        KeyMissing: a ledger exists and its keys do not.
    """
    sealing_key()
    lines = [*(key.hex() for key in known_keys().values()), new := secrets.token_hex(32)]
    draft = _draft("\n".join(lines) + "\n")
    draft.replace(_path())
    return name_of(bytes.fromhex(new))


def _first_keys() -> dict[str, bytes]:
    with scopes_disabled():
        if LedgerEntry.objects.exists():
            raise KeyMissing(
                f"Le fichier des clés du registre ({_path().name}) manque : remettez celui de votre sauvegarde."
            )
    draft = _draft(secrets.token_hex(32) + "\n")
    with suppress(FileExistsError):  # another process was first: its key is everybody's
        _path().hardlink_to(draft)
    draft.unlink()
    return known_keys()


def _draft(text: str) -> Path:
    """The file written whole beside its place, readable by its owner only."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    draft = path.with_name(f".{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600)
    with draft.open("w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    return draft


def _path() -> Path:
    return Path(settings.LEDGER_KEYS)
