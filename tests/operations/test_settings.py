"""Settings from the environment: what they refuse, and what production turns on."""

import os
import re
import runpy
from collections.abc import Callable
from pathlib import Path
from typing import Any

import environ
import pytest
from django.core.exceptions import ImproperlyConfigured

SETTINGS = Path(__file__).parents[2] / "config" / "settings.py"
PRODUCTION = {"MODE": "production", "SECRET_KEY": "0123456789" * 5, "PUBLIC_URL": "https://offres.example"}

Load = Callable[..., dict[str, Any]]


@pytest.fixture
def load(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Load:
    """Reads the settings with these environment variables and no other."""

    def read(**variables: str) -> dict[str, Any]:
        defaults = {"DATA_DIR": str(tmp_path), "ENV_FILE": os.devnull}
        monkeypatch.setattr(environ.Env, "ENVIRON", defaults | variables)
        return runpy.run_path(str(SETTINGS))

    return read


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("SECRET_KEY", ""),
        ("SECRET_KEY", ("0123456789" * 5)[:49]),
        ("SECRET_KEY", "k" * 50),
        ("SECRET_KEY", "ab" * 40),
        ("DEBUG", "true"),
        ("PUBLIC_URL", ""),
        ("PUBLIC_URL", "http://offres.example"),
    ],
)
def test_production_without_its_protections_does_not_start(load: Load, variable: str, value: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=variable):
        load(**PRODUCTION | {variable: value})


def test_production_protects_visitors(load: Load) -> None:
    settings = load(**PRODUCTION)
    assert settings["SECURE_SSL_REDIRECT"]
    assert settings["SESSION_COOKIE_SECURE"]
    assert settings["CSRF_COOKIE_SECURE"]
    assert settings["SECURE_HSTS_SECONDS"] >= 31_536_000
    assert not settings["DEBUG"]
    assert not settings["MAILBOX_PAGE"]


def test_unknown_mode_does_not_start(load: Load) -> None:
    with pytest.raises(ImproperlyConfigured, match="MODE"):
        load(MODE="prod")


def test_production_answers_at_its_public_address(load: Load) -> None:
    settings = load(**PRODUCTION, ALLOWED_HOSTS="autre.example")
    assert {"offres.example", "autre.example"} < set(settings["ALLOWED_HOSTS"])
    assert settings["CSRF_TRUSTED_ORIGINS"] == ["https://offres.example"]


def test_development_keeps_its_secret_key_for_its_owner(load: Load, tmp_path: Path) -> None:
    key = load()["SECRET_KEY"]
    assert load()["SECRET_KEY"] == key
    assert (tmp_path / "secret_key").stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.glob("secret_key*")] == ["secret_key"]


def test_embedded_default_is_sqlite_and_files_below_the_data_folder(load: Load, tmp_path: Path) -> None:
    settings = load()
    assert settings["DATABASES"]["default"]["NAME"] == str(tmp_path / "chatiere.sqlite3")
    assert settings["CELERY_BROKER_URL"] == "filesystem://localhost"
    folders = [
        value for name, value in settings["CELERY_BROKER_TRANSPORT_OPTIONS"].items() if "folder" in name
    ]
    assert len(folders) == 3
    assert all(Path(folder).is_relative_to(tmp_path) for folder in folders)


def test_full_mode_is_postgresql_and_redis(load: Load) -> None:
    settings = load(DATABASE_URL="postgres://u:p@db:5432/chatiere", REDIS_URL="redis://redis:6379/0")
    assert settings["DATABASES"]["default"]["ENGINE"] == "django.db.backends.postgresql"
    assert settings["CELERY_BROKER_URL"] == "redis://redis:6379/0"
    assert settings["CACHES"]["default"]["BACKEND"].endswith("RedisCache")
    assert settings["CACHES"]["default"]["OPTIONS"]["socket_timeout"] <= 1


def test_every_variable_is_documented_and_kept_away_from_the_tests() -> None:
    names = set(re.findall(r"""\benv(?:\.\w+)?\(\s*["'](\w+)""", SETTINGS.read_text()))
    root = SETTINGS.parents[1]
    documented = set(
        re.findall(r"^\| `(\w+)` \|", (root / "docs" / "operations.md").read_text(), re.MULTILINE)
    )
    assert len(names) > 10
    assert names - documented == set()
    assert {name for name in names if not re.search(rf"\b{name}\b", (root / "test").read_text())} == set()


def test_environment_file_is_read_and_the_environment_wins(load: Load, tmp_path: Path) -> None:
    file = tmp_path / "env"
    file.write_text("PORT=8123\nDEFAULT_FROM_EMAIL=bonjour@offres.example\n")
    settings = load(ENV_FILE=str(file), PORT="8456")
    assert settings["PORT"] == 8456
    assert settings["DEFAULT_FROM_EMAIL"] == "bonjour@offres.example"
