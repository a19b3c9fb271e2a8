"""Public forms are limited per address, without locking anybody out for good."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory

from hosters.models import Hoster
from hosters.throttle import client_address, network_of
from tests.factories import make_hoster

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


def test_address_that_receives_is_spared_whoever_sends(artifaille: Hoster, settings: Any) -> None:
    """A stranger with many machines cannot fill somebody's mailbox through us."""
    settings.PUBLIC_FORMS_TO_ONE_ADDRESS = 2
    assert [send(f"192.0.2.{n}") for n in range(3)] == [200, 200, 429]
    other = Client(REMOTE_ADDR="192.0.2.9")
    assert other.post(FORM, {"email": "autre@example.org"}).status_code == 200
    assert other.post(FORM, {"email": " Inconnue@Example.org"}).status_code == 429


def test_hoster_is_spared_whoever_sends_and_another_is_not_concerned(
    artifaille: Hoster, settings: Any
) -> None:
    settings.PUBLIC_FORMS_TO_ONE_HOSTER = 2
    assert [send(f"192.0.2.{n}") for n in range(3)] == [200, 200, 429]
    other = make_hoster("voisin")
    assert Client().post(f"/chez/{other.slug}{FORM}", {"email": "a@example.org"}).status_code == 200


def test_all_forms_together_have_a_limit(artifaille: Hoster, settings: Any) -> None:
    """1 200 mails an hour were possible from one address, form by form."""
    settings.PUBLIC_FORMS_PER_HOUR = 2
    forms = [FORM, "/question/", "/rappel/", "/rendez-vous/", "/resilier/"]
    client = Client(REMOTE_ADDR="192.0.2.1")
    found = [client.post(form, {}).status_code for form in forms]
    assert found.count(429) == 1


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


@pytest.mark.parametrize(
    ("address", "network"),
    [
        ("192.0.2.1", "192.0.2.1"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::"),
        ("2001:db8:1:2::ffff", "2001:db8:1:2::"),
        ("::ffff:192.0.2.1", "192.0.2.1"),
        ("fe80::1%eth0", "fe80::"),
        ("pas une adresse", "pas une adresse"),
        ("", ""),
    ],
)
def test_subscriber_of_ipv6_is_one_visitor(address: str, network: str) -> None:
    assert network_of(address) == network


def test_limit_holds_for_every_address_of_a_subscriber(artifaille: Hoster, settings: Any) -> None:
    settings.PUBLIC_FORMS_PER_HOUR = 1
    assert [send("2001:db8::1"), send("2001:db8::2"), send("2001:db8:0:1::1")] == [200, 429, 200]
