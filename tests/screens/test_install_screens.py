"""The door of an install, the choice of a hoster after signing in, the colours, the mailbox of development."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from hosters.mail import queue_mail, send
from hosters.models import Hoster, Membership, Role, User
from tests.factories import make_hoster, make_offer, make_quote
from tests.pages import words

SignIn = Callable[[User], Client]


@pytest.mark.parametrize("number", [0, 1, 3])
def test_install_lists_its_hosters_in_few_queries(
    db: None, client: Client, django_assert_num_queries: Any, number: int
) -> None:
    hosters = [make_hoster(name=f"Hébergeur {index}", tagline=f"Devise {index}") for index in range(number)]
    with django_assert_num_queries(3):
        read = words(client.get("/chatiere/"))
    assert [each.tagline for each in hosters if each.tagline not in read] == []
    assert "Accès de l’équipe" in read


def test_root_of_an_install_of_several_is_its_list(artifaille: Hoster, other: Hoster, client: Client) -> None:
    page = client.get("/").content.decode()
    assert 'href="/chez/artifaille/"' in page
    assert 'href="/chez/gouttiere/"' in page


def test_person_of_several_teams_chooses(
    artifaille: Hoster, other: Hoster, alix: User, signed_in: SignIn
) -> None:
    Membership.objects.create(user=alix, hoster=other, role=Role.SALES)
    page = signed_in(alix).get("/chatiere/gestion/").content.decode()
    assert 'href="/chez/gouttiere/gestion/"' in page


def test_person_of_no_team_is_told_whom_to_ask(
    artifaille: Hoster, other: Hoster, alix: User, signed_in: SignIn
) -> None:
    Membership.objects.all().delete()
    assert "n’est rattaché à aucune équipe" in words(signed_in(alix).get("/chatiere/gestion/"))


def test_colours_come_from_the_hoster(artifaille: Hoster, client: Client) -> None:
    Hoster.objects.update(brand_color="#123456")
    answer = client.get("/marque.css")
    assert answer["Content-Type"].startswith("text/css")
    assert "--brand: #123456;" in answer.content.decode()


def test_mailbox_shows_mails_as_people_read_them(artifaille: Hoster, client: Client, settings: Any) -> None:
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
    settings.MAILBOX_PAGE = True
    quote = make_quote(make_offer(artifaille))
    row = queue_mail(hoster=artifaille, kind="space_link", to=quote.contact.email, reference=quote.contact_id)
    send(row)
    answer = client.get("/courriels/")
    assert "n’existe pas en production" in words(answer)
    assert "Votre lien vers l’espace association" in words(answer)
    assert 'href="http' in answer.content.decode()
