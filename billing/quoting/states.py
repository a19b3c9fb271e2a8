"""The life of a quote: one table of what may happen, and `move`, the only place that changes `Quote.state`.

`docs/devis.md` shows the same table for people; a test reads it there and walks every state, act and actor.
"""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.board.endings import end_votes_of
from billing.deals import follow
from billing.models import Quote, QuoteEvent
from hosters.models import User

State = Quote.State
Act = QuoteEvent.Act
Actor = QuoteEvent.Actor
STAFF, CLIENT, MEMBER, CLOCK = Actor.STAFF, Actor.CLIENT, Actor.MEMBER, Actor.CLOCK


class ActRefused(Exception):
    """This act is not possible now, or not for this person; the message says why and what to do, in French."""


@dataclass(frozen=True)
class Rule:
    """Who may act, and the state that follows."""

    actors: frozenset[str]
    after: str


@dataclass(frozen=True)
class Told:
    """What is kept with an act: the member of staff, or the person of the link; the reason and free text."""

    by: User | None = None
    name: str = ""
    reason: str = ""
    note: str = ""
    meeting_on: date | None = None
    valid_until: date | None = None


NOTHING_TOLD = Told()


def _rule(after: str, *actors: str) -> Rule:
    return Rule(frozenset(actors), after)


def _waiting(state: str, after_open: str) -> dict[str, Rule]:
    """What may happen to a quote on which the association has not decided."""
    return {
        Act.OPEN: _rule(after_open, CLIENT, MEMBER),
        Act.CHOOSE_OPTIONS: _rule(state, CLIENT),
        Act.ASK_CHANGE: _rule(after_open, CLIENT),
        Act.PUT_IN_REVIEW: _rule(State.IN_REVIEW, CLIENT, STAFF),
        Act.VOTE: _rule(after_open, MEMBER),
        Act.EXTEND: _rule(state, STAFF),
        Act.ACCEPT: _rule(State.ACCEPTED, CLIENT, STAFF),
        Act.REFUSE: _rule(State.REFUSED, CLIENT, STAFF),
        Act.EXPIRE: _rule(State.EXPIRED, CLOCK),
        Act.SUPERSEDE: _rule(State.SUPERSEDED, STAFF, CLIENT),
        Act.WITHDRAW: _rule(State.WITHDRAWN, STAFF),
        Act.REVISE: _rule(state, STAFF),
        Act.DUPLICATE: _rule(state, STAFF),
    }


def _closed(state: str, *, revisable: bool = True, renewable: bool = False) -> dict[str, Rule]:
    """What may still happen once it is over: looked at, copied, and where it makes sense taken up again."""
    rules: dict[str, Rule] = {Act.OPEN: _rule(state, CLIENT, MEMBER), Act.DUPLICATE: _rule(state, STAFF)}
    if revisable:
        rules[Act.REVISE] = _rule(state, STAFF)
        rules[Act.ASK_CHANGE] = _rule(state, CLIENT)
    if renewable:
        rules[Act.RENEW] = _rule(state, STAFF, CLIENT)
    if revisable or renewable:
        rules[Act.SUPERSEDE] = _rule(State.SUPERSEDED, STAFF, CLIENT)
    return rules


TABLE: dict[str, dict[str, Rule]] = {
    State.DRAFT: {
        Act.EDIT: _rule(State.DRAFT, STAFF),
        Act.SEND: _rule(State.SENT, STAFF, CLIENT),
        Act.WITHDRAW: _rule(State.WITHDRAWN, STAFF),
        Act.DUPLICATE: _rule(State.DRAFT, STAFF),
    },
    State.SENT: _waiting(State.SENT, State.SEEN),
    State.SEEN: _waiting(State.SEEN, State.SEEN),
    State.IN_REVIEW: _waiting(State.IN_REVIEW, State.IN_REVIEW),
    State.ACCEPTED: _closed(State.ACCEPTED, revisable=False),
    State.REFUSED: _closed(State.REFUSED),
    State.EXPIRED: _closed(State.EXPIRED, renewable=True),
    State.SUPERSEDED: _closed(State.SUPERSEDED, revisable=False),
    State.WITHDRAWN: _closed(State.WITHDRAWN),
}

#: Saying no without a word helps nobody: these acts carry a reason or a text.
WITH_WORDS = (Act.REFUSE, Act.ASK_CHANGE, Act.WITHDRAW)

