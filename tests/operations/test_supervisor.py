"""What `manage.py serve` promises of the processes that it starts, with tiny commands in their place."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from hosters.management.supervisor import Child, Policy, Supervisor

TIMEOUT = 20  # seconds, for a very slow machine

SUPERVISE = """
import json, sys
from hosters.management.supervisor import Child, Policy, Supervisor
commands, policy = map(json.loads, sys.argv[1:])
children = [Child(name, ["sh", "-c", command]) for name, command in commands.items()]
sys.exit(Supervisor(children, say=lambda text: print(text, flush=True), policy=Policy(**policy)).run())
"""

Supervise = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def supervise() -> Iterator[Supervise]:
    started: list[subprocess.Popen[str]] = []

    def start(commands: dict[str, str], **policy: float) -> "subprocess.Popen[str]":
        arguments = [json.dumps(commands), json.dumps({"tick": 0.01, "backoff": 0.01} | policy)]
        command = [sys.executable, "-c", SUPERVISE, *arguments]
        process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            process.terminate()
        process.communicate(timeout=TIMEOUT)


def until(condition: Callable[[], bool]) -> None:
    deadline = time.monotonic() + TIMEOUT
    while not condition():
        assert time.monotonic() < deadline, "it never happened"
        time.sleep(0.01)


def lines(path: Path) -> int:
    return len(path.read_text().splitlines()) if path.exists() else 0


def is_alive(pid: int) -> bool:
    """Whether a process still runs; one that ended and that nobody has asked about yet does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] not in "ZX"
    except FileNotFoundError:
        return False


def test_process_that_dies_is_started_again(supervise: Supervise, tmp_path: Path) -> None:
    starts = tmp_path / "starts"
    process = supervise({"fragile": f"echo >>{starts}; [ $(wc -l <{starts}) -ge 3 ] || exit 3; sleep 60"})
    until(lambda: lines(starts) == 3)
    process.send_signal(signal.SIGTERM)
    output, _ = process.communicate(timeout=TIMEOUT)
    assert process.returncode == 0
    assert output.count("fragile : arrêt inattendu (code 3), relance") == 2


def test_process_that_keeps_dying_ends_everything(supervise: Supervise, tmp_path: Path) -> None:
    starts, other = tmp_path / "starts", tmp_path / "other"
    process = supervise(
        {
            "sound": f"echo $$ >{other}; exec sleep 60",
            "broken": f"until [ -s {other} ]; do sleep 0.01; done; echo >>{starts}; exit 1",
        },
        failures=2,
    )
    output, _ = process.communicate(timeout=TIMEOUT)
    assert process.returncode == 1
    assert "broken : arrêt inattendu (code 1), trop de fois de suite. Abandon." in output
    assert lines(starts) == 3
    assert not is_alive(int(other.read_text()))


def test_delay_doubles_at_each_death(supervise: Supervise) -> None:
    process = supervise({"broken": "exit 1"}, failures=3)
    output, _ = process.communicate(timeout=TIMEOUT)
    delays = [line.split("dans ")[1] for line in output.splitlines() if "relance" in line]
    assert delays == ["0.01 s.", "0.02 s.", "0.04 s."]


def test_process_that_others_do_without_never_ends_everything() -> None:
    """A worker killed ten times closes no shop: it comes back, after a delay that stops growing."""
    said: list[str] = []
    child = Child("worker", ["sh", "-c", "exit 1"], vital=False)
    supervisor = Supervisor([child], say=said.append, policy=Policy(backoff=1.0, longest=2.0, failures=2))
    for _ in range(10):
        child.start()
        assert child.process is not None
        child.process.wait(TIMEOUT)
        assert supervisor.look_after(child)
    assert [each.partition("dans ")[2] for each in said] == ["1 s."] + ["2 s."] * 9


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_request_to_stop_lets_the_processes_finish(
    supervise: Supervise, tmp_path: Path, signum: signal.Signals
) -> None:
    ready, finished = tmp_path / "ready", tmp_path / "finished"
    process = supervise(
        {"worker": f"trap 'echo >{finished}; exit' TERM; echo >{ready}; while :; do sleep 0.01; done"}
    )
    until(ready.exists)
    process.send_signal(signum)
    assert process.wait(TIMEOUT) == 0
    assert finished.exists()


def test_process_that_does_not_stop_is_killed(supervise: Supervise, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    process = supervise(
        {"stubborn": f"trap '' TERM; echo $$ >{ready}; while :; do sleep 0.01; done"}, grace=0.1
    )
    until(lambda: lines(ready) == 1)
    process.terminate()
    assert process.wait(TIMEOUT) == 0
    assert not is_alive(int(ready.read_text()))


def test_processes_end_when_the_supervisor_is_killed(supervise: Supervise, tmp_path: Path) -> None:
    ready = tmp_path / "ready"
    process = supervise({"orphan": f"echo $$ >{ready}; exec sleep 60"})
    until(lambda: lines(ready) == 1)
    process.kill()
    until(lambda: not is_alive(int(ready.read_text())))


def test_what_a_dead_process_had_started_ends_before_it_starts_again(
    supervise: Supervise, tmp_path: Path
) -> None:
    clocks = tmp_path / "clocks"
    process = supervise({"worker": f"sleep 60 & echo $! >>{clocks}; wait"})
    until(lambda: lines(clocks) == 1)
    clock = int(clocks.read_text())
    os.kill(int(Path(f"/proc/{clock}/stat").read_text().rpartition(")")[2].split()[1]), signal.SIGKILL)
    until(lambda: lines(clocks) == 2)
    assert not is_alive(clock)
    assert process.poll() is None
