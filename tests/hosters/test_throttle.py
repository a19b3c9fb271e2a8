"""Public forms are limited per address, without locking anybody out for good."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from hosters.models import Hoster
from hosters.throttle import client_address

FORM = "/espace/lien/"


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def send(address: str = "192.0.2.1", **headers: str) -> int:
    """The status of a form sent with a new cookie jar each time."""
    return Client(REMOTE_ADDR=address, **headers).post(FORM, {"email": "inconnue@example.org"}).status_code


def test_form_beyond_the_limit_is_refused(artifaille: Hoster, settings: Any) -> None:
    settings.PUBLIC_FORMS_PER_HOUR = 2
    assert [send(), send(), send()] == [200, 200, 429]


def test_refusal_says_when_to_come_back(artifaille: Hoster, settings: Any) -> None:
    settings.PUBLIC_FORMS_PER_HOUR = 0
    answer = Client().post(FORM, {"email": "inconnue@example.org"})
    assert (answer.status_code, answer["Retry-After"]) == (429, "3600")


def test_other_address_is_not_concerned(artifaille: Hoster, settings: Any) -> None:
    settings.PUBLIC_FORMS_PER_HOUR = 1
    assert [send("192.0.2.1"), send("192.0.2.1"), send("192.0.2.2")] == [200, 429, 200]


def test_reading_is_never_limited(artifaille: Hoster, settings: Any) -> None:
    settings.PUBLIC_FORMS_PER_HOUR = 0
    assert Client().get(FORM).status_code == 200


def test_forged_forwarding_header_does_not_lift_the_limit(artifaille: Hoster, settings: Any) -> None:
    settings.PUBLIC_FORMS_PER_HOUR = 1
    assert [send(HTTP_X_FORWARDED_FOR=f"198.51.100.{n}") for n in range(2)] == [200, 429]


def test_broken_cache_does_not_close_the_shop(
    artifaille: Hoster, settings: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(*args: object) -> None:
        raise ConnectionError

    settings.PUBLIC_FORMS_PER_HOUR = 0
    monkeypatch.setattr(cache, "incr", away)
    assert send() == 200


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "192.0.2.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "1.1.1.1, 203.0.113.9", "203.0.113.9"),
        (2, "1.1.1.1, 203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "192.0.2.1"),
        (1, " , ", "192.0.2.1"),
    ],
)
def test_address_is_the_one_our_own_proxies_wrote(
    proxies: int, forwarded: str, address: str, settings: Any
) -> None:
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    request = RequestFactory().get("/", REMOTE_ADDR="192.0.2.1", HTTP_X_FORWARDED_FOR=forwarded)
    assert client_address(request) == address
