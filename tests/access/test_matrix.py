"""Every route × everybody × every object: who reads what, and what is a page that does not exist (T02).

The routes come from the URLconf: a new one is in here the day it is written.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookies import SimpleCookie
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.template import Template
from django.test import Client
from django.test.utils import _TestState
from pytest_django.plugin import DjangoDbBlocker

from billing.documents import files
from billing.views.board import decision
from hosters.models import User
from tests.access.pages_with_form import BOTH
from tests.access.route_groups import WITHOUT_OBJECT
from tests.access.world import (
    ARGUMENTS,
    UNKNOWN,
    Tenant,
    arguments_of,
    as_association,
    as_staff,
    make_tenant,
)
from tests.routes import Route, routes_of

ROUTES = routes_of("config.urls")
STAFF = [route for route in ROUTES if route.view.access == "staff"]
STAFF_OBJECTS = [route for route in STAFF if route.arguments and route.name not in WITHOUT_OBJECT]
OTHERS = [route for route in ROUTES if route.view.access != "staff"]
WITH_ARGUMENTS = [route for route in ROUTES if route.arguments]
#: A page, a redirection, a form that is wrong, a method that is not for this page.
ANSWERED = {200, 302, 400, 405, 409, 422}
METHODS = ("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE")
LOGIN = re.compile(r"^/chez/nous/compte/login/\?next=")
VARYING = re.compile(r'name="csrfmiddlewaretoken" value="\w+"|name="key" value="[\w-]+"')


@dataclass(frozen=True)
class World:
    """Two hosters, and the cookies of everybody who signed in once: signing in again for each page is long."""

    ours: Tenant
    theirs: Tenant
    cookies: dict[str, SimpleCookie]

    def visitor(self, who: str = "stranger", *, enforce_csrf_checks: bool = False) -> Client:
        """A browser of its own: `stranger`, `association`, `neighbour`, `their association`, `their admin`, a role."""
        client = Client(enforce_csrf_checks=enforce_csrf_checks)
        client.cookies.load(self.cookies[who])
        return client

    def url(self, route: Route) -> str:
        """The address of our own object."""
        return self.ours.url(route, arguments_of(route, self.ours, self.ours.association))

    def foreign(self, route: Route) -> str:
        """The object of the other hoster, at our address."""
        return self.ours.url(route, arguments_of(route, self.theirs, self.theirs.association))


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Made once for the whole module, never written: each test is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        ours, theirs = make_tenant("nous"), make_tenant("eux")
        signed_in = {
            "stranger": Client(),
            "association": as_association(ours, ours.association),
            "neighbour": as_association(ours, ours.neighbour),
            "their association": as_association(theirs, theirs.association),
            "their admin": as_staff(theirs.staff["admin"]),
            **{role: as_staff(user) for role, user in ours.staff.items()},
        }
        yield World(ours, theirs, {who: client.cookies for who, client in signed_in.items()})
        transaction.set_rollback(True)


@pytest.fixture(scope="module", autouse=True)
def _pages_keep_no_context() -> Iterator[None]:
    """Django's tests keep a copy of the context of each template, included ones too; nobody reads them here."""
    instrumented, Template._render = Template._render, _TestState.saved_data.template_render
    yield
    Template._render = instrumented


