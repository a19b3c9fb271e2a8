"""The first hoster of an install: by a command, never by a page that anybody could reach first."""

import io
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client

from hosters.models import Hoster, Membership, Role, User
from hosters.opening import OPENING
from tests.pages import words

ANSWERS = {"name": "Mon chaton", "slug": "", "email": "bonjour@mon-chaton.example", "manager": ""}
PASSWORD = "une phrase de passe longue"


def create(monkeypatch: pytest.MonkeyPatch, password: str = PASSWORD, **changes: str) -> str:
    out = io.StringIO()
    monkeypatch.setattr("sys.stdin", io.StringIO(password + "\n"))
    call_command("create_hoster", **ANSWERS | changes, stdout=out)
    return out.getvalue()


def test_newcomer_creates_a_hoster_and_comes_in(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    told = create(monkeypatch)
    assert "/chez/mon-chaton/gestion/reglages/" in told
    assert Membership.objects.get().role == Role.ADMIN
    browser = Client()
    browser.post("/compte/login/", {"login": "bonjour@mon-chaton.example", "password": PASSWORD})
    page = words(browser.get("/gestion/reglages/"))
    assert "Avant de publier" in page and "l’adresse du siège" in page


def test_new_hoster_explains_technical_words_from_the_start(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """002-057: Q-JARGON blames nobody's first offer for the words that we ship."""
    create(monkeypatch)
    assert "IMAP" in words(Client().get("/glossaire/"))


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"slug": "Mon Chaton"}, "slug"),
        ({"email": "bonjour"}, "email"),
        ({"manager": "alix"}, "manager"),
        ({"password": "court"}, "password"),
        ({"password": "bonjour@mon-chaton.example"}, "password"),
        ({"name": ""}, "--name"),
    ],
)
def test_wrong_answer_creates_nothing(
    db: None, monkeypatch: pytest.MonkeyPatch, changes: dict[str, Any], said: str
) -> None:
    with pytest.raises(CommandError, match=said):
        create(monkeypatch, **changes)
    assert not Hoster.objects.exists() and not User.objects.exists()


def test_short_name_that_is_taken_is_refused(artifaille: Hoster, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(CommandError, match="slug"):
        create(monkeypatch, slug="artifaille")
    assert Hoster.objects.count() == 1


def test_account_that_exists_keeps_its_password(
    artifaille: Hoster, alix: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = alix.password
    create(monkeypatch, manager=alix.email)
    alix.refresh_from_db()
    assert alix.password == before and alix.memberships.count() == 2


def test_empty_install_says_the_command_and_opens_no_door(db: None, client: Client) -> None:
    page = client.get("/")
    assert OPENING in words(page)
    assert "<form" not in page.content.decode()
