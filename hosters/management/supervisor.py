"""Keeps processes alive: starts them, starts again those that die, and gives up when that does not help."""

import ctypes
import os
import signal
import subprocess
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from types import FrameType

PR_SET_PDEATHSIG = 1
LIBC = ctypes.CDLL(None)


@dataclass(frozen=True, kw_only=True)
class Policy:
    """When to start again and when to stop trying. All in seconds but `failures`.

    All processes are looked at every `tick`. One that died waits `backoff` before it starts again, twice as
    long at each further death within `window` but never more than `longest`; one death more than `failures` in a
    `window` ends everything, unless the others are worth something without that process.
    Asked to stop, a process has `grace` to finish what it does.
    """

    tick: float = 0.2
    backoff: float = 1.0
    longest: float = 16.0
    window: float = 120.0
    failures: int = 5
    grace: float = 25.0


def die_with_parent() -> None:
    """Run in a child: Linux asks it to stop when the supervisor disappears, even killed."""
    if hasattr(LIBC, "prctl"):
        LIBC.prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


@dataclass
class Child:
    """One supervised process, in a process group of its own: it may start others, which end with it.

    `vital`: the others are worth nothing without it.
    """

    name: str
    command: list[str]
    vital: bool = True
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)
    restart_at: float = 0.0

    def start(self) -> None:
        self.process = subprocess.Popen(  # noqa: S603 - our own command
            self.command, start_new_session=True, preexec_fn=die_with_parent
        )

    def signal(self, signum: signal.Signals) -> None:
        """To the process alone; it tells those that it started."""
        if self.process and self.process.poll() is None:
            self.process.send_signal(signum)

    def kill_group(self) -> None:
        if self.process:
            with suppress(ProcessLookupError):  # nobody is left: the usual case
                os.killpg(self.process.pid, signal.SIGKILL)


class Supervisor:
    """Watches over processes until it is asked to stop (SIGINT, SIGTERM) or gives up."""

    def __init__(
        self, children: list[Child], *, say: Callable[[str], None], policy: Policy | None = None
    ) -> None:
        self.children = children
        self.say = say
        self.policy = policy or Policy()
        self.stopping = False

    def run(self, on_tick: Callable[[], None] = lambda: None) -> int:
        """Returns an exit status: 0 when it was asked to stop, 1 when it gave up.

        `on_tick` is called at each look, and must be short.
        """
        for signum in (signal.SIGINT, signal.SIGTERM):
            signal.signal(signum, self.ask_to_stop)
        gave_up = False
        try:
            for child in self.children:
                child.start()
            while not self.stopping and not gave_up:
                gave_up = not all(self.look_after(child) for child in self.children)
                on_tick()
                time.sleep(self.policy.tick)
        finally:
            self.stop()
        return int(gave_up)

    def ask_to_stop(self, signum: int, frame: FrameType | None) -> None:
        self.stopping = True

    def look_after(self, child: Child) -> bool:
        """Starts a dead process again when its time has come; False when it died too often."""
        now = time.monotonic()
        if child.process is None:
            if now >= child.restart_at:
                child.start()
            return True
        if child.process.poll() is None:
            return True
        return self.mourn(child, now)

    def mourn(self, child: Child, now: float) -> bool:
        """Decides what follows a death: another start, later and later, or giving up (False)."""
        assert child.process is not None
        code = child.process.returncode
        child.kill_group()
        child.process = None
        child.deaths = [*(death for death in child.deaths if death > now - self.policy.window), now]
        if child.vital and len(child.deaths) > self.policy.failures:
            self.say(f"{child.name} : arrêt inattendu (code {code}), trop de fois de suite. Abandon.")
            return False
        delay = min(self.policy.backoff * 2 ** (len(child.deaths) - 1), self.policy.longest)
        child.restart_at = now + delay
        self.say(f"{child.name} : arrêt inattendu (code {code}), relance dans {delay:g} s.")
        return True

    def stop(self) -> None:
        """Asks all processes to finish what they do, waits, then kills what is left."""
        for child in self.children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + self.policy.grace
        for child in self.children:
            if child.process:
                try:
                    child.process.wait(max(0.0, deadline - time.monotonic()))
                except subprocess.TimeoutExpired:
                    self.say(f"{child.name} : ne s’arrête pas, tué.")
                child.kill_group()
                child.process.wait()
