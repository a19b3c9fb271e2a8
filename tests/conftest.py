"""What every test gets: no broker, no shared disk, templates without undefined variables, three people for ever.

Alix works for `artifaille`, Bastien too but only for its accounts, Camille works for the other hoster and must
see nothing. Dominique speaks for the association that asks (`tests.factories.asking`).
"""

from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.test import Client
from django.test.utils import override_settings
from django_scopes import scope

from billing.immutability.guards import thaw
from hosters import work
from hosters.models import Hoster, Role, User
from tests.factories import make_hoster, make_staff
from tests.quick import split
from tests.strict_templates import strict_templates
from tests.worker import Nudges

_disks = count(1)

if "options" in (_options := django_settings.DATABASES["default"].get("OPTIONS", {})):
    # PostgreSQL: these rows live as long as a test, and emptying two hundred tables is long on a loaded machine.
    _options["options"] += " -c synchronous_commit=off -c statement_timeout=60s"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--quick", action="store_true", help="of the tests with a database, only tests.quick.QUICK"
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if config.getoption("--quick"):
        items[:], left_out = split(items)
        config.hook.pytest_deselected(items=left_out)


@pytest.fixture(scope="session", autouse=True)
def _test_settings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """Cheap passwords, static files found one by one, no limit on forms but where a test sets one."""
    Path(django_settings.STATIC_ROOT).mkdir(parents=True, exist_ok=True)
    with override_settings(
        PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"],
        WHITENOISE_AUTOREFRESH=True,
        PUBLIC_FORMS_PER_HOUR=100_000,
        PUBLIC_FORMS_TO_ONE_ADDRESS=100_000,
        PUBLIC_FORMS_TO_ONE_HOSTER=100_000,
        FUNNEL_WRITE_EVERY=0,
        # The processes would empty each other's counts in a shared Redis.
        CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
        # Each process numbers its own rows from 1: they must not share a folder.
        MEDIA_ROOT=tmp_path_factory.mktemp("documents"),
    ):
        yield


@pytest.fixture(scope="session", autouse=True)
def _undefined_template_variables_fail() -> Iterator[None]:
    with strict_templates():
        yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """Tests tamper with what was issued, and some empty the tables: those of the guards freeze them themselves."""
    with django_db_blocker.unblock():
        thaw()


@pytest.fixture(autouse=True)
def _own_disk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keys start again at 1 in each test, so its files must be its own. Made when the first file is."""
    uses_rows = {"db", "transactional_db"} & set(request.fixturenames) or request.node.get_closest_marker(
        "django_db"
    )
    if uses_rows:
        settings = request.getfixturevalue("settings")
        disk = tmp_path_factory.getbasetemp() / f"disk-{next(_disks)}"
        settings.MEDIA_ROOT = disk / "documents"
        settings.EMAIL_FILE_PATH = str(disk / "mail")


@pytest.fixture(autouse=True)
def _nobody_came_yet() -> None:
    """The visitors of the day and the limits of the forms are those of one test."""
    cache.clear()


@pytest.fixture(autouse=True)
def nudges(monkeypatch: pytest.MonkeyPatch) -> Nudges:
    """What would have been published to the broker; `nudges.work()` does it, as a worker would."""
    recorded = Nudges()
    monkeypatch.setattr(work, "_publish", recorded.publish)
    return recorded


@pytest.fixture
def artifaille(db: None) -> Iterator[Hoster]:
    """The hoster of most tests, with its scope open."""
    hoster = make_hoster("artifaille", name="Artifaille")
    with scope(hoster=hoster):
        yield hoster


@pytest.fixture
def other(db: None) -> Hoster:
    """Another hoster of the same install. With two hosters, each lives below /chez/<slug>/."""
    return make_hoster("gouttiere", name="La Gouttière")


@pytest.fixture
def alix(artifaille: Hoster) -> User:
    return make_staff(artifaille, Role.ADMIN, "alix@artifaille.example")


@pytest.fixture
def bastien(artifaille: Hoster) -> User:
    return make_staff(artifaille, Role.ACCOUNTANT, "bastien@artifaille.example")


@pytest.fixture
def camille(other: Hoster) -> User:
    return make_staff(other, Role.ADMIN, "camille@gouttiere.example")


@pytest.fixture
def signed_in(db: None) -> Callable[[User], Client]:
    """A browser in which this person is signed in."""

    def sign_in(user: User) -> Client:
        client = Client()
        client.force_login(user, backend=django_settings.AUTHENTICATION_BACKENDS[0])
        return client

    return sign_in


@pytest.fixture
def browser() -> Client:
    """A visitor whose visits are counted: a browser that says who it is and comes from elsewhere."""
    return Client(headers={"user-agent": "Mozilla/5.0 (Firefox)", "sec-fetch-site": "none"})


@pytest.fixture
def at(time_machine: Any) -> Callable[[str], None]:
    """`at("2026-11-22 23:59+01:00")`: the clock stands there from now on."""

    def move(instant: str) -> None:
        time_machine.move_to(instant, tick=False)

    return move