STATE_REFUSALS = {
    State.DRAFT: gettext_lazy("Ce devis est encore un brouillon : envoyez-le d’abord."),
    State.SENT: gettext_lazy("Ce devis est envoyé : il ne change plus. Faites-en une nouvelle version."),
    State.SEEN: gettext_lazy("Ce devis est envoyé : il ne change plus. Faites-en une nouvelle version."),
    State.IN_REVIEW: gettext_lazy("Ce devis est devant le conseil : faites-en une nouvelle version."),
    State.ACCEPTED: gettext_lazy("Ce devis a déjà été accepté."),
    State.REFUSED: gettext_lazy("Ce devis a été refusé. Pour en reparler, demandez une nouvelle version."),
    State.EXPIRED: gettext_lazy(
        "Ce devis n’est plus valable. Demandez-en un nouveau : cela prend deux minutes."
    ),
    State.SUPERSEDED: gettext_lazy("Une nouvelle version a remplacé ce devis : c’est elle qu’il faut lire."),
    State.WITHDRAWN: gettext_lazy("Ce devis a été retiré. Écrivez-nous pour en recevoir un autre."),
}

ACTOR_REFUSALS = {
    Actor.STAFF: gettext_lazy("Seule l’association peut le faire."),
    Actor.CLIENT: gettext_lazy("Seul votre hébergeur peut le faire : écrivez-lui depuis la page du devis."),
    Actor.READER: gettext_lazy(
        "Ce lien permet de lire le devis, pas d’agir. Passez par la personne qui l’a reçu par e-mail."
    ),
    Actor.MEMBER: gettext_lazy("Votre lien permet de voter. Le reste revient à la personne mandatée."),
    Actor.CLOCK: gettext_lazy("Une personne doit le faire."),
}


def refusal(*, quote: Quote, act: str, actor: str, on: date | None = None) -> str:
    """Why this act is not possible for this actor that day (today by default), or ""."""
    state = _state_for(quote, act, on)
    rule = TABLE[state].get(act)
    if actor == Actor.READER:
        return str(ACTOR_REFUSALS[Actor.READER])
    if rule is None:
        return str(STATE_REFUSALS[State(state)])
    if actor not in rule.actors:
        return str(ACTOR_REFUSALS[Actor(actor)])
    if act == Act.EXPIRE and not quote.expired(on):
        return _("Ce devis est encore valable.")
    return ""


@transaction.atomic
def move(*, quote: Quote, act: str, actor: str, told: Told = NOTHING_TOLD, on: date | None = None) -> Quote:
    """Lock a quote, check the table, write its state and one line of its story; the locked row.

    `told.meeting_on` is needed to put it before the board, `told.valid_until` to extend its validity.
    Opening twice is told once.

    Raises:
        ActRefused: the table does not allow it, or the date or the words that it needs are missing.
    """
    locked = Quote.objects.select_for_update(of=("self",)).get(pk=quote.pk)
    if reason := refusal(quote=locked, act=act, actor=actor, on=on) or _missing(locked, act, told):
        raise ActRefused(reason)
    before, after = locked.state, TABLE[_state_for(locked, act, on)][act].after
    if act == Act.OPEN and before == after:
        return locked
    locked.state = after
    if act == Act.PUT_IN_REVIEW:
        locked.meeting_on = told.meeting_on
    if act == Act.EXTEND and told.valid_until:
        locked.valid_until = told.valid_until
    locked.save(update_fields=["state", "meeting_on", "valid_until"])
    _tell(locked, act, actor, told, before)
    if before != after or act == Act.PUT_IN_REVIEW:
        follow(locked)
    if before in Quote.OPEN_STATES and after not in Quote.OPEN_STATES:
        end_votes_of(locked)
    return locked


def _state_for(quote: Quote, act: str, on: date | None) -> str:
    """Past its last day a quote is expired for everybody, but for the act that writes it down."""
    return quote.state if act == Act.EXPIRE else quote.current_state(on)


def _missing(quote: Quote, act: str, told: Told) -> str:
    if act == Act.PUT_IN_REVIEW and told.meeting_on is None:
        return _("Indiquez la date de la réunion.")
    if act == Act.EXTEND and (told.valid_until is None or told.valid_until <= quote.valid_until):
        return _("Indiquez un jour après la fin actuelle de validité.")
    if act in WITH_WORDS and quote.state != State.DRAFT and not (told.reason or told.note.strip()):
        return _("Dites en quelques mots pourquoi.")
    return ""


def _tell(quote: Quote, act: str, actor: str, told: Told, before: str) -> None:
    QuoteEvent.objects.create(
        quote=quote,
        act=act,
        actor=actor,
        by=told.by,
        name=told.name,
        before=before,
        after=quote.state,
        reason=told.reason,
        note=told.note.strip(),
    )
