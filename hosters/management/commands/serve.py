"""`manage.py serve`: the whole application in one command, for one machine.

It starts the web server and the Celery worker, which runs the clock too, and looks after both. With
PostgreSQL and Redis in the environment it does the same on them; docs/operations.md says when to start each
part by itself.
"""

import errno
import fcntl
import http.client
import os
import socket
import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core.management import BaseCommand, CommandError, call_command

from hosters.management.supervisor import Child, Supervisor
from hosters.models import Hoster
from hosters.opening import OPENING

PRIVATE = 0o027  # umask: the files hold personal data, nobody but the owner and its group reads them
WEB_THREADS = 8  # one process: the embedded cache, which counts attempts, is not shared between processes


def claim(path: Path) -> IO[str]:
    """Takes this data folder for as long as the returned file stays open.

    Raises CommandError when another process has it.
    """
    file = path.open("a+")
    try:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        file.seek(0)
        owner = file.read().strip()
        file.close()
        raise CommandError(f"Chatière tourne déjà sur les données de {path.parent} ({owner}).") from error
    file.truncate(0)
    file.write(f"processus {os.getpid()}, {settings.PUBLIC_URL}")
    file.flush()
    return file


def check_free(host: str, port: int) -> None:
    """Raises CommandError when the address cannot be listened on."""
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((host, port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                reason = f"le port {port} est déjà pris. Un autre se choisit ainsi : PORT={port + 1} ./run"
            else:
                reason = f"on ne peut pas écouter sur {host}, port {port} ({error.strerror})."
            raise CommandError(f"Chatière ne démarre pas : {reason}") from error


def web_command(host: str, port: int) -> list[str]:
    """The web server. Its control socket would be a file outside of our folders; a proxy on this machine, which it
    believes, may pass a visitor's `SCRIPT_NAME` or `PATH_INFO` on."""
    gunicorn = [sys.executable, "-m", "gunicorn", "config.wsgi:application", "--no-control-socket"]
    gunicorn += ["--forwarder-headers="]
    bind = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    return [*gunicorn, f"--bind={bind}", "--workers=1", f"--threads={WEB_THREADS}", "--log-level=warning"]


def worker_command() -> list[str]:
    """The worker: one task at a time in its own process (`solo`), and the clock (`-B`)."""
    # Run as root, Celery warns of messages that carry code: ours are JSON, and nothing else is accepted.
    celery = [
        sys.executable,
        "-W",
        "ignore:You're running the worker",
        "-m",
        "celery",
        "--quiet",
        "-A",
        "config",
    ]
    celery += ["worker", "-P", "solo", "-B"]
    return [*celery, "--without-gossip", "--without-mingle", "--without-heartbeat", "--loglevel=warning"]


def answers(host: str, port: int) -> bool:
    """Whether the web server answers a request, whatever it says."""
    connection = http.client.HTTPConnection(host, port, timeout=1)
    try:
        connection.request("GET", "/sante/vivant/", headers={"Host": "localhost"})
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def opening_command() -> str:
    """What to type for the data of this very server."""
    usual = settings.DATA_DIR == settings.BASE_DIR / "var"
    return OPENING if usual else f"DATA_DIR={settings.DATA_DIR} {OPENING}"


class Command(BaseCommand):
    help = "Starts everything on this machine: the web server, the worker and the clock."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--demo", action="store_true", help="load the demonstration, except in production"
        )
        parser.add_argument(
            "--empty", action="store_true", help="without the demonstration: for a hoster of one’s own"
        )
        parser.add_argument("--bind", default="127.0.0.1", help="address to listen on (%(default)s)")

    def handle(self, *, bind: str, demo: bool, empty: bool = False, **options: Any) -> None:
        os.umask(PRIVATE)
        os.chdir(settings.BASE_DIR)
        with claim(settings.DATA_DIR / "serve.lock"):
            check_free(bind, settings.PORT)
            self.prepare(demo=demo and not empty)
            sys.exit(self.supervise(bind, settings.PORT))

    def prepare(self, *, demo: bool) -> None:
        """The database, and what production or the demonstration need."""
        call_command("migrate", verbosity=0, interactive=False)
        if settings.PRODUCTION:
            call_command("collectstatic", verbosity=0, interactive=False)
            if demo:
                self.say("MODE=production : la démonstration n’est pas chargée.")
        elif demo:
            call_command("demo", stdout=self.stdout)

    def supervise(self, host: str, port: int) -> int:
        """Runs until it is asked to stop; the address is announced once it answers."""
        site = Child("site", web_command(host, port))
        # The pages stay open while the work waits: a worker that dies again and again closes no shop.
        children = [site, Child("tâches de fond", worker_command(), vital=False)]
        announced = False

        def announce() -> None:
            nonlocal announced
            if not announced and answers(host, port):
                announced = True
                if not Hoster.objects.exists():
                    self.say(f"\nAucun hébergeur n’habite ici. Pour ouvrir le vôtre : {opening_command()}")
                self.say(f"\nChatière est ouverte : {settings.PUBLIC_URL}/\nCtrl-C pour arrêter.")

        status = Supervisor(children, say=self.say).run(on_tick=announce)
        self.say("Chatière est arrêtée.")
        return status

    def say(self, message: str) -> None:
        self.stdout.write(message)
        self.stdout.flush()
