"""The decision of an association: recorded once by the mandated person or counted from a vote, never changed."""

from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billing.board.minutes import Minutes, store_minutes
from billing.board.waiting import BoardRefused, lock_waiting
from billing.models import BoardDecision, BoardVote, Quote, QuoteEvent
from billing.quoting.states import Told, move
from crm.models import Contact
from crm.organizations import introduce
from hosters.mail import queue_mail


@dataclass(frozen=True)
class Count:
    """What was counted, each number only if it was told. `present` are there or represented."""

    present: int | None = None
    quorum: int | None = None
    votes_for: int | None = None
    votes_against: int | None = None
    votes_abstain: int | None = None


@dataclass(frozen=True)
class Mandated:
    """Who is asked to accept for the association."""

    name: str = ""
    role: str = ""
    email: str = ""


@dataclass(frozen=True)
class Decided:
    """A decision as it was told; `minutes_reference` such as « PV du 3 décembre, point 4 »."""

    body: str
    decided_on: date
    result: str
    key: UUID
    conditions: str = ""
    count: Count = field(default_factory=Count)
    mandated: Mandated = field(default_factory=Mandated)
    minutes_reference: str = ""
    minutes: Minutes | None = None


def standing_decision(quote: Quote) -> BoardDecision | None:
    """The decision that counts: the latest that no correction replaced."""
    return BoardDecision.objects.filter(quote=quote).standing().first()


def role_of_mandate(quote: Quote, email: str) -> str:
    """The role under which the decision that counts mandates the person of an address, or ""."""
    decision = standing_decision(quote)
    return decision.mandated_role if decision and decision.mandated_email == email.lower() else ""


def record_decision(
    *, quote: Quote, decided: Decided, by: Contact, corrects: BoardDecision | None = None
) -> BoardDecision:
    """Record what the association decided; a favourable one sends its link to the mandated person.

    The same form sent twice, even at once, records one decision.

    Raises:
        BoardRefused: the quote waits for no decision, a decision stands already and this one does not correct it,
            or a vote is open. Once the quote is accepted or refused, the result itself changes no more.
    """
    try:
        return _already(decided, quote) or _record(quote, decided, by, corrects)
    except IntegrityError:  # the other one was first
        if already := _already(decided, quote):
            return already
        raise BoardRefused(
            _("Cette décision vient d’être corrigée. Rechargez la page pour lire la correction.")
        ) from None


def _already(decided: Decided, quote: Quote) -> BoardDecision | None:
    return quote.decisions.filter(key=decided.key).first()


@transaction.atomic
def _record(quote: Quote, decided: Decided, by: Contact, corrects: BoardDecision | None) -> BoardDecision:
    locked = _lock(quote, decided, corrects)
    if locked.votes.filter(closed_at=None, cancelled_at=None).exists():
        raise BoardRefused(_("Un vote en ligne est ouvert : fermez-le ou annulez-le d’abord."))
    if reason := _cannot_follow(standing_decision(locked), corrects):
        raise BoardRefused(reason)
    return write_decision(quote=locked, decided=decided, by=by, corrects=corrects)


def _lock(quote: Quote, decided: Decided, corrects: BoardDecision | None) -> Quote:
    """A quote that waits; or one whose answer this record only completes, such as the minutes written afterwards."""
    locked = Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
    favourable = decided.result in BoardDecision.FAVOURABLE
    same = corrects is None or corrects.favourable == favourable
    answered = {
        Quote.State.ACCEPTED: favourable,
        Quote.State.REFUSED: not favourable and corrects is not None,
    }
    if answered.get(Quote.State(locked.state), False) and same:
        return locked
    return lock_waiting(quote)


def _cannot_follow(standing: BoardDecision | None, corrects: BoardDecision | None) -> str:
    """A new decision follows none or a postponed one; a correction follows the very decision it corrects."""
    if corrects and corrects != standing:
        return _("Cette décision a déjà été corrigée. Rechargez la page pour lire la correction.")
    if not corrects and standing and standing.result != BoardDecision.Result.POSTPONED:
        return _("Une décision est déjà enregistrée : corrigez-la si elle est inexacte.")
    return ""


@transaction.atomic
def write_decision(
    *,
    quote: Quote,
    decided: Decided,
    by: Contact,
    corrects: BoardDecision | None = None,
    vote: BoardVote | None = None,
) -> BoardDecision:
    """Write the row, its file, and who must be told. Called with the quote locked."""
    minutes = decided.minutes
    decision = BoardDecision.objects.create(
        quote=quote,
        corrects=corrects,
        vote=vote,
        body=decided.body,
        decided_on=decided.decided_on,
        result=decided.result,
        conditions=decided.conditions,
        **vars(decided.count),
        minutes_reference=decided.minutes_reference,
        minutes_type=minutes.media_type if minutes else "",
        minutes_size=len(minutes.content) if minutes else 0,
        minutes_sha256=minutes.sha256 if minutes else "",
        mandated_name=decided.mandated.name,
        mandated_role=decided.mandated.role,
        mandated_email=decided.mandated.email.lower(),
        recorded_by=by.email,
        key=decided.key,
    )
    if minutes:
        store_minutes(decision, minutes)
    if quote.undecided:
        _follow(decision)
    queue_mail(hoster=quote.hoster, kind="decision_recorded", to=quote.hoster.email, reference=decision.pk)
    return decision


def _follow(decision: BoardDecision) -> None:
    """Yes sends the link that decides to the mandated person; no is the answer of the association."""
    if decision.favourable:
        _mandate(decision)
    elif decision.result == BoardDecision.Result.REFUSED:
        move(
            quote=decision.quote,
            act=QuoteEvent.Act.REFUSE,
            actor=QuoteEvent.Actor.CLIENT,
            told=Told(
                name=decision.recorded_by[:80], reason=QuoteEvent.Reason.BOARD, note=decision.conditions
            ),
        )


def _mandate(decision: BoardDecision) -> None:
    """The mandated person becomes known in the association and receives the link that decides."""
    organization = decision.quote.organization
    contact = introduce(
        organization=organization,
        name=decision.mandated_name,
        role=decision.mandated_role,
        email=decision.mandated_email,
        source=_("décision de l’association, devis %(number)s") % {"number": decision.quote.number},
    )
    queue_mail(hoster=decision.quote.hoster, kind="mandate_given", to=contact.email, reference=decision.pk)
