"""Runs a command with PostgreSQL and Redis: those that run already, else throw-away ones.

    with_services.py DATABASE_URL REDIS_URL -- COMMAND ...     both addresses may be empty
    with_services.py --running DATABASE_URL REDIS_URL          exit status 0 when none has to be started

A server is taken where its address says; without an address, on the usual port of 127.0.0.1 (PostgreSQL
trusting the user `postgres`); else one is started from the Debian packages, on a free port of 127.0.0.1,
with data in a folder removed at the end. The command finds them in DATABASE_URL and REDIS_URL.
"""

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from types import FrameType

import psycopg
import redis

# Speed instead of safety: these data live as long as the tests.
POSTGRESQL_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "100",
}
START_TIMEOUT = 30.0  # seconds


def running_database() -> str:
    """The address of the PostgreSQL of this machine, or "". The database is this run's own."""
    try:
        psycopg.connect("postgresql://postgres@127.0.0.1:5432/postgres", connect_timeout=2).close()
    except psycopg.Error:
        return ""
    return f"postgres://postgres@127.0.0.1:5432/chatiere_{os.getpid()}"


def running_redis() -> str:
    """The address of the Redis of this machine, or "". Never its database 0, which applications use."""
    client = redis.Redis(host="127.0.0.1", socket_timeout=2, socket_connect_timeout=2)
    try:
        client.ping()
    except redis.RedisError:
        return ""
    finally:
        client.close()
    return f"redis://127.0.0.1:6379/{os.getpid() % 15 + 1}"


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def program(name: str) -> str:
    """The path of a server's program; PostgreSQL's are not in PATH, the newest version is taken."""
    paths = Path("/usr/lib/postgresql").glob(f"*/bin/{name}")
    versions = sorted(paths, key=lambda path: float(path.parts[4]))
    found = str(versions[-1]) if versions else shutil.which(name)
    if not found:
        sys.exit(f"{name} est absent. Installez : sudo apt-get install postgresql redis-server")
    return found


def wait_until(answers: Callable[[], object], *, process: subprocess.Popen[bytes], log: Path) -> None:
    """Returns when a server that was just started answers; leaves with its log when it does not."""
    deadline = time.monotonic() + START_TIMEOUT
    while time.monotonic() < deadline and process.poll() is None:
        try:
            answers()
        except (psycopg.Error, redis.RedisError):
            time.sleep(0.05)
        else:
            return
    sys.exit(f"Le serveur ne démarre pas :\n{log.read_text()}")


def start(
    command: list[str], *, log: Path, stack: ExitStack, stop: signal.Signals, user: str | None = None
) -> subprocess.Popen[bytes]:
    """Starts a server that the stack stops with the signal `stop`."""
    with log.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - our own command
            command, stdout=output, stderr=output, user=user, cwd="/", start_new_session=True
        )
    stack.callback(process.wait)
    stack.callback(process.send_signal, stop)
    return process


def start_postgresql(stack: ExitStack) -> str:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chatiere-postgresql-")))
    user = "postgres" if os.getuid() == 0 else None  # PostgreSQL refuses to run as root
    if user:
        shutil.chown(folder, user)
    data, port = folder / "data", free_port()
    options = "--username=postgres --auth=trust --encoding=UTF8 --locale=C.UTF-8 --no-sync"
    initdb = [program("initdb"), f"--pgdata={data}", *options.split()]
    subprocess.run(initdb, check=True, stdout=subprocess.DEVNULL, user=user, cwd="/")  # noqa: S603 - idem
    command = [program("postgres"), "-D", str(data), "-p", str(port), "-k", str(folder)]
    for name, value in POSTGRESQL_OPTIONS.items():
        command += ["-c", f"{name}={value}"]
    log = folder / "log"
    process = start(command, log=log, stack=stack, stop=signal.SIGQUIT, user=user)  # at once, nothing to keep
    url = f"postgresql://postgres@127.0.0.1:{port}/postgres"
    wait_until(lambda: psycopg.connect(url, connect_timeout=2).close(), process=process, log=log)
    return url


def start_redis(stack: ExitStack) -> str:
    folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="chatiere-redis-")))
    port, log = free_port(), folder / "log"
    command = [program("redis-server"), "--bind", "127.0.0.1", "--port", str(port), "--dir", str(folder)]
    process = start([*command, "--save", "", "--appendonly", "no"], log=log, stack=stack, stop=signal.SIGTERM)
    client = redis.Redis(host="127.0.0.1", port=port)
    stack.callback(client.close)
    wait_until(client.ping, process=process, log=log)
    return f"redis://127.0.0.1:{port}/0"


def leave(signum: int, frame: FrameType | None) -> None:
    """Turns a request to stop into an exception, so that the servers and their folders are removed."""
    sys.exit(128 + signum)


def run(*, database_url: str, redis_url: str, command: list[str]) -> int:
    """Runs the command and returns its exit status."""
    signal.signal(signal.SIGTERM, leave)
    with ExitStack() as stack:
        servers = {
            "DATABASE_URL": database_url or running_database() or start_postgresql(stack),
            "REDIS_URL": redis_url or running_redis() or start_redis(stack),
        }
        for name, url in servers.items():  # without what precedes "@": a given address may hold a password
            sys.stderr.write(f"{name} : {url.rpartition('@')[2]}\n")
        process = stack.enter_context(subprocess.Popen(command, env=os.environ | servers))  # noqa: S603
        try:
            return process.wait()
        except KeyboardInterrupt:
            return process.wait()  # the terminal told the command too
        finally:
            process.terminate()


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["--running"]:
        database_url, redis_url = arguments[1:]
        return 0 if (database_url or running_database()) and (redis_url or running_redis()) else 1
    database_url, redis_url, separator, *command = arguments
    assert separator == "--"
    return run(database_url=database_url, redis_url=redis_url, command=command)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
