"""Accounts of the staff: a new password is asked for by mail, whoever asks and whatever the mail server does."""

from collections.abc import Callable

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.models import EmailAddress
from django.test import Client

from hosters.models import Hoster, User


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
