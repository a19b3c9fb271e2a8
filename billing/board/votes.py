"""An online vote: opened by the person who decides, cast by the members, closed by hand or at its end."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.board.decisions import Count, Decided, Mandated, standing_decision, write_decision
from billing.board.endings import end_vote
from billing.board.summaries import keep_summary
from billing.board.waiting import BoardRefused, lock_waiting
from billing.models import Ballot, BoardDecision, BoardVote, Quote, QuoteEvent
from billing.quoting.family import family
from billing.quoting.states import move
from crm.models import Contact
from hosters.mail import queue_mail

MOST_MEMBERS = 40
MOST_VOTES = 5  # for one quote, all its versions together: each one writes to every member
LONGEST = timedelta(days=60)


@dataclass(frozen=True)
class Member:
    """Somebody who is asked; the name may be unknown."""

    name: str
    email: str


@dataclass(frozen=True)
class Asked:
    """A vote as it is opened: `closes_on` is its last day, `quorum` the voices needed, abstentions included."""

    body: str
    question: str
    closes_on: date
    quorum: int
    secret: bool
    live: bool
    mandated: Mandated
    members: tuple[Member, ...]
    key: UUID


@dataclass(frozen=True)
class Tally:
    """What was counted so far."""

    asked: int
    votes_for: int
    votes_against: int
    votes_abstain: int

    @property
    def cast(self) -> int:
        return self.votes_for + self.votes_against + self.votes_abstain


def interrupted_vote(quote: Quote) -> BoardVote | None:
    """The vote that ended without effect because this version replaced the one that it was about."""
    former = quote.former
    last = former.votes.filter(cancelled_at=None).select_related("quote").first() if former else None
    return last if last and last.closed_at and not hasattr(last, "decision") else None


def open_vote(*, quote: Quote, asked: Asked, by: Contact) -> BoardVote:
    """Open the vote and write to every member. The same form sent twice opens one vote.

    Raises:
        BoardRefused: a vote is open, a decision stands, the quote waits for no decision, or the dates or numbers
            cannot be.
    """
    if already := quote.votes.filter(key=asked.key).first():
        return already
    return _open(quote, asked, by)


@transaction.atomic
def _open(quote: Quote, asked: Asked, by: Contact) -> BoardVote:
    locked = lock_waiting(quote)
    if already := locked.votes.filter(key=asked.key).first():
        return already
    if reason := _cannot_open(locked, asked):
        raise BoardRefused(reason)
    keep_summary(locked)
    vote = BoardVote.objects.create(
        quote=locked,
        body=asked.body,
        question=asked.question,
        closes_on=asked.closes_on,
        quorum=asked.quorum,
        secret=asked.secret,
        live=asked.live and not asked.secret,
        mandated_name=asked.mandated.name,
        mandated_role=asked.mandated.role,
        mandated_email=asked.mandated.email.lower(),
        opened_by=by,
        key=asked.key,
    )
    for member in asked.members:
        ballot = Ballot.objects.create(vote=vote, name=member.name, email=member.email.lower())
        queue_mail(hoster=locked.hoster, kind="ballot", to=ballot.email, reference=ballot.pk)
    return vote


def _cannot_open(quote: Quote, asked: Asked) -> str:
    today = timezone.localdate()
    standing = standing_decision(quote)
    if quote.votes.filter(closed_at=None, cancelled_at=None).exists():
        return _("Un vote est déjà ouvert pour ce devis.")
    if standing and standing.result != BoardDecision.Result.POSTPONED:
        return _("Une décision est déjà enregistrée pour ce devis.")
    if BoardVote.objects.filter(quote__in=family(quote)).count() >= MOST_VOTES:
        return _("Ce devis a déjà eu %(most)s votes : enregistrez la décision vous-même.") % {
            "most": MOST_VOTES
        }
    if not today <= asked.closes_on <= today + LONGEST:
        return _("Le vote se termine au plus tôt aujourd’hui, au plus tard dans 60 jours.")
    if asked.closes_on >= quote.valid_until:
        return _("Le vote doit finir avant le dernier jour de validité du devis : il reste à l’accepter.")
    if not 0 < len(asked.members) <= MOST_MEMBERS:
        return _("Interrogez entre une et %(most)s personnes.") % {"most": MOST_MEMBERS}
    if asked.quorum > len(asked.members):
        return _("Le quorum dépasse le nombre de personnes interrogées.")
    return ""


@transaction.atomic
def cast_ballot(*, ballot: Ballot, choice: str, comment: str) -> None:
    """A member votes, or votes again: the last voice counts.

    Raises:
        BoardRefused: the vote is over.
    """
    quote = Quote.objects.select_for_update(of=("self",)).get(votes=ballot.vote_id)
    vote = BoardVote.objects.select_for_update(of=("self",)).get(pk=ballot.vote_id)
    if not vote.open or not quote.undecided:
        raise BoardRefused(_("Ce vote est terminé : il n’est plus possible de voter ni de changer son vote."))
    if not Ballot.objects.filter(pk=ballot.pk).exclude(cast_at=None).exists():
        move(quote=quote, act=QuoteEvent.Act.VOTE, actor=QuoteEvent.Actor.MEMBER)
    Ballot.objects.filter(pk=ballot.pk).update(choice=choice, comment=comment, cast_at=timezone.now())


def tally_of(vote: BoardVote, ballots: Iterable[Ballot]) -> Tally:
    """The count of a vote. Once a secret vote is closed, only its decision knows it."""
    rows = list(ballots)
    decision = getattr(vote, "decision", None)
    if decision is not None:
        return Tally(
            len(rows), decision.votes_for or 0, decision.votes_against or 0, decision.votes_abstain or 0
        )
    given = [ballot.choice for ballot in rows]
    return Tally(len(rows), *(given.count(each) for each in ("for", "against", "abstain")))


def count_to_read(vote: BoardVote, ballots: Iterable[Ballot]) -> Tally | None:
    """The count of a vote that is over; None before, and for a secret vote that ended without effect: it forgot."""
    forgotten = vote.secret and not hasattr(vote, "decision")
    return None if vote.closed_at is None or forgotten else tally_of(vote, ballots)


def result_of(tally: Tally, quorum: int) -> tuple[str, str]:
    """The result of a count, and the sentence that says why: a simple majority of the voices for or against."""
    if not tally.cast or tally.cast < quorum:
        told = {"cast": tally.cast, "quorum": max(quorum, 1)}
        return BoardDecision.Result.POSTPONED, _("Quorum non atteint : %(cast)s sur %(quorum)s.") % told
    if tally.votes_for > tally.votes_against:
        return BoardDecision.Result.ACCEPTED, ""
    if tally.votes_for == tally.votes_against:
        return BoardDecision.Result.POSTPONED, _("Égalité des voix : à vos statuts de dire qui tranche.")
    return BoardDecision.Result.REFUSED, ""


@transaction.atomic
def close_vote(*, vote: BoardVote) -> BoardDecision | None:
    """Count, record the decision, and forget who voted what if the vote was secret. Closing twice counts once.

    None when the quote was decided or ran out in between: the vote is closed, without effect.
    """
    quote = (
        Quote.objects.select_for_update(of=("self",))
        .select_related("hoster", "organization")
        .get(pk=vote.quote_id)
    )
    locked = BoardVote.objects.select_for_update(of=("self",)).select_related("opened_by").get(pk=vote.pk)
    if locked.closed_at or locked.cancelled_at:
        return getattr(locked, "decision", None)
    ballots = list(locked.ballots.all())
    end_vote(locked, ballots)
    return _decision_of(quote, locked, ballots) if quote.undecided else None


def _decision_of(quote: Quote, vote: BoardVote, ballots: list[Ballot]) -> BoardDecision:
    tally = tally_of(vote, ballots)
    result, why = result_of(tally, vote.quorum)
    decided = Decided(
        body=vote.body,
        decided_on=min(timezone.localdate(), vote.closes_on),
        result=result,
        conditions=why,
        count=Count(tally.cast, vote.quorum, tally.votes_for, tally.votes_against, tally.votes_abstain),
        mandated=Mandated(vote.mandated_name, vote.mandated_role, vote.mandated_email),
        minutes_reference=_("Consultation en ligne close le %(day)s")
        % {"day": min(timezone.localdate(), vote.closes_on).strftime("%d/%m/%Y")},
        key=uuid5(vote.key, "decision"),
    )
    return write_decision(quote=quote, decided=decided, by=vote.opened_by, vote=vote)


@transaction.atomic
def cancel_vote(*, vote: BoardVote) -> None:
    """Stop a vote without a result: its links open nothing any more. Cancelling twice changes nothing."""
    locked = BoardVote.objects.select_for_update(of=("self",)).get(pk=vote.pk)
    if locked.closed_at is None and locked.cancelled_at is None:
        locked.cancelled_at = timezone.now()
        locked.save(update_fields=["cancelled_at"])


def close_finished_votes() -> int:
    """Close the votes whose last day is over, in the scope of one hoster. Returns how many."""
    finished = BoardVote.objects.filter(closed_at=None, cancelled_at=None, closes_on__lt=timezone.localdate())
    return sum(1 for vote in finished if close_vote(vote=vote) is not None)