@contextmanager
def undone() -> Iterator[None]:
    """What is changed inside never happened."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def _disk_of_the_world(world: World, settings: object, monkeypatch: pytest.MonkeyPatch, db: None) -> None:
    """The files of the world were written before this test had a disk of its own."""
    monkeypatch.setattr(files, "read", lambda document: f"%PDF de {document.pk}".encode())
    monkeypatch.setattr(decision, "minutes_content", lambda made: f"%PDF de {made.conditions}".encode())
    monkeypatch.setattr(files, "checked", lambda path, sha256: f"%PDF de {path.name}".encode())


def ask(client: Client, method: str, url: str) -> HttpResponse:
    return client.generic(method, url)


def same(answer: HttpResponse) -> str:
    """The body without what changes at each answer."""
    return VARYING.sub("", answer.content.decode())


def body_of(answer: HttpResponse) -> str:
    """What was sent, whole; the files of an archive are read inside it."""
    content = b"".join(answer) if answer.streaming else answer.content
    if answer.get("Content-Type") == "application/zip":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            content = b"".join(archive.read(name) for name in archive.namelist())
    return content.decode(errors="replace")


WRITING = re.compile(r'\s*(?:INSERT|UPDATE|DELETE|REPLACE)\b[^"]*"(\w+)"', re.IGNORECASE)


@contextmanager
def nothing_written() -> Iterator[None]:
    """No row of ours is written meanwhile but the anonymous counters, and people, whose last visit is noted."""
    ours = {
        model._meta.db_table
        for model in apps.get_models()
        if model._meta.app_label in {"hosters", "offers", "crm", "billing"} and model is not User
    }
    written = []

    def watch(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        statement = WRITING.match(sql)
        if statement and statement[1] in ours:
            written.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(watch):
        yield
    assert written == []


def test_arguments_of_every_route_are_known() -> None:
    assert {route.name for route in WITH_ARGUMENTS} == set(ARGUMENTS)


@pytest.mark.parametrize("route", STAFF, ids=str)
class TestStaffPages:
    @pytest.mark.thorough
    def test_nobody_else_comes_in(self, route: Route, world: World) -> None:
        """Strangers and associations are asked to sign in, a person who was disabled too; who left, or works for
        another hoster, finds nothing."""
        url, admin = world.url(route), world.ours.staff["admin"]
        with nothing_written():
            for method in METHODS:
                answer = ask(world.visitor(), method, url)
                assert (answer.status_code, bool(LOGIN.match(answer["Location"]))) == (302, True), method
            assert LOGIN.match(world.visitor("association").get(url)["Location"])
            for address, methods in ((url, METHODS), (world.foreign(route), ("GET", "POST"))):
                for method in methods:
                    answer = ask(world.visitor("their admin"), method, address)
                    assert answer.status_code == 404, method
                    assert world.ours.canary not in answer.content.decode(), method
        with undone():
            User.objects.filter(pk=admin.pk).update(is_active=False)
            assert LOGIN.match(world.visitor("admin").get(url)["Location"])
        with undone():
            admin.memberships.all().delete()
            assert world.visitor("admin").get(url).status_code == 404

    @pytest.mark.thorough
    def test_own_staff_is_answered_and_never_told_of_others(self, route: Route, world: World) -> None:
        for role in world.ours.staff:
            for method in ("GET", "POST"):
                with undone():
                    answer = ask(world.visitor(role), method, world.url(route))
                assert answer.status_code in ANSWERED | ({403} if role != "admin" else set()), (role, method)
                assert world.theirs.canary not in body_of(answer), (role, method)
                assert "no-store" in answer.get("Cache-Control", "") or answer.status_code in {403, 405}


def is_unknown(world: World, client: Client, route: Route) -> None:
    """The object of another hoster is answered as one that does not exist, to the letter."""
    with nothing_written():
        for method in ("GET", "POST"):
            foreign = ask(client, method, world.foreign(route))
            unknown = ask(client, method, world.ours.url(route, UNKNOWN))
            assert foreign.status_code == unknown.status_code, method
            assert foreign.status_code in {404, 405}, method
            assert same(foreign) == same(unknown), method


@pytest.mark.parametrize("route", STAFF_OBJECTS, ids=str)
def test_foreign_object_of_staff_is_a_page_that_does_not_exist(route: Route, world: World) -> None:
    is_unknown(world, world.visitor("admin"), route)


@pytest.mark.parametrize("route", [route for route in OTHERS if route.arguments], ids=str)
class TestPublicObjects:
    def test_foreign_object_is_a_page_that_does_not_exist(self, route: Route, world: World) -> None:
        is_unknown(world, world.visitor("association"), route)

    @pytest.mark.thorough
    def test_silly_object_is_a_page_that_does_not_exist(self, route: Route, world: World) -> None:
        for pk in ("0", "9" * 30, "٣", "-1", "1%00", "%2e%2e"):
            url = world.ours.url(route, dict.fromkeys(UNKNOWN, pk))
            with undone():
                answers = {
                    ask(world.visitor("association"), method, url).status_code for method in ("GET", "POST")
                }
            assert 404 in answers and answers <= {404, 405}, pk


@pytest.mark.parametrize("route", OTHERS, ids=str)
class TestOtherPages:
    def test_nobody_is_told_of_another_hoster(self, route: Route, world: World) -> None:
        for who in ("stranger", "their admin", "their association", "association"):
            for method in ("GET", "POST"):
                answer = ask(world.visitor(who), method, world.url(route))
                assert answer.status_code in {200, 302, 404, 405}, (who, method, answer.status_code)
                assert world.theirs.canary not in body_of(answer), (who, method)

    def test_association_is_not_told_of_its_neighbour(self, route: Route, world: World) -> None:
        url = world.ours.url(route, arguments_of(route, world.ours, world.ours.neighbour))
        assert world.ours.association.canary not in body_of(world.visitor("neighbour").get(url))


def test_document_of_the_neighbour_is_a_page_that_does_not_exist(world: World) -> None:
    """CARD-013."""
    client = world.visitor("association")
    ours, theirs = world.ours.association.invoice.document_id, world.ours.neighbour.invoice.document_id
    assert client.get(f"/chez/nous/espace/documents/{ours}/").status_code == 200
    assert client.get(f"/chez/nous/espace/documents/{theirs}/").status_code == 404


def test_session_of_another_hoster_opens_no_space_here(world: World) -> None:
    client = world.visitor("their association")
    assert client.get("/chez/nous/espace/")["Location"] == "/chez/nous/espace/lien/"


#: A mail program posts to these by itself, without cookie: the signed link proves (RFC 8058).
ONE_CLICK = {"storefront:unsubscribe", "storefront:newsletter_leave"}


@pytest.mark.thorough
@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_only_a_form_with_its_token_writes(route: Route, world: World) -> None:
    """T15: GET and HEAD, by a mail scanner, an association or staff, change no row; PUT, PATCH and DELETE are nobody's;
    a form without its token is refused; HEAD goes where GET goes, and each view names its methods."""
    url = world.url(route)
    owner = "admin" if route.view.access == "staff" else "association"
    found = {}
    with nothing_written():
        for who in ("stranger", "association", "admin"):
            found[who] = ask(world.visitor(who), "GET", url).status_code
            assert ask(world.visitor(who), "HEAD", url).status_code == found[who], who
        for method in ("PUT", "PATCH", "DELETE"):
            assert ask(world.visitor(owner), method, url).status_code in {405, 404}, method
        if route.name not in ONE_CLICK:
            forged = world.visitor("admin", enforce_csrf_checks=True).post(url, {"anything": "1"})
            assert forged.status_code == 403
    sent = ask(world.visitor(owner), "POST", url).status_code
    assert 405 in {found[owner], sent} or route.name in BOTH
