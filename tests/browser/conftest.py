"""The application as a newcomer starts it: `manage.py serve --demo` on an empty folder, and a real browser."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).parents[2]
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
STARTS_WITHIN = 300  # seconds: the demonstration is loaded first
PATIENCE = 30_000  # milliseconds: the walk judges what is shown, and other tests share the processors

expect.set_options(timeout=PATIENCE)


@pytest.hookimpl(tryfirst=True)  # before the plugin reads which tests want the same process
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Everything in this folder needs the browser, and shares one server."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.xdist_group("browser"))


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of an application of its own, with the demonstration, a worker and no service to install."""
    port = _free_port()
    kept = {
        name: value
        for name, value in os.environ.items()
        if name not in ("DATABASE_URL", "REDIS_URL", "CACHE_URL")
    }
    environment = kept | {"DATA_DIR": str(tmp_path_factory.mktemp("data")), "PORT": str(port)}
    command = [sys.executable, "manage.py", "serve", "--demo"]
    with (tmp_path_factory.mktemp("log") / "serve.log").open("w") as log:
        server = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
        try:
            _wait_for(f"http://localhost:{port}/sante/", server)
            yield f"http://localhost:{port}"
        finally:
            server.terminate()
            server.wait(30)


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Closed after this folder: its event loop would make Django refuse queries in the tests that follow."""
    with sync_playwright() as playwright:
        yield playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)


@pytest.fixture(params=[1280, 390], ids=["1280px", "390px"])
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """A page at both widths; the test fails if it asks anybody else, or if its console shows an error."""
    context = browser.new_context(
        base_url=site,
        viewport={"width": request.param, "height": 900},
        locale="fr-FR",
        timezone_id="Europe/Paris",
        reduced_motion="reduce",
        java_script_enabled=request.node.get_closest_marker("without_javascript") is None,
    )
    faults: list[str] = []
    page = context.new_page()
    page.set_default_timeout(2 * PATIENCE)
    page.on("request", lambda sent: None if sent.url.startswith(site) else faults.append(f"asked {sent.url}"))
    page.on("console", lambda said: faults.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: faults.append(str(error)))
    yield page
    context.close()
    assert faults == []


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return listener.getsockname()[1]


def _wait_for(url: str, server: subprocess.Popen[bytes]) -> None:
    give_up = time.monotonic() + STARTS_WITHIN
    while time.monotonic() < give_up:
        assert server.poll() is None, "the application stopped while starting"
        try:
            urlopen(url, timeout=2).close()
        except (URLError, OSError):
            time.sleep(0.3)
        else:
            return
    raise AssertionError(f"{url} did not answer within {STARTS_WITHIN} s")
