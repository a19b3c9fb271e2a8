"""Searches kept under a name, for oneself or for the team (004-012, 004-044)."""

from urllib.parse import urlencode

from django.db.models import Q, QuerySet
from django.http import QueryDict

from crm.models import SavedFilter
from hosters.models import Hoster, User

LONGEST = 500


def clean_query(query: str, names: list[str]) -> str:
    """What a saved address may hold: known criteria, each once, and nothing else."""
    told = QueryDict(query[:LONGEST])
    return urlencode({name: told[name][:80] for name in names if told.get(name)})


def save_filter(*, hoster: Hoster, owner: User, name: str, query: str, shared: bool) -> SavedFilter:
    """Keep a search; the same name again replaces it."""
    saved, _created = SavedFilter.objects.update_or_create(
        hoster=hoster, owner=owner, name=name.strip(), defaults={"query": query, "shared": shared}
    )
    return saved


def forget_filter(*, saved: SavedFilter) -> None:
    """Take it off the list."""
    saved.delete()


def filters_of(hoster: Hoster, user: User) -> QuerySet[SavedFilter]:
    """One's own, then those that the team shares."""
    mine_or_shared = Q(owner=user) | Q(shared=True)
    return SavedFilter.objects.filter(mine_or_shared, hoster=hoster).select_related("owner").order_by("name")
