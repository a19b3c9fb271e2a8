"""Which clauses a hoster puts in its contracts, by default and for one offer, with which values (003-020)."""

from dataclasses import dataclass
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.clauses.clause import Clause, Exit, Value
from billing.clauses.library import BY_CODE, CLAUSES
from billing.models import ClauseChoice
from hosters.models import Hoster
from offers.models import Offer
from offers.promise import promise_of


@dataclass(frozen=True)
class Chosen:
    """A clause as a contract would have it. `own`: chosen for this very offer, or by this hoster, not by default."""

    clause: Clause
    used: bool
    values: dict[str, Value]
    own: bool


def chosen_clauses(hoster: Hoster, offer: Offer | None = None) -> list[Chosen]:
    """Every clause of the library, in order: what we propose, then the hoster's choice, then the offer's."""
    rows = ClauseChoice.objects.filter(hoster=hoster)
    by_default = {row.code: row for row in rows.filter(offer=None)}
    for_offer = {row.code: row for row in rows.filter(offer=offer)} if offer else by_default
    return [_chosen(each, for_offer.get(each.code), by_default.get(each.code)) for each in CLAUSES]


def _chosen(clause: Clause, own: ClauseChoice | None, inherited: ClauseChoice | None) -> Chosen:
    row = own or inherited
    if row is None:
        return Chosen(clause, clause.always or clause.proposed, clause.defaults(), own=False)
    kept = {code: value for code, value in row.values.items() if code in clause.defaults()}
    return Chosen(clause, clause.always or row.used, clause.defaults() | kept, own=own is not None)


def clause_for(hoster: Hoster, offer: Offer | None, code: str) -> Chosen | None:
    """One clause of the library as chosen; None when there is none of this code."""
    return next((each for each in chosen_clauses(hoster, offer) if each.clause.code == code), None)


@transaction.atomic
def choose_clause(
    *, hoster: Hoster, offer: Offer | None, code: str, used: bool, values: dict[str, Value]
) -> ClauseChoice:
    """Keep a choice; quotes already issued keep theirs.

    Raises:
        KeyError: the library has no clause of this code.
    """
    clause = BY_CODE[code]
    row, _created = ClauseChoice.objects.update_or_create(
        hoster=hoster,
        offer=offer,
        code=code,
        defaults={"used": used or clause.always, "values": values},
    )
    return row


@transaction.atomic
def forget_choice(*, hoster: Hoster, offer: Offer | None, code: str) -> None:
    """Back to the hoster's default, or to ours."""
    ClauseChoice.objects.filter(hoster=hoster, offer=offer, code=code).delete()


def promised_exit(promise: dict[str, Any]) -> Exit:
    """What an offer promised for the end, in the words of a contract."""
    told = promise["exit"]
    return Exit(
        notice=_days(told["notice_days"]) or _("aucun préavis"),
        formats=told["export_formats"] or _("formats ouverts et documentés"),
        retrieval=_after(told["retrieval_days"]),
        erasure=_after(told["erasure_days"]),
    )


def _days(count: int) -> str:
    return ngettext("%(count)s jour", "%(count)s jours", count) % {"count": count} if count else ""


def _after(count: int) -> str:
    return _("%(days)s après la fin") % {"days": _days(count)} if count else _("dès la fin")


def sample(chosen: Chosen, offer: Offer | None) -> list[str]:
    """The sentences that a clause writes, with the end of contract of this offer or with words in its place."""
    promised = promised_exit(promise_of(offer)) if offer else _any_exit()
    return chosen.clause.write(chosen.values, promised)


def _any_exit() -> Exit:
    words = _("selon l’offre")
    return Exit(notice=words, formats=words, retrieval=words, erasure=words)
