"""The table of `billing.quoting.states` walked through the pages: every state, every form, everybody who has a link.

What the table does not allow changes no row of a quote, whoever sends the form.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.utils import timezone

from billing.access_links import mint_link
from billing.models import Acceptance, AccessLink, Quote, QuoteEvent
from billing.quoting.states import TABLE, Act, Actor, State
from hosters.models import Hoster, Role, User
from tests.factories import make_file, make_hoster, make_offer, make_quote, make_staff

SignIn = Callable[[User], Client]
ISSUED = [state for state in State.values if state != State.DRAFT]
#: What a person with the link that decides may send, and the act that it is.
BY_LINK = {
    "ouvert/": (Act.OPEN, {}),
    "changement/": (Act.ASK_CHANGE, {"message": "Deux comptes de plus"}),
    "refuser/": (Act.REFUSE, {"reason": "price", "note": "Trop cher"}),
}
BY_STAFF = {
    "reprendre/": {"how": "revise", "act": "revise"},
    "retirer/": {"note": "Erreur", "reason": "other"},
    "refuse/": {"reason": "price", "note": "Au téléphone"},
    "envoyer/": {},
}

pytestmark = pytest.mark.thorough


@pytest.fixture
def quote(artifaille: Hoster) -> Quote:
    quote = make_quote(make_offer(artifaille))
    make_file(quote.document)
    return quote


def put(quote: Quote, state: str) -> list[object]:
    """The quote in a state, and what must not change."""
    today = timezone.localdate()
    valid_until = today - timedelta(days=1) if state == State.EXPIRED else today + timedelta(days=30)
    Quote.objects.filter(pk=quote.pk).update(state=state, valid_until=valid_until)
    return rows()


def rows() -> list[object]:
    return [*Quote.objects.order_by("pk").values(), *QuoteEvent.objects.order_by("pk").values()]


def url_of(quote: Quote, purpose: AccessLink.Purpose) -> str:
    return f"/devis/{mint_link(purpose=purpose, contact=quote.contact, quote=quote)}/"


@pytest.mark.parametrize("state", ISSUED)
@pytest.mark.parametrize("page", BY_LINK)
def test_link_that_decides_does_what_the_table_says(quote: Quote, state: str, page: str) -> None:
    before = put(quote, state)
    act, typed = BY_LINK[page]
    answer = Client().post(url_of(quote, AccessLink.Purpose.DECIDE_QUOTE) + page, typed | {"key": uuid4()})
    assert answer.status_code == 302
    quote.refresh_from_db()
    rule = TABLE[state].get(act)
    if rule is None or Actor.CLIENT not in rule.actors:
        assert rows() == before
    else:
        assert quote.state == rule.after


@pytest.mark.parametrize("state", ISSUED)
def test_link_that_reads_changes_nothing(quote: Quote, state: str) -> None:
    before = put(quote, state)
    url = url_of(quote, AccessLink.Purpose.READ_QUOTE)
    for page in (*BY_LINK, "options/", "renouveler/", "accepter/", "signature/", "ca/decision/", "ca/vote/"):
        Client().post(
            url + page, {"key": uuid4(), "choix": "1", "reason": "price", "note": "x", "message": "x"}
        )
    assert rows() == before
    assert not Acceptance.objects.exists()


@pytest.mark.parametrize("state", ISSUED)
@pytest.mark.parametrize("role", [Role.ACCOUNTANT, None])
def test_staff_who_do_not_sell_change_nothing(
    quote: Quote, artifaille: Hoster, signed_in: SignIn, state: str, role: Role | None
) -> None:
    """None: the administrator of another hoster, for whom the pages do not exist."""
    before = put(quote, state)
    person = make_staff(artifaille, role) if role else make_staff(make_hoster("voisin"))
    client = signed_in(person)
    answers = {
        client.post(f"/gestion/devis/{quote.pk}/{page}", typed).status_code
        for page, typed in BY_STAFF.items()
    }
    assert answers == {403 if role else 404}
    assert rows() == before


@pytest.mark.parametrize("state", ISSUED)
def test_withdrawing_by_staff_does_what_the_table_says(
    quote: Quote, alix: User, signed_in: SignIn, state: str
) -> None:
    before = put(quote, state)
    signed_in(alix).post(f"/gestion/devis/{quote.pk}/retirer/", BY_STAFF["retirer/"])
    quote.refresh_from_db()
    rule = TABLE[state].get(Act.WITHDRAW)
    assert quote.state == rule.after if rule else rows() == before
