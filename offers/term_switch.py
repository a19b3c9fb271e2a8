"""The switch between terms for everything a page shows, with what each one saves, computed (002-101)."""

from collections.abc import Sequence
from dataclasses import dataclass

from offers.comparison import at_term, terms_of
from offers.models import Offer
from pricing.forms import term_label


@dataclass(frozen=True)
class TermChoice:
    """One link of the switch. `percent`: the largest saving among the offers, 0 for none."""

    months: int
    label: str
    percent: int
    current: bool


def asked_term(offers: Sequence[Offer], typed: str) -> int:
    """The term to show (months): the one asked when some offer sells it, else the shortest; 0 when none is sold."""
    sold = _sold(offers)
    asked = int(typed) if typed.isascii() and typed.isdigit() and len(typed) < 4 else 0
    return asked if asked in sold else next(iter(sold), 0)


def term_choices(offers: Sequence[Offer], months: int) -> list[TermChoice]:
    """The terms sold by these offers; nothing when there is no choice to make."""
    sold = _sold(offers)
    if len(sold) < 2:
        return []
    return [
        TermChoice(length, term_label(length), _largest_saving(offers, length), length == months)
        for length in sold
    ]


def _sold(offers: Sequence[Offer]) -> list[int]:
    return sorted({length for offer in offers for length in terms_of(offer)})


def _largest_saving(offers: Sequence[Offer], months: int) -> int:
    references = [at_term(offer, months).reference for offer in offers if months in terms_of(offer)]
    return max(
        (reference.percent for reference in references if reference and not reference.welcome), default=0
    )
