"""The file broker of the embedded default: no message lost, none seen half-written."""

import json
import subprocess
import sys
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from kombu import Connection

from config.atomicfs import Transport

SENDERS = 4
MESSAGES = 60  # of each sender
TIMEOUT = 20  # seconds, for a very slow machine

SENDER = """
import json, sys
from kombu import Connection
from config.atomicfs import Transport
options, sender, count = map(json.loads, sys.argv[1:])
with Connection("filesystem://", transport=Transport, transport_options=options) as connection:
    queue = connection.SimpleQueue("work")
    for number in range(count):
        queue.put([sender, number])
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    Transport.global_state.clear()  # kombu remembers the queues of a process, whatever their folder
    (tmp_path / "queue").mkdir()
    return tmp_path


def options(folder: Path) -> dict[str, str]:
    return {
        "data_folder_in": str(folder / "queue"),
        "data_folder_out": str(folder / "queue"),
        "control_folder": str(folder / "exchanges"),
    }


def broker(folder: Path) -> Connection:
    return Connection("filesystem://", transport=Transport, transport_options=options(folder))


def start_sender(folder: Path, sender: int) -> subprocess.Popen[bytes]:
    arguments = [json.dumps(options(folder)), str(sender), str(MESSAGES)]
    return subprocess.Popen([sys.executable, "-c", SENDER, *arguments])


class Watcher(threading.Thread):
    """Looks at the queue all the time, and keeps the names of the messages that it saw empty."""

    def __init__(self, folder: Path) -> None:
        super().__init__()
        self.folder = folder
        self.done = False
        self.empty: set[str] = set()

    def run(self) -> None:
        while not self.done:
            for path in self.folder.glob("[!.]*"):
                try:
                    if path.stat().st_size == 0:
                        self.empty.add(path.name)
                except FileNotFoundError:
                    continue
            time.sleep(0.001)


def send(folder: Path, messages: list[Any]) -> None:
    with broker(folder) as connection:
        queue = connection.SimpleQueue("work")
        for message in messages:
            queue.put(message)


def receive(folder: Path, count: int) -> list[Any]:
    with broker(folder) as connection:
        queue = connection.SimpleQueue("work")
        messages = [queue.get(timeout=TIMEOUT) for _ in range(count)]
        for message in messages:
            message.ack()
    return [message.payload for message in messages]


def test_messages_of_several_processes_all_arrive_and_are_never_seen_empty(folder: Path) -> None:
    watcher = Watcher(folder / "queue")
    watcher.start()
    senders = [start_sender(folder, sender) for sender in range(SENDERS)]

    received = receive(folder, SENDERS * MESSAGES)

    assert [sender.wait(TIMEOUT) for sender in senders] == [0] * SENDERS
    watcher.done = True
    watcher.join(TIMEOUT)
    assert watcher.empty == set()
    assert sorted(received) == [[sender, number] for sender in range(SENDERS) for number in range(MESSAGES)]
    assert list((folder / "queue").iterdir()) == []


def test_message_not_acknowledged_comes_back(folder: Path) -> None:
    send(folder, ["twice"])
    with broker(folder) as connection:
        assert connection.SimpleQueue("work").get(timeout=TIMEOUT).payload == "twice"
    assert receive(folder, 1) == ["twice"]


def test_messages_arrive_in_the_order_of_their_sending(folder: Path) -> None:
    send(folder, list(range(20)))
    assert receive(folder, 20) == list(range(20))


@pytest.mark.parametrize("content", ["", "{", "\0\0\0"])
def test_message_cut_by_a_power_failure_is_dropped_and_the_next_one_arrives(
    folder: Path, content: str
) -> None:
    (folder / "queue" / "0_broken.work.msg").write_text(content)
    send(folder, ["whole"])
    assert receive(folder, 1) == ["whole"]


def test_queue_that_is_deleted_receives_nothing_any_more(folder: Path) -> None:
    send(folder, ["one"])
    with broker(folder) as connection:
        channel = connection.default_channel
        assert [binding.queue for binding in channel.get_table("work")] == ["work"]
        connection.SimpleQueue("work").queue.delete()
        assert channel.get_table("work") == []
    assert list((folder / "queue").iterdir()) == []
