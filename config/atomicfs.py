"""The file broker of the embedded default: kombu's filesystem transport, where every change is atomic.

kombu 5.7 creates a file, then locks it, then writes it. A process that looks in between takes an empty
message, which is lost and ends the worker, or an empty table of queues. Here a file appears under its name
when it is complete, and a message belongs to the one process that managed to remove it.

Losing a message costs a delay only: the rows of the database say what is left to do.
"""

import fcntl
import logging
import os
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from queue import Empty
from typing import Any

from kombu.transport import filesystem
from kombu.transport.filesystem import exchange_queue_t as Binding  # noqa: N812 - a class, despite its name
from kombu.utils.json import dumps, loads

logger = logging.getLogger("chatiere.broker")


def write_atomically(path: Path, content: str) -> None:
    """A reader finds the old content or the new one; a hidden name is nobody's message."""
    draft = path.with_name(f".{path.name}.{uuid.uuid4().hex}")
    draft.write_text(content)
    draft.replace(path)


def take(path: Path) -> str | None:
    """The content of a message, for the only caller that removes it; None when another one did."""
    try:
        content = path.read_text()
        path.unlink()
    except FileNotFoundError:
        return None
    return content


class Channel(filesystem.Channel):
    def _put(  # type: ignore[override]  # kombu's own classes disagree on these names
        self, queue: str, payload: dict[str, Any], **options: Any
    ) -> None:
        name = f"{time.time_ns():020d}_{uuid.uuid4()}.{queue}.msg"
        write_atomically(Path(self.data_folder_out, name), dumps(payload))

    def _get(self, queue: str, timeout: float | None = None) -> dict[str, Any]:
        """The oldest message of the queue; raises `queue.Empty` at once when there is none."""
        folder = Path(self.data_folder_in)
        names = [name for name in os.listdir(folder) if name.partition(".")[2] == f"{queue}.msg"]  # noqa: PTH208
        for name in sorted(names):  # they begin with the time
            content = take(folder / name)
            if content is None:
                continue
            try:
                return loads(content)
            except ValueError:  # a disk that was full, a power cut
                logger.warning("Unreadable message %s, dropped", name)
        raise Empty

    def get_table(self, exchange: str) -> list[Binding]:
        """Which queues receive what is sent to this exchange."""
        try:
            return [Binding(*row) for row in loads(self._exchange_file(exchange).read_text())]
        except FileNotFoundError:
            return []

    def _queue_bind(self, exchange: str, routing_key: str, pattern: str, queue: str) -> None:
        binding = Binding(routing_key or "", pattern or "", queue or "")
        if binding not in self.get_table(exchange):
            self._change_table(exchange, lambda table: [binding, *(row for row in table if row != binding)])

    def _delete(
        self, queue: str, exchange: str, routing_key: str, pattern: str, *args: Any, **options: Any
    ) -> None:
        binding = Binding(routing_key or "", pattern or "", queue or "")
        self._purge(queue)
        self._change_table(exchange, lambda table: [row for row in table if row != binding])

    def _change_table(self, exchange: str, change: Callable[[list[Binding]], list[Binding]]) -> None:
        """One process at a time changes a table; readers need not wait."""
        self.control_folder.mkdir(parents=True, exist_ok=True)
        with (self.control_folder / ".lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            write_atomically(self._exchange_file(exchange), dumps(change(self.get_table(exchange))))


class Transport(filesystem.Transport):
    Channel = Channel
