"""The offers as a storefront shows them: for whom first, then the needs, then the ranges side by side (002-100)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst

from offers.comparison import Column, Comparison, at_term, compare
from offers.models import Need, Offer, Range, Segment
from offers.term_switch import TermChoice, asked_term, term_choices

PUBLIC = "public"


@dataclass(frozen=True)
class Audience:
    """A kind of public for which something is offered. `current`: the one whose offers are shown."""

    code: str
    label: str
    current: bool


@dataclass(frozen=True)
class Shelf:
    """Offers to be compared together: a range, or the offers of a public that belong to none."""

    range: Range | None
    audience: str
    comparison: Comparison

    @property
    def anchor(self) -> str:
        return f"gamme-{self.range.slug}" if self.range else f"offres-{self.audience}"

    @property
    def title(self) -> str:
        return self.range.name if self.range else capfirst(str(Segment(self.audience).label))

    @property
    def url(self) -> str:
        """Where all of them are."""
        if self.range:
            return self.range.get_absolute_url()
        return f"{reverse('storefront:offers')}?{PUBLIC}={self.audience}"


@dataclass(frozen=True)
class Showcase:
    """What a page shows: shelves for one public, at one term."""

    audiences: list[Audience]
    shelves: list[Shelf]
    terms: list[TermChoice]

    @property
    def audience(self) -> Audience | None:
        return next((audience for audience in self.audiences if audience.current), None)

    @property
    def needs(self) -> dict[Need, list[Offer]]:
        """Each need with the offers that answer it."""
        answers: dict[Need, list[Offer]] = {}
        for column in self.columns:
            for need in column.needs:
                answers.setdefault(need, []).append(column.offer)
        return answers

    @property
    def columns(self) -> list[Column]:
        return [column for shelf in self.shelves for column in shelf.comparison.all]


def published_offers() -> list[Offer]:
    """The published offers of the hoster in scope, in the order chosen, with what a comparison reads."""
    return list(Offer.objects.published().for_display().select_related("hoster"))


def with_starting_prices(offers: QuerySet[Offer]) -> list[Column]:
    """These offers in the order chosen, each with its smallest configuration."""
    rows = offers.for_display().select_related("hoster")  # type: ignore[attr-defined]  # OfferQuerySet
    return [at_term(offer, 0) for offer in rows]


def showcase(
    offers: Sequence[Offer], *, public: str = "", term: str = "", everybody: bool = False
) -> Showcase:
    """The offers made for a public: the one asked, else associations, else the first that has some.

    `term` is the number of months as typed in an address. `everybody`: without a choice, all publics are shown.
    """
    codes = [code for code in Segment.values if any(code in offer.segments for offer in offers)]
    by_default = "" if everybody else next(iter(codes), "")
    chosen = public if public in codes else by_default
    shown = [offer for offer in offers if not chosen or chosen in offer.segments]
    months = asked_term(shown, term)
    audiences = [Audience(code, str(Segment(code).label), code == chosen) for code in codes]
    return Showcase(audiences, _shelves(shown, months, chosen), term_choices(shown, months))


def shelf_of(range: Range, offers: Sequence[Offer], *, term: str = "") -> Showcase:
    """The page of one range."""
    months = asked_term(offers, term)
    ranked = by_level(offers)
    return Showcase([], [Shelf(range, "", compare(ranked, months=months))], term_choices(ranked, months))


def by_level(offers: Iterable[Offer]) -> list[Offer]:
    """The offers of a range, the lowest level first; those of one rank keep their order (002-069)."""
    return sorted(offers, key=lambda offer: offer.level_rank)


def _shelves(offers: Iterable[Offer], months: int, public: str) -> list[Shelf]:
    """Ranges in the hoster's order, then the offers that belong to none, by public (the one chosen, if any)."""
    groups: dict[tuple[Range | None, str], list[Offer]] = {}
    for offer in offers:
        groups.setdefault((offer.range, "" if offer.range else public or offer.segment), []).append(offer)
    ordered = sorted(
        groups.items(), key=lambda group: (group[0][0] is None, group[0][0].position if group[0][0] else 0)
    )
    return [
        Shelf(range, audience, compare(by_level(group) if range else group, months=months))
        for (range, audience), group in ordered
    ]
