"""A database that is away gives a 503 that says when to come back, wherever the query was."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import InterfaceError, OperationalError
from django.test import Client

from hosters import install, middleware
from hosters.models import Hoster


def away(error: type[Exception]) -> Callable[..., Any]:
    def fail(*args: object, **kwargs: object) -> None:
        raise error("connection refused")

    return fail


@pytest.fixture
def visitor() -> Client:
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_middleware_without_database(
    error: type[Exception], visitor: Client, artifaille: Hoster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Finding the hoster is the first query of every page."""
    monkeypatch.setattr(middleware.HosterMiddleware, "_by_domain", away(error))
    answer = visitor.get("/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_view_without_database(
    error: type[Exception], visitor: Client, artifaille: Hoster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "path_of", away(error))
    answer = visitor.get("/chatiere/")
    assert (answer.status_code, answer["Retry-After"]) == (503, "5")


def test_other_errors_stay_errors(
    visitor: Client, artifaille: Hoster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(install, "path_of", away(ZeroDivisionError))
    assert visitor.get("/chatiere/").status_code == 500


def test_life_sign_needs_no_view_of_the_database(visitor: Client, artifaille: Hoster) -> None:
    assert visitor.get("/sante/vivant/").content == b"ok\n"
