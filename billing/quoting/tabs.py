"""The states of quotes as tabs of a list, counted in one query."""

from dataclasses import dataclass

from django.db.models import Count, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.models import Quote
from hosters.models import Hoster

State = Quote.State

#: Address, words, states. An undecided quote past its last day is among the expired ones, written or not.
TABS = (
    ("", _("Tous"), ()),
    ("brouillons", _("Brouillons"), (State.DRAFT,)),
    ("en-cours", _("À décider"), Quote.OPEN_STATES),
    ("acceptes", _("Acceptés"), (State.ACCEPTED,)),
    ("refuses", _("Refusés"), (State.REFUSED,)),
    ("expires", _("Expirés"), (State.EXPIRED,)),
    ("autres", _("Remplacés ou retirés"), (State.SUPERSEDED, State.WITHDRAWN)),
)


@dataclass(frozen=True)
class Tab:
    code: str
    label: str
    count: int
    current: bool


def tab_filter(code: str) -> Q:
    """The quotes of a tab; every quote for an unknown one."""
    states = next((states for known, _label, states in TABS if known == code), ())
    if not states:
        return Q()
    late = Q(state__in=Quote.OPEN_STATES, valid_until__lt=timezone.localdate())
    if State.EXPIRED in states:
        return Q(state__in=states) | late
    return Q(state__in=states) & ~late


def tabs(hoster: Hoster, current: str) -> list[Tab]:
    """Every tab with its count."""
    counts = {f"tab_{index}": Count("pk", filter=tab_filter(tab[0])) for index, tab in enumerate(TABS)}
    counted = Quote.objects.filter(hoster=hoster).aggregate(**counts)
    return [
        Tab(code, str(label), counted[f"tab_{index}"], code == current)
        for index, (code, label, _states) in enumerate(TABS)
    ]
