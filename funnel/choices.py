"""The words of the filters, which upper apps know: names of offers, kinds of public, sources of organisations."""

from collections.abc import Callable

from funnel.counters import known_sources
from funnel.look import Look
from hosters.models import Hoster

Choices = list[tuple[str, str]]
Naming = Callable[[Hoster], Choices]

OFFER, SEGMENT, SOURCE = "offer", "segment", "source"
_namings: dict[str, Naming] = {}


def register_names(kind: str, naming: Naming) -> None:
    """Declare who names the offers or the kinds of public of a hoster. Called in `ready()`."""
    _namings[kind] = naming


def names_of(kind: str, hoster: Hoster) -> Choices:
    """Code and name of each offer, or of each kind of public."""
    return _namings[kind](hoster) if kind in _namings else []


def sources_of(look: Look) -> Choices:
    """The sources of the links followed, then what people answered; the one that is looked at stays, whether or not
    anybody came by it."""
    told = names_of(SOURCE, look.hoster)
    followed = {*known_sources(look), look.source} - {"", *dict(told)}
    return [*((source, source) for source in sorted(followed)), *told]
