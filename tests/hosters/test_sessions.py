"""A session cookie may hold anything: what is no key of ours is never looked for in the database."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from hosters.models import Hoster, User
from hosters.sessions import SessionStore

STRANGE = [
    "\0aaaaaaaaaaaa",
    "A" * 32,
    "é" * 32,
    "a" * 41,
    "short",
    "'; DROP TABLE x; --",
    "a" * 31 + "\n",
    "",
]


@pytest.mark.django_db
@pytest.mark.parametrize("key", STRANGE, ids=ascii)
def test_strange_key_is_not_looked_for(key: str, django_assert_num_queries: Callable[[int], Any]) -> None:
    with django_assert_num_queries(0):
        assert SessionStore(key).get("contact") is None


@pytest.mark.parametrize("path", ["/espace/", "/gestion/", "/compte/login/"])
def test_nul_in_the_cookie_is_nobody(artifaille: Hoster, path: str) -> None:
    """Written `\\000` between quotes, it passes web servers, and PostgreSQL refuses it with an error."""
    answer = Client(headers={"cookie": f'{settings.SESSION_COOKIE_NAME}="\\000aaaaaaaaaaaa"'}).get(path)
    assert answer.status_code in {200, 302}


def test_own_key_is_accepted(alix: User, signed_in: Callable[[User], Client]) -> None:
    client = signed_in(alix)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    assert SessionStore(key).session_key == key
    assert client.get("/gestion/").status_code == 200
