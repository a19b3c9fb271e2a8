"""The table of `billing.quoting.states` walked through the pages: every state, every form, everybody who may send it.

What the table does not allow changes no row of a quote, whoever sends the form.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils import timezone

from billing.access_links import mint_link
from billing.board.ballot_links import mint_ballot_link
from billing.board.decisions import Mandated
from billing.board.votes import Asked, Member, open_vote
from billing.models import Acceptance, AccessLink, Quote, QuoteEvent
from billing.quoting.states import TABLE, Act, Actor, State
from hosters.models import Hoster, Role, User
from tests.factories import make_draft, make_file, make_hoster, make_offer, make_quote, make_staff
from tests.pages import hidden_fields

SignIn = Callable[[User], Client]
Typed = dict[str, Any]
ISSUED = [state for state in State.values if state != State.DRAFT]
MANDATE = {"name": "Dominique Petit", "role": "Trésorière", "purpose": "own"}


def soon(days: int) -> str:
    return str(timezone.localdate() + timedelta(days=days))


#: What a person with the link that decides may send, and the act that it is.
BY_LINK: dict[str, tuple[str, Callable[[], Typed]]] = {
    "ouvert/": (Act.OPEN, dict),
    "changement/": (Act.ASK_CHANGE, lambda: {"message": "Deux comptes de plus"}),
    "refuser/": (Act.REFUSE, lambda: {"reason": "price", "note": "Trop cher"}),
    "ca/reunion/": (Act.PUT_IN_REVIEW, lambda: {"body": "board", "held_on": soon(10)}),
    "renouveler/": (Act.RENEW, dict),
    "accepter/": (Act.ACCEPT, lambda: MANDATE | {"mandated": "on"}),
    "signature/": (Act.ACCEPT, lambda: MANDATE | signed()),
}
BY_STAFF: dict[str, tuple[str, Callable[[], Typed]]] = {
    "reprendre/?reviser": (Act.REVISE, lambda: {"acte": "reviser"}),
    "reprendre/?renouveler": (Act.RENEW, lambda: {"acte": "renouveler"}),
    "reprendre/?copier": (Act.DUPLICATE, lambda: {"acte": "copier"}),
    "retirer/": (Act.WITHDRAW, lambda: {"note": "Erreur", "reason": "other"}),
    "refuse/": (Act.REFUSE, lambda: {"reason": "price", "note": "Au téléphone"}),
    "prolonger/": (Act.EXTEND, lambda: {"until": soon(90)}),
    "signature/": (Act.ACCEPT, lambda: MANDATE | signed()),
    "envoyer/": (Act.SEND, dict),
}

pytestmark = pytest.mark.thorough


def signed() -> Typed:
    return {"signed_on": soon(0), "file": SimpleUploadedFile("devis.pdf", b"%PDF-1.7 signe %%EOF")}


@pytest.fixture
def quote(artifaille: Hoster) -> Quote:
    quote = make_quote(make_offer(artifaille))
    make_file(quote.document)
    return quote


@contextmanager
def put(quote: Quote, state: str) -> Iterator[list[object]]:
    """The quote in a state, and what must not change; what follows never happened."""
    today = timezone.localdate()
    valid_until = today - timedelta(days=1) if state == State.EXPIRED else today + timedelta(days=30)
    with transaction.atomic():
        Quote.objects.filter(pk=quote.pk).update(state=state, valid_until=valid_until)
        yield rows()
        transaction.set_rollback(True)


def rows() -> list[object]:
    return [*Quote.objects.order_by("pk").values(), *QuoteEvent.objects.order_by("pk").values()]


def url_of(quote: Quote, purpose: AccessLink.Purpose) -> str:
    return f"/devis/{mint_link(purpose=purpose, contact=quote.contact, quote=quote)}/"


def judge(quote: Quote, state: str, act: str, actor: str, before: list[object]) -> None:
    """What the table allows was done and told; anything else changed no row."""
    rule, quote = TABLE[state].get(act), Quote.objects.get(pk=quote.pk)
    if rule is None or actor not in rule.actors:
        assert rows() == before, (state, act)
    elif act in (Act.REVISE, Act.RENEW, Act.DUPLICATE):
        copies = Quote.objects.exclude(pk=quote.pk)
        assert copies.get().former_id == (None if act == Act.DUPLICATE else quote.pk), (state, act)
    else:
        assert quote.state == rule.after, (state, act)
        assert act == Act.OPEN or QuoteEvent.objects.filter(quote=quote, act=act).exists(), (state, act)


@pytest.mark.parametrize("page", BY_LINK)
def test_link_that_decides_does_what_the_table_says(quote: Quote, page: str) -> None:
    url, (act, typed) = url_of(quote, AccessLink.Purpose.DECIDE_QUOTE) + page, BY_LINK[page]
    for state in ISSUED:
        with put(quote, state) as before:
            answer = Client().post(url, typed() | {"key": uuid4()})
            if page == "accepter/" and answer.status_code == 200:
                answer = Client().post(url, hidden_fields(answer))
            assert answer.status_code in {200, 302}, (state, page)
            judge(quote, state, act, Actor.CLIENT, before)


def test_link_that_reads_changes_nothing(quote: Quote) -> None:
    url = url_of(quote, AccessLink.Purpose.READ_QUOTE)
    for state in ISSUED:
        with put(quote, state) as before:
            for page in (*BY_LINK, "options/", "ca/decision/", "ca/vote/"):
                Client().post(
                    url + page, {"key": uuid4(), "choix": "1", "reason": "price", "note": "x", "message": "x"}
                )
            assert rows() == before, state
            assert not Acceptance.objects.exists()


@pytest.mark.parametrize("role", [Role.ACCOUNTANT, None])
def test_staff_who_do_not_sell_change_nothing(
    quote: Quote, artifaille: Hoster, signed_in: SignIn, role: Role | None
) -> None:
    """None: the administrator of another hoster, for whom the pages do not exist."""
    client = signed_in(make_staff(artifaille, role) if role else make_staff(make_hoster("voisin")))
    for state in ISSUED:
        with put(quote, state) as before:
            answers = {
                client.post(f"/gestion/devis/{quote.pk}/{page}", typed()).status_code
                for page, (_act, typed) in BY_STAFF.items()
            }
            assert answers == {403 if role else 404}, state
            assert rows() == before, state


@pytest.mark.parametrize("page", BY_STAFF)
def test_staff_who_sell_do_what_the_table_says(
    quote: Quote, alix: User, signed_in: SignIn, page: str
) -> None:
    client, (act, typed) = signed_in(alix), BY_STAFF[page]
    for state in ISSUED:
        with put(quote, state) as before:
            client.post(f"/gestion/devis/{quote.pk}/{page}", typed() | {"key": uuid4()})
            judge(quote, state, act, Actor.STAFF, before)


def test_member_votes_while_the_quote_waits(quote: Quote) -> None:
    mandated, member = (
        Mandated("Camille", "Présidente", "camille@lavoir.example"),
        Member("Ana", "ana@lavoir.example"),
    )
    today = timezone.localdate()
    asked = Asked("board", "D’accord ?", today, 0, False, False, mandated, (member,), uuid4())
    ballot = open_vote(quote=quote, asked=asked, by=quote.contact).ballots.get()
    token = mint_ballot_link(ballot)
    for state in ISSUED:
        with put(quote, state) as before:
            Client().post(f"/vote/{token}/", {"choice": "for"})
            judge(quote, state, Act.VOTE, Actor.MEMBER, before)
            ballot.refresh_from_db()
            assert bool(ballot.cast_at) == (state in Quote.OPEN_STATES), state


LINE = {"label": "Visite", "quantity": "2", "unit_price": "50", "cadence": "one_off", "term_months": "1"}
#: What staff may do to a draft only, beside the acts on any quote.
WRITING: dict[str, Callable[[], Typed]] = {
    "brouillon/": lambda: {"title": "Autre", "valid_until": soon(40), "renewal": "tacit"},
    "ligne/": lambda: LINE,
    "postes/{item}/": lambda: LINE,
    "postes/{item}/ordre/": lambda: {"to": "down"},
    "postes/{item}/retirer/": dict,
}


@pytest.fixture
def draft(quote: Quote) -> Quote:
    return make_draft(quote.contact)


def kept(draft: Quote) -> list[object]:
    """The draft, its items, and what happened to it."""
    items = draft.items.order_by("pk").values()
    return [
        Quote.objects.values().get(pk=draft.pk),
        *items,
        *QuoteEvent.objects.filter(quote=draft).values(),
        Quote.objects.count(),
    ]


@pytest.mark.parametrize("who", ["accountant", "other hoster", "nobody"])
def test_draft_is_not_moved_by_who_does_not_sell(
    draft: Quote, artifaille: Hoster, signed_in: SignIn, who: str
) -> None:
    people = {"accountant": (artifaille, Role.ACCOUNTANT, 403), "other hoster": (None, Role.ADMIN, 404)}
    client, expected = Client(), 302
    if who in people:
        hoster, role, expected = people[who]
        client = signed_in(make_staff(hoster or make_hoster("voisin"), role))
    before, item = kept(draft), draft.items.get().pk
    pages = {page: typed for page, (_act, typed) in BY_STAFF.items()} | WRITING
    for page, typed in pages.items():
        url = f"/gestion/devis/{draft.pk}/{page.format(item=item)}"
        answer = client.post(url, typed() | {"key": uuid4()})
        assert answer.status_code == expected, (page, answer.status_code)
        assert expected != 302 or "/compte/" in answer["Location"], page
        assert kept(draft) == before, page


@pytest.mark.parametrize("purpose", [AccessLink.Purpose.DECIDE_QUOTE, AccessLink.Purpose.READ_QUOTE])
def test_association_has_no_draft(draft: Quote, purpose: AccessLink.Purpose) -> None:
    """Even by a link that nothing mints: it neither reads what is not written yet, nor decides on it."""
    url, before = url_of(draft, purpose), kept(draft)
    for page in (
        "",
        "pdf/",
        "ca/",
        "ca/liens/",
        "ca/vote/",
        "ca/decision/",
        "ca/synthese/",
        "options/",
        *BY_LINK,
    ):
        for answer in (
            Client().get(url + page),
            Client().post(url + page, {"key": uuid4(), "reason": "price"}),
        ):
            assert answer.status_code in {404, 405}, (page, answer.status_code)
        assert kept(draft) == before, page


@pytest.mark.parametrize("page", BY_STAFF)
def test_staff_who_sell_do_to_a_draft_what_the_table_says(
    draft: Quote, alix: User, signed_in: SignIn, page: str
) -> None:
    (act, typed), before = BY_STAFF[page], kept(draft)
    signed_in(alix).post(f"/gestion/devis/{draft.pk}/{page}", typed() | {"key": uuid4()})
    rule = TABLE[State.DRAFT].get(act)
    if rule is None or Actor.STAFF not in rule.actors:
        assert kept(draft) == before, act
    elif act == Act.DUPLICATE:
        assert Quote.objects.filter(state=State.DRAFT).count() == 2
    else:
        draft.refresh_from_db()
        assert draft.state == rule.after


@pytest.mark.parametrize("page", WRITING)
def test_only_a_draft_is_written(
    quote: Quote, draft: Quote, alix: User, signed_in: SignIn, page: str
) -> None:
    """A draft takes what staff write; once it has left, the same form changes nothing."""
    client, item = signed_in(alix), draft.items.get().pk
    url = f"/gestion/devis/{draft.pk}/{page.format(item=item)}"
    before = kept(draft)
    client.post(url, WRITING[page]())
    assert kept(draft) != before
    for state in ISSUED:
        with put(draft, state):
            before = kept(draft)
            client.post(url, WRITING[page]())
            assert kept(draft) == before, (state, page)
