"""Every route × everybody × every object: who reads what, and what is a page that does not exist (T02).

The routes come from the URLconf: a new one is in here the day it is written.
"""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import pytest
from django.apps import apps
from django.db import connection, transaction
from django.http import HttpResponse
from django.test import Client
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
    ours: Tenant
    theirs: Tenant


@pytest.fixture(scope="module")
def world(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[World]:
    """Made once for the whole module, never written: each test is undone."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield World(make_tenant("nous"), make_tenant("eux"))
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
    def test_stranger_is_asked_to_sign_in(self, route: Route, world: World) -> None:
        url = world.ours.url(route, arguments_of(route, world.ours, world.ours.association))
        for method in METHODS:
            answer = ask(Client(), method, url)
            assert (answer.status_code, bool(LOGIN.match(answer["Location"]))) == (302, True)

    @pytest.mark.thorough
    def test_association_is_asked_to_sign_in(self, route: Route, world: World) -> None:
        client = as_association(world.ours, world.ours.association)
        answer = client.get(world.ours.url(route, arguments_of(route, world.ours, world.ours.association)))
        assert LOGIN.match(answer["Location"])

    @pytest.mark.thorough
    def test_staff_of_another_hoster_finds_nothing(self, route: Route, world: World) -> None:
        with nothing_written():
            client = as_staff(world.theirs.staff["admin"])
            for tenant, methods in ((world.ours, METHODS), (world.theirs, ("GET", "POST"))):  # at our address
                url = world.ours.url(route, arguments_of(route, tenant, tenant.association))
                for method in methods:
                    answer = ask(client, method, url)
                    assert answer.status_code == 404
                    assert world.ours.canary not in answer.content.decode()

    @pytest.mark.thorough
    def test_disabled_person_is_asked_to_sign_in(self, route: Route, world: World) -> None:
        admin = world.ours.staff["admin"]
        client = as_staff(admin)
        type(admin).objects.filter(pk=admin.pk).update(is_active=False)
        answer = client.get(world.ours.url(route, arguments_of(route, world.ours, world.ours.association)))
        assert LOGIN.match(answer["Location"])

    @pytest.mark.thorough
    def test_person_who_left_finds_nothing(self, route: Route, world: World) -> None:
        admin = world.ours.staff["admin"]
        client = as_staff(admin)
        admin.memberships.all().delete()
        answer = client.get(world.ours.url(route, arguments_of(route, world.ours, world.ours.association)))
        assert answer.status_code == 404

    @pytest.mark.thorough
    def test_own_staff_is_answered_and_never_told_of_others(self, route: Route, world: World) -> None:
        url = world.ours.url(route, arguments_of(route, world.ours, world.ours.association))
        for role, user in world.ours.staff.items():
            client = as_staff(user)
            for method in ("GET", "POST"):
                answer = ask(client, method, url)
                assert answer.status_code in ANSWERED | ({403} if role != "admin" else set())
                body = b"".join(answer) if answer.streaming else answer.content
                assert world.theirs.canary not in body.decode(errors="replace")
                assert "no-store" in answer.get("Cache-Control", "") or answer.status_code in {403, 405}


@pytest.mark.parametrize("route", STAFF_OBJECTS, ids=str)
class TestStaffObjects:
    def test_foreign_object_is_a_page_that_does_not_exist(self, route: Route, world: World) -> None:
        with nothing_written():
            client = as_staff(world.ours.staff["admin"])
            for method in ("GET", "POST"):
                foreign = ask(
                    client,
                    method,
                    world.ours.url(route, arguments_of(route, world.theirs, world.theirs.association)),
                )
                unknown = ask(client, method, world.ours.url(route, UNKNOWN))
                assert foreign.status_code == unknown.status_code
                assert foreign.status_code in {404, 405}
                assert same(foreign) == same(unknown)


@pytest.mark.parametrize("route", [route for route in OTHERS if route.arguments], ids=str)
class TestPublicObjects:
    def test_foreign_object_is_a_page_that_does_not_exist(self, route: Route, world: World) -> None:
        with nothing_written():
            client = as_association(world.ours, world.ours.association)
            for method in ("GET", "POST"):
                foreign = ask(
                    client,
                    method,
                    world.ours.url(route, arguments_of(route, world.theirs, world.theirs.association)),
                )
                unknown = ask(client, method, world.ours.url(route, UNKNOWN))
                assert foreign.status_code == unknown.status_code
                assert foreign.status_code in {404, 405}
                assert same(foreign) == same(unknown)

    @pytest.mark.thorough
    @pytest.mark.parametrize("pk", ["0", "9" * 30, "٣", "-1", "1%00", "%2e%2e"])
    def test_silly_object_is_a_page_that_does_not_exist(self, route: Route, world: World, pk: str) -> None:
        client = as_association(world.ours, world.ours.association)
        url = world.ours.url(route, dict.fromkeys(UNKNOWN, pk))
        answers = client.get(url).status_code, client.post(url).status_code
        assert 404 in answers
        assert set(answers) <= {404, 405}


@pytest.mark.parametrize("route", OTHERS, ids=str)
class TestOtherPages:
    def test_nobody_is_told_of_another_hoster(self, route: Route, world: World) -> None:
        url = world.ours.url(route, arguments_of(route, world.ours, world.ours.association))
        visitors = [
            Client(),
            as_staff(world.theirs.staff["admin"]),
            as_association(world.theirs, world.theirs.association),
            as_association(world.ours, world.ours.association),
        ]
        for client in visitors:
            for method in ("GET", "POST"):
                answer = ask(client, method, url)
                assert answer.status_code in {200, 302, 404, 405}, (method, answer.status_code)
                assert world.theirs.canary not in body_of(answer)

    def test_association_is_not_told_of_its_neighbour(self, route: Route, world: World) -> None:
        client = as_association(world.ours, world.ours.neighbour)
        url = world.ours.url(route, arguments_of(route, world.ours, world.ours.neighbour))
        answer = client.get(url)
        assert world.ours.association.canary not in body_of(answer)


def test_document_of_the_neighbour_is_a_page_that_does_not_exist(world: World) -> None:
    client = as_association(world.ours, world.ours.association)
    ours, theirs = world.ours.association.invoice.document_id, world.ours.neighbour.invoice.document_id
    assert client.get(f"/chez/nous/espace/documents/{ours}/").status_code == 200
    assert client.get(f"/chez/nous/espace/documents/{theirs}/").status_code == 404


def test_session_of_another_hoster_opens_no_space_here(world: World) -> None:
    client = as_association(world.theirs, world.theirs.association)
    assert client.get("/chez/nous/espace/")["Location"] == "/chez/nous/espace/lien/"


@pytest.mark.thorough
@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_unsafe_methods_are_refused_where_they_do_nothing(route: Route, world: World) -> None:
    """Each view names its methods; PUT, PATCH and DELETE are nobody's, and HEAD goes where GET goes."""
    url = world.ours.url(route, arguments_of(route, world.ours, world.ours.association))
    client = as_association(world.ours, world.ours.association)
    client.force_login(
        world.ours.staff["admin"], backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    if route.path.startswith("/espace/"):
        client = as_association(world.ours, world.ours.association)
    status = {method: ask(client, method, url).status_code for method in METHODS}
    assert {status[method] for method in ("PUT", "PATCH", "DELETE")} <= {405, 404}
    assert status["HEAD"] == status["GET"]
    assert 405 in {status["GET"], status["POST"]} or route.name in BOTH


#: A mail program posts to these by itself, without cookie: the signed link proves (RFC 8058).
ONE_CLICK = {"storefront:unsubscribe", "storefront:newsletter_leave"}


@pytest.mark.thorough
@pytest.mark.parametrize("route", [route for route in ROUTES if route.name not in ONE_CLICK], ids=str)
def test_form_without_its_token_is_refused(route: Route, world: World) -> None:
    with nothing_written():
        client = as_staff(world.ours.staff["admin"], enforce_csrf_checks=True)
        url = world.ours.url(route, arguments_of(route, world.ours, world.ours.association))
        assert client.post(url, {"anything": "1"}).status_code == 403


@pytest.mark.thorough
@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_reading_writes_nothing(route: Route, world: World) -> None:
    """GET and HEAD by a mail scanner, by an association and by staff change no row (T15)."""
    url = world.ours.url(route, arguments_of(route, world.ours, world.ours.association))
    admin = as_staff(world.ours.staff["admin"])
    visitors = [Client(), as_association(world.ours, world.ours.association), admin]
    with nothing_written():
        for client in visitors:
            for method in ("GET", "HEAD"):
                ask(client, method, url)
