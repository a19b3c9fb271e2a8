"""The pages of accounts speak French, with the words of the rest of the application."""

import pytest
from django.test import Client
from django.urls import reverse

from tests.pages import words


@pytest.mark.django_db
def test_address_is_called_as_everywhere_else() -> None:
    read = words(Client().get(reverse("account_login")))
    assert "Adresse e-mail" in read
    assert "Courriel" not in read
    assert "Password" not in read
