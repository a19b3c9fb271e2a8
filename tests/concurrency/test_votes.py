"""Members who vote while the vote closes, and two who close it: one count, and no voice after it (ASS-03)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from django_scopes import scope

from billing.board.decisions import Mandated
from billing.board.votes import Asked, Member, cast_ballot, close_vote, open_vote
from billing.board.waiting import BoardRefused
from billing.models import Ballot, BoardDecision, BoardVote
from hosters.models import Hoster, Mail
from tests.concurrency.test_acceptance import at_once
from tests.factories import make_hoster, make_offer, make_quote

pytestmark = pytest.mark.django_db(transaction=True)
MEMBERS = 12


def a_vote(hoster: Hoster) -> Callable[[], BoardVote]:
    quote = make_quote(make_offer(hoster))
    members = tuple(Member(f"M{number}", f"m{number}@lavoir.example") for number in range(MEMBERS))
    mandated = Mandated("Camille Roux", "Présidente", "camille@lavoir.example")
    closes_on = timezone.localdate() + timedelta(days=7)
    asked = Asked("board", "?", closes_on, 0, False, False, mandated, members, uuid4())

    def open_it() -> BoardVote:
        with scope(hoster=hoster):
            return open_vote(quote=quote, asked=asked, by=quote.contact)

    return open_it


def test_closing_while_members_vote_counts_what_was_kept() -> None:
    hoster = make_hoster("artifaille")
    vote = a_vote(hoster)()

    def voice(ballot: Ballot) -> Callable[[], None]:
        def cast() -> None:
            with scope(hoster=hoster):
                cast_ballot(ballot=ballot, choice="for", comment="")

        return cast

    def close() -> BoardDecision | None:
        with scope(hoster=hoster):
            return close_vote(vote=vote)

    with scope(hoster=hoster):
        voices = [voice(ballot) for ballot in vote.ballots.all()]
    results = at_once([*voices[:5], close, *voices[5:], close, close])
    errors = [result for result in results if isinstance(result, Exception)]
    assert all(isinstance(error, BoardRefused) for error in errors), errors
    with scope(hoster=hoster):
        decision = BoardDecision.objects.get()
        kept = Ballot.objects.exclude(cast_at=None).count()
        assert (decision.votes_for, kept) == (kept, MEMBERS - len(errors))


def test_one_form_opens_one_vote() -> None:
    hoster = make_hoster("artifaille")
    results = at_once([a_vote(hoster)] * 8)
    with scope(hoster=hoster):
        assert {vote.pk for vote in results} == {BoardVote.objects.get().pk}
        assert Mail.objects.filter(kind="ballot").count() == MEMBERS
