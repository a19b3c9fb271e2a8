"""A ZIP sent while it is made: one file in memory at a time, whatever the size of the whole."""

import io
import re
import unicodedata
import zipfile
from collections.abc import Iterable, Iterator


class _Outlet(io.RawIOBase):
    """What the archive writes, waiting to be sent."""

    def __init__(self) -> None:
        self._waiting: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, content: object) -> int:
        data = bytes(content)  # type: ignore[call-overload]  # any buffer
        self._waiting.append(data)
        return len(data)

    def take(self) -> bytes:
        taken, self._waiting = b"".join(self._waiting), []
        return taken


def stream_zip(entries: Iterable[tuple[str, bytes]]) -> Iterator[bytes]:
    """The archive of these files (name, content), piece by piece."""
    outlet = _Outlet()
    with zipfile.ZipFile(outlet, "w", compression=zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries:
            archive.writestr(safe_name(name), content)
            yield outlet.take()
    yield outlet.take()


def safe_name(name: str) -> str:
    """A name that every system opens: plain letters, no folder, no hidden file."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode()
    return re.sub(r"[^A-Za-z0-9._-]+", "-", plain).strip("-.")[:120] or "fichier"
