"""Accounts of the staff: a new password is asked for by mail, whoever asks and whatever the mail server does."""

import pytest
from allauth.account.adapter import DefaultAccountAdapter
from django.test import Client

from hosters.models import Hoster, User


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
