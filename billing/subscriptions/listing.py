"""The lists of subscriptions that staff look at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import Q
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing.models import Subscription
from hosters.models import Hoster

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: Code in the address, words, which rows.
TABS: dict[str, tuple[str | Promise, Callable[[], Q]]] = {
    "": (_("En cours"), lambda: Q(ended_on=None)),
    "departs": (_("Sur le départ"), lambda: Q(ended_on=None, ends_on__isnull=False)),
    "sortie-libre": (_("Sortie libre"), lambda: Q(ended_on=None, free_exit_from__isnull=False)),
    "termines": (_("Terminés"), lambda: Q(ended_on__isnull=False)),
}


@dataclass(frozen=True)
class Tab:
    code: str
    label: str
    count: int
    current: bool


def tabs(hoster: Hoster, current: str) -> list[Tab]:
    """Each tab with its number of rows."""
    rows = Subscription.objects.filter(hoster=hoster)
    known = current if current in TABS else ""
    return [
        Tab(code, str(label), rows.filter(which()).count(), code == known)
        for code, (label, which) in TABS.items()
    ]


def listed(hoster: Hoster, tab: str, wanted: str) -> "QuerySet[Subscription]":
    """The rows of a tab, the nearest deadline first, whose organisation or contract holds these words."""
    rows = Subscription.objects.filter(TABS[tab][1](), hoster=hoster).select_related("organization", "quote")
    if wanted:
        rows = rows.filter(Q(organization__name__icontains=wanted) | Q(quote__number__icontains=wanted))
    return rows.order_by("ends_on", "next_invoice_on", "pk")
