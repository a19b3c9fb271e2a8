"""Dedicated ranges made at once: see the matrix, create the drafts, undo what nobody touched (002-072, 002-073)."""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from django.db import transaction

from hosters.models import Hoster, User
from offers.catalogue.entries import ComponentEntry, OfferEntry, RangeEntry
from offers.library import components_of, ranges_to_generate
from offers.library.planting import draft_offer, take_components
from offers.models import GeneratedOffer, Generation, Offer, OfferComponent, Range
from offers.models.offer import DEEPEST
from offers.parts import all_parts
from offers.ranges import keep_range

#: What a copy takes from its model: how one leaves it, and what is not given.
FROM_MODEL = ("notice_days", "export_formats", "retrieval_days", "erasure_days", "exit_help", "data_location")


@dataclass(frozen=True)
class PlannedOffer:
    """A draft that would be created. `exists`: the hoster has an offer of this short name, which stays as it is."""

    entry: OfferEntry
    exists: bool

    @cached_property
    def components(self) -> list[ComponentEntry]:
        return components_of(self.entry)


@dataclass(frozen=True)
class PlannedRange:
    """A row of the matrix: one public, its levels or its packs."""

    entry: RangeEntry
    offers: list[PlannedOffer]


def plan(*, hoster: Hoster, slugs: Iterable[str]) -> list[PlannedRange]:
    """What the generator would create for these ranges of the library. Nothing is written."""
    wanted = set(slugs)
    taken = set(Offer.objects.filter(hoster=hoster).values_list("slug", flat=True))
    return [
        PlannedRange(entry, [PlannedOffer(offer, offer.slug in taken) for offer in offers])
        for entry, offers in ranges_to_generate().items()
        if entry.slug in wanted
    ]


@transaction.atomic
def generate(
    *, hoster: Hoster, slugs: Sequence[str], model: Offer | None, key: UUID, by: User | None
) -> Generation:
    """Create the drafts of the plan, in their ranges. The same key twice creates them once.

    With a `model`, each draft keeps a link to it, its conditions of departure and, at the lowest level or in each
    pack, what it gives.
    """
    Hoster.objects.select_for_update().get(pk=hoster.pk)
    known = Generation.objects.filter(hoster=hoster, key=key).first()
    if known is not None:
        return known
    planned = plan(hoster=hoster, slugs=slugs)
    title = ", ".join(each.entry.name for each in planned)[:240]
    generation = Generation.objects.create(hoster=hoster, title=title, key=key, created_by=by)
    wanted = [part.component for each in planned for offer in each.offers for part in offer.entry.parts]
    take_components(hoster=hoster, slugs=wanted)
    for each in planned:
        _range(generation, each, model)
    return generation


def _range(generation: Generation, planned: PlannedRange, model: Offer | None) -> None:
    hoster = generation.hoster
    row = Range.objects.filter(hoster=hoster, name=planned.entry.name).first() or keep_range(
        range=Range(hoster=hoster, name=planned.entry.name, purpose=planned.entry.purpose)
    )
    for each in planned.offers:
        if each.exists:
            continue
        offer = draft_offer(hoster=hoster, entry=replace(each.entry, comment=""))
        offer.range, offer.inherits, offer.made_from = row, _held(hoster, each.entry), model
        if model is not None:
            _follow(offer, model)
        offer.save()
        written = Offer.objects.get(pk=offer.pk)
        GeneratedOffer.objects.create(generation=generation, offer=written, mark=mark_of(written))


def _held(hoster: Hoster, entry: OfferEntry) -> Offer | None:
    """The level below, made just now or already there; none when too many offers would be one in another."""
    held = Offer.objects.filter(hoster=hoster, slug=entry.inherits).first() if entry.inherits else None
    return held if held is not None and len(held.lineage) <= DEEPEST else None


def _follow(offer: Offer, model: Offer) -> None:
    """The conditions of the model; and its components, unless they come from the level below."""
    for name in FROM_MODEL:
        setattr(offer, name, getattr(model, name))
    if offer.inherits is not None:
        return
    had = set(offer.parts.values_list("component_id", flat=True))
    added = [part for part in all_parts(model) if part.component_id not in had]
    for rank, part in enumerate(added, len(had) + 1):
        OfferComponent.objects.create(
            offer=offer, component=part.component, detail=part.detail, position=rank
        )


def mark_of(offer: Offer) -> str:
    """The digest of everything that a person may change in a draft."""
    content = {
        field.name: getattr(offer, field.attname)
        for field in Offer._meta.concrete_fields
        if field.name not in ("position", "made_from")
    }
    parts = OfferComponent.objects.filter(offer=offer).order_by("position", "pk")
    told = [content, list(parts.values_list("component_id", "detail", "entitlements__label"))]
    return hashlib.sha256(json.dumps(told, sort_keys=True, default=str).encode()).hexdigest()


def untouched(generation: Generation) -> list[Offer]:
    """The drafts that are still as they were made: never published, without tariff, and that nothing else holds."""
    rows = [made for made in generation.made.select_related("offer") if _as_made(made)]
    ours = {made.offer_id for made in rows}
    while held := {pk for pk in ours if Offer.objects.filter(inherits=pk).exclude(pk__in=ours).exists()}:
        ours -= held
    return [made.offer for made in rows if made.offer_id in ours]


def _as_made(made: GeneratedOffer) -> bool:
    offer = made.offer
    priced = offer.tariff_versions.exists() or hasattr(offer, "tariff_draft")
    return offer.state == Offer.State.DRAFT and not priced and mark_of(offer) == made.mark


@transaction.atomic
def undo(*, generation: Generation) -> int:
    """Delete the drafts that nobody touched and the ranges they leave empty; says how many drafts went.

    The components that were taken from the library stay: they are the hoster's now.
    """
    Offer.objects.select_for_update().filter(generated__generation=generation).count()
    gone = untouched(generation)
    ranges = {offer.range_id for offer in gone if offer.range_id}
    for offer in sorted(gone, key=lambda each: -each.level_rank):  # the highest holds the others
        offer.delete()
    Range.objects.filter(pk__in=ranges, offers=None).delete()
    if not generation.made.exists():
        generation.delete()
    return len(gone)
