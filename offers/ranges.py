"""Ranges: which offers are compared together, in what order, at which level, for which pack (002-069 to 002-071)."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import models, transaction
from django.db.models import Count, Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from offers.components import first_free
from offers.models import Offer, Range, Segment
from offers.models.offer import DEEPEST


class RingOfOffers(ValueError):
    """An offer would hold itself, or too many one in another; the message says what to do."""


@dataclass(frozen=True)
class Place:
    """Where an offer stands in a range. `rank` 1 is the lowest level; `level` and `pack` may be ""."""

    offer: Offer
    rank: int
    level: str = ""
    pack: str = ""


def ordered_ranges() -> models.QuerySet[Range]:
    """The ranges of the hoster in scope, with `size`: how many offers each has, published or not."""
    return Range.objects.annotate(size=Count("offers")).order_by("position", "pk")


@transaction.atomic
def keep_range(*, range: Range) -> Range:
    """Record a range as it was written; a new one goes last, under a short name made from its name."""
    if range.pk is None:
        taken = set(Range.objects.filter(hoster=range.hoster).values_list("slug", flat=True))
        range.slug = first_free(slugify(range.name)[:55] or "gamme", taken)
        range.position = (Range.objects.aggregate(last=Max("position"))["last"] or 0) + 1
    range.save()
    return range


@transaction.atomic
def delete_range(*, range: Range) -> None:
    """Forget a range. Its offers stay, outside any range."""
    range.delete()


@transaction.atomic
def arrange(*, range: Range, places: Sequence[Place]) -> None:
    """Give a range its offers: those named are in it, the lowest rank first; the others leave it."""
    ordered = sorted(places, key=lambda place: place.rank)
    range.offers.exclude(pk__in=[place.offer.pk for place in ordered]).update(range=None, level_rank=0)
    for rank, place in enumerate(ordered, 1):
        Offer.objects.filter(pk=place.offer.pk).update(
            range=range, level_rank=rank, level=place.level, pack=place.pack
        )


@transaction.atomic
def place_offer(*, offer: Offer, segment: str, also_for: Sequence[str], inherits: Offer | None) -> None:
    """Say for whom an offer is made, and which other offer it holds whole (002-068, 002-137).

    Raises:
        RingOfOffers: it would hold itself, or more than `DEEPEST` offers would be one in another.
    """
    others = {each.pk: each for each in Offer.objects.select_for_update().filter(hoster=offer.hoster)}
    held = others.get(inherits.pk) if inherits else None
    refuse_ring(offer, held, others)
    row = others[offer.pk]
    row.segment = segment
    row.also_for = [code for code in Segment.values if code in also_for and code != segment]
    row.inherits = held
    row.save(update_fields=["segment", "also_for", "inherits"])


def refuse_ring(offer: Offer, held: Offer | None, offers: dict[int, Offer]) -> None:
    """Walk up from what would be held, then down from the offer: neither may meet the other, nor be too long.

    Raises:
        RingOfOffers: see above.
    """
    above = _above(held, offers) if held else []
    if offer.pk in above:
        raise RingOfOffers(
            _("« %(name)s » se contiendrait elle-même. Choisissez une offre qui ne la contient pas.")
            % {"name": offer.name}
        )
    if len(above) + _below(offer.pk, offers) > DEEPEST:
        told = {"most": DEEPEST}
        raise RingOfOffers(
            _(
                "Plus de %(most)s offres l’une dans l’autre : personne ne s’y retrouve. Choisissez-en une plus simple."
            )
            % told
        )


def _above(offer: Offer | None, offers: dict[int, Offer]) -> list[int]:
    """An offer and everything it holds, each once."""
    found: list[int] = []
    while offer is not None and offer.pk not in found:
        found.append(offer.pk)
        offer = offers.get(offer.inherits_id or 0)
    return found


def _below(pk: int, offers: dict[int, Offer]) -> int:
    """How many steps lead to the furthest offer that holds this one."""
    holders = [each.pk for each in offers.values() if each.inherits_id == pk and each.pk != pk]
    return 1 + max(_below(holder, offers) for holder in holders) if holders else 0
