"""Accounts of the staff: a new password is asked for by mail, whoever asks and whatever the mail server does."""

from collections.abc import Callable
from typing import Any

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.core import mail
from django.core.cache import cache
from django.test import Client

from hosters.models import Hoster, User
from tests.factories import PASSWORD


def test_address_of_an_account_does_not_change_without_its_password(
    artifaille: Hoster, alix: User, signed_in: Callable[[User], Client]
) -> None:
    added = {"email": "pirate@example.org", "action_add": ""}
    answer = signed_in(alix).post("/compte/email/", added)
    assert answer["Location"].startswith("/compte/reauthenticate/")
    assert not EmailAddress.objects.filter(email="pirate@example.org").exists()


def test_mail_server_that_is_away_changes_no_page(
    artifaille: Hoster, alix: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*args: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr(DefaultAccountAdapter, "send_mail", refuse)
    answers = [
        Client().post("/compte/password/reset/", {"email": email})
        for email in (alix.email, "inconnue@artifaille.example")
    ]
    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, "/compte/password/reset/done/")
    ] * 2


WRONG = {"login": "alix@artifaille.example", "password": "ce n’est pas le bon"}
RIGHT = {"login": "alix@artifaille.example", "password": PASSWORD}


def login(address: str, told: dict[str, str]) -> int:
    return Client(REMOTE_ADDR=address).post("/compte/login/", told).status_code


def test_attacker_does_not_keep_the_owner_out(artifaille: Hoster, alix: User) -> None:
    cache.clear()
    assert [login("203.0.113.9", WRONG) for _try in range(12)] == [200] * 12
    assert login("203.0.113.9", RIGHT) == 200  # this network has tried too often
    assert login("198.51.100.4", RIGHT) == 302


def test_attempts_of_one_subscriber_of_ipv6_are_counted_together(artifaille: Hoster, alix: User) -> None:
    cache.clear()
    for number in range(12):
        login(f"2001:db8:1:2::{number}", WRONG)
    assert login("2001:db8:1:2:ffff::1", RIGHT) == 200
    assert login("2001:db8:1:3::1", RIGHT) == 302


def test_address_to_confirm_is_on_our_own_site(artifaille: Hoster, alix: User, settings: Any) -> None:
    settings.PUBLIC_URL, settings.ALLOWED_HOSTS = "https://chatiere.example", ["*"]
    browser = Client(headers={"host": "pirate.example"})
    browser.post("/compte/login/", RIGHT)
    browser.post("/compte/reauthenticate/", {"password": PASSWORD})
    browser.post("/compte/email/", {"email": "alix2@artifaille.example", "action_add": ""})
    [message] = mail.outbox
    assert "https://chatiere.example/chez/artifaille/compte/confirm-email/" in str(message.body)
    assert "pirate" not in str(message.message())
    assert message.subject.startswith("Artifaille : ")
