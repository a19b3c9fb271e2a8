"""`manage.py serve` before it starts anything."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import CommandError

from hosters.management.commands.serve import check_free, claim, web_command


@pytest.fixture
def taken_port() -> Iterator[int]:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        listener.listen()
        yield listener.getsockname()[1]


def test_path_of_a_request_is_never_taken_from_its_headers() -> None:
    """A proxy on this machine is believed by gunicorn, and passes a visitor's SCRIPT_NAME and PATH_INFO on."""
    started = [
        " ".join(web_command("127.0.0.1", 8000)),
        (settings.BASE_DIR / "Dockerfile").read_text(),
        (settings.BASE_DIR / "deploy" / "systemd" / "chatiere-web.service").read_text(),
    ]
    assert ["--forwarder-headers=" in command for command in started] == [True] * 3


def test_second_start_on_the_same_data_is_refused(tmp_path: Path) -> None:
    lock = tmp_path / "serve.lock"
    with claim(lock), pytest.raises(CommandError, match="tourne déjà") as refusal:
        claim(lock)
    assert "processus" in str(refusal.value)


def test_start_after_the_end_of_the_first_one_is_accepted(tmp_path: Path) -> None:
    lock = tmp_path / "serve.lock"
    claim(lock).close()
    claim(lock).close()


def test_taken_port_is_said_before_starting(taken_port: int) -> None:
    with pytest.raises(CommandError, match=f"le port {taken_port} est déjà pris"):
        check_free("127.0.0.1", taken_port)


def test_foreign_address_is_said_before_starting() -> None:
    with pytest.raises(CommandError, match=r"192\.0\.2\.1"):
        check_free("192.0.2.1", 0)


def test_free_port_is_accepted(taken_port: int) -> None:
    check_free("127.0.0.2", taken_port)
