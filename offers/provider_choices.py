"""The components that several structures may do: the association chooses one when it asks for a quote (002-168)."""

from typing import NamedTuple

from offers.models import Offer
from offers.parts import all_parts

#: What a form sends for the hoster itself, which has no name among the partners.
OURSELVES = "-"


class ProviderChoice(NamedTuple):
    """`component` is its short name; `choices` are pairs (value, words), the usual structure first."""

    component: str
    label: str
    choices: list[tuple[str, str]]


def provider_choices(offer: Offer) -> list[ProviderChoice]:
    """In the order of the page; nothing for an offer whose components each have one structure."""
    return [
        ProviderChoice(
            part.component.slug,
            part.component.function,
            [(name or OURSELVES, name or offer.hoster.name) for name in part.component.providers],
        )
        for part in all_parts(offer)
        if len(part.component.providers) > 1
    ]
