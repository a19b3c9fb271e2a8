"""A person is an address at a hoster: one or several cards. Upper apps say what they hold of it in `ready()`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.utils.functional import Promise

from crm.models import Contact
from hosters.models import Hoster

#: What an app holds of these cards, as JSON values.
Chapter = Callable[["QuerySet[Contact]"], list[dict[str, Any]]]
#: Empties what an app holds of these cards, and may be emptied.
Eraser = Callable[["QuerySet[Contact]"], None]


@dataclass(frozen=True)
class Hold:
    """Why some cards cannot be emptied on a day: `of` selects them.

    `waits`: it only delays the end of the time that we keep people; who asks to be erased is erased all the same.
    """

    reason: str | Promise
    of: Callable[[Hoster, date], Q]
    waits: bool = False


_chapters: dict[str, Chapter] = {}
_erasers: list[Eraser] = []
_holds: list[Hold] = []


def register_chapter(name: str, chapter: Chapter) -> None:
    """Add what an app exports of a person. Called in `ready()`."""
    _chapters[name] = chapter


def register_eraser(eraser: Eraser) -> None:
    """Add what an app empties when a person is erased. Called in `ready()`."""
    _erasers.append(eraser)


def register_hold(hold: Hold) -> None:
    """Add a reason that keeps some cards. Called in `ready()`."""
    _holds.append(hold)


def chapters() -> Iterable[tuple[str, Chapter]]:
    return _chapters.items()


def erasers() -> list[Eraser]:
    return list(_erasers)


def cards_of(contact: Contact) -> "QuerySet[Contact]":
    """Every card of the person who has this card: the same address, at the same hoster."""
    return Contact.objects.filter(
        organization__hoster=contact.organization.hoster, email__iexact=contact.email, erased_at=None
    )


def reasons_to_keep(hoster: Hoster, cards: "QuerySet[Contact]", *, on: date) -> list[str]:
    """Why these cards cannot be emptied on a day even if the person asks, in French; nothing when they can."""
    held = [hold for hold in _holds if not hold.waits and cards.filter(hold.of(hoster, on)).exists()]
    return [str(hold.reason) for hold in held]


def free_to_end(hoster: Hoster, cards: "QuerySet[Contact]", *, on: date) -> "QuerySet[Contact]":
    """The cards that nothing holds on a day."""
    for hold in _holds:
        cards = cards.exclude(hold.of(hoster, on))
    return cards
