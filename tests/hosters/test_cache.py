"""A Redis that is stopped or frozen closes nothing, and lifts no limit (T08, T22)."""

import socket
from collections.abc import Iterator

import pytest
from django.core.cache import caches
from django.test import Client

from hosters import cache as module
from hosters.cache import SteadyRedisCache
from hosters.models import Hoster, User


@pytest.fixture(autouse=True)
def _own_count() -> Iterator[None]:
    module._silent_until = 0.0
    yield
    module._silent_until = 0.0
    steady(1).here.clear()


def steady(port: int) -> SteadyRedisCache:
    timeouts = {"socket_timeout": 0.1, "socket_connect_timeout": 0.1}
    return SteadyRedisCache(f"redis://127.0.0.1:{port}/0", {"OPTIONS": timeouts})


@pytest.fixture
def frozen() -> Iterator[int]:
    """A port that takes connections and never answers."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.fixture
def stopped() -> int:
    """A port where nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


@pytest.mark.parametrize("state", ["frozen", "stopped"])
def test_counts_go_on_here(state: str, request: pytest.FixtureRequest) -> None:
    cache = steady(request.getfixturevalue(state))
    assert [cache.add("tries", 0), cache.incr("tries"), cache.incr("tries"), cache.get("tries")] == [
        True,
        1,
        2,
        2,
    ]


def test_redis_that_failed_is_left_alone_for_a_while(frozen: int, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = steady(frozen)
    cache.get("tries")
    monkeypatch.setattr(module.RedisCache, "get", lambda *args, **kwargs: pytest.fail("asked again"))
    assert cache.get("tries") is None


def test_redis_is_asked_again_after_the_silence(frozen: int, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = steady(frozen)
    cache.set("tries", 1)
    module._silent_until = 0.0
    monkeypatch.setattr(module.RedisCache, "get", lambda *args, **kwargs: 7)
    assert cache.get("tries") == 7


def test_missing_counter_is_not_taken_for_a_failure(stopped: int) -> None:
    with pytest.raises(ValueError, match="not found"):
        steady(stopped).incr("nothing")


def test_passwords_are_limited_without_redis(
    artifaille: Hoster, alix: User, stopped: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(caches._connections, "default", steady(stopped), raising=False)  # type: ignore[attr-defined]
    wrong = {"login": alix.email, "password": "faux"}
    answers = [Client().post("/compte/login/", wrong) for _ in range(6)]
    assert [answer.status_code for answer in answers] == [200] * 6
    assert ["Trop de tentatives" in answer.content.decode() for answer in answers] == [False] * 5 + [True]
