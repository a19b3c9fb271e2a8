"""The offers as a storefront shows them: each with the price it starts from, needs first."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet

from offers.configurator import Configuration, configure
from offers.models import Need, Offer


@dataclass(frozen=True)
class ShownOffer:
    """An offer and its smallest configuration (None: no tariff yet)."""

    offer: Offer
    starting: Configuration | None

    @property
    def needs(self) -> list[Need]:
        """What it is for, each need once, in the order of its components."""
        return list(dict.fromkeys(part.component.need for part in self.offer.parts.all()))


def shown_offers() -> list[ShownOffer]:
    """The published offers of the hoster in scope, in the order chosen."""
    return with_starting_prices(Offer.objects.published())


def with_starting_prices(offers: QuerySet[Offer]) -> list[ShownOffer]:
    """These offers in the order chosen, each with its smallest configuration."""
    rows = offers.for_display().select_related("hoster")  # type: ignore[attr-defined]  # OfferQuerySet
    return [ShownOffer(offer, configure(offer, {})) for offer in rows]


def needs_of(shown: Iterable[ShownOffer]) -> dict[Need, list[Offer]]:
    """Each need with the offers that answer it."""
    answers: dict[Need, list[Offer]] = {}
    for each in shown:
        for need in each.needs:
            answers.setdefault(need, []).append(each.offer)
    return answers
