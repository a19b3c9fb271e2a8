"""The need in the words of the team goes back to whoever asked, before the quote (003-003)."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_scopes import scope

from billing.need_confirmation import asked_by, token_of
from crm.models import Request
from crm.requests import close_request, state_need
from hosters.mail import send
from hosters.models import Hoster, Mail, User
from tests.pages import words
from tests.relations import make_contact, make_organization

SignIn = Callable[[User], Client]
NEED = "Réserver un outil sans téléphoner"


@pytest.fixture
def asked(artifaille: Hoster, alix: User) -> Request:
    organization = make_organization(artifaille, alix)
    request = Request.objects.create(
        hoster=artifaille,
        organization=organization,
        contact=make_contact(organization, "dominique@lavoir.example"),
        kind=Request.Kind.ON_QUOTE,
        subject="Réservations",
        key=uuid4(),
    )
    state_need(request=request, statement=NEED)
    return Request.objects.get()


def path_of(request: Request) -> str:
    return reverse("storefront:need", kwargs={"token": token_of(request)})


def test_need_leaves_by_mail_and_a_yes_is_kept(asked: Request, alix: User, signed_in: SignIn) -> None:
    staff, url = signed_in(alix), asked.get_absolute_url()
    assert "Le besoin n’est pas encore confirmé" in words(staff.get(url))
    assert "part à dominique@lavoir.example" in words(
        staff.post(reverse("staff:confirm_need", args=[asked.pk]), follow=True)
    )
    send(Mail.objects.get(kind="need_to_confirm"))
    body = str(outbox.outbox[-1].body)
    assert NEED in body and path_of(asked) in body
    client = Client()
    page = client.get(path_of(asked))
    assert NEED in words(page) and "Oui, c’est bien cela" in words(page)
    asked.refresh_from_db()
    assert asked.need_confirmed_at is None, "opening it changes nothing"
    for sent in ({"yes": "1"}, {"correction": "Non, finalement"}):
        client.post(path_of(asked), sent)
    asked.refresh_from_db()
    assert asked.need_confirmed_at and not asked.need_correction, "the first answer stays"
    assert "Merci, c’est confirmé" in words(client.get(path_of(asked)))
    assert "confirmé par l’association" in words(staff.get(url))


def test_correction_is_read_and_the_request_waits_again(
    asked: Request, alix: User, signed_in: SignIn
) -> None:
    close_request(request=asked, by=alix)
    client = Client()
    assert "obligatoire" in words(client.post(path_of(asked), {"correction": " "}))
    client.post(path_of(asked), {"correction": "Il manque <b>les samedis</b>"})
    asked.refresh_from_db()
    assert (asked.need_confirmed_at, asked.handled_at) == (None, None)
    page = signed_in(alix).get(asked.get_absolute_url()).content.decode()
    assert "Il manque &lt;b&gt;les samedis&lt;/b&gt;" in page


def test_need_written_otherwise_is_confirmed_anew(asked: Request) -> None:
    """A link decides on the words that it showed, and on no others; the same words again change nothing."""
    former, client = path_of(asked), Client()
    client.post(former, {"yes": "1"})
    state_need(request=asked, statement=NEED)
    assert Request.objects.get().need_confirmed_at
    state_need(request=asked, statement="Autre chose")
    assert Request.objects.get().need_confirmed_at is None
    client.post(former, {"yes": "1"})
    assert Request.objects.get().need_confirmed_at is None
    assert "réécrit depuis" in words(client.get(former))


def test_need_that_is_not_written_is_not_sent(asked: Request, alix: User, signed_in: SignIn) -> None:
    Request.objects.update(need_statement="")
    page = signed_in(alix).post(reverse("staff:confirm_need", args=[asked.pk]), follow=True)
    assert "Écrivez d’abord le besoin." in words(page)
    assert not Mail.objects.exists()


def test_forged_or_foreign_link_opens_nothing(asked: Request, other: Hoster) -> None:
    for wrong in ("", "é", "j" * 43, f"{token_of(asked)}x"):
        assert asked_by(wrong) is None
    with scope(hoster=other):
        assert asked_by(token_of(asked)) is None
    token = token_of(asked)
    Request.objects.update(need_statement="", handled_at=timezone.now())  # as once the person is erased
    assert asked_by(token) is None
