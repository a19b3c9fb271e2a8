"""From the library to the hoster's own needs, components and drafts. What it already has is used as it is."""

from collections.abc import Iterable
from dataclasses import asdict

from django.db import transaction

from hosters.models import Hoster
from offers.catalogue.entries import ComponentEntry, NeedEntry, OfferEntry
from offers.components import keep_component
from offers.library import library
from offers.models import Component, Need, Offer, OfferComponent
from offers.needs import keep_need
from offers.part_editing import add_part

#: Said by the entry in another way than the row.
OTHERWISE = {"parts", "tariff", "range", "inherits", "also_for", "state"}


@transaction.atomic
def take_components(*, hoster: Hoster, slugs: Iterable[str], into: Offer | None = None) -> list[Component]:
    """Copy components of the library, with their needs, in the order of the library. Returns what was created.

    A slug that the hoster already has, or that the library does not know, is left alone: twice changes nothing.
    `into`: an offer that gets them too.
    """
    Hoster.objects.select_for_update().get(pk=hoster.pk)  # two pickings at once do not create the same twice
    wanted = set(slugs) - set(Component.objects.filter(hoster=hoster).values_list("slug", flat=True))
    needs = {need.title: need for need in library().needs}
    taken = [
        _component(hoster, entry, _need(hoster, needs[entry.need]))
        for entry in library().components
        if entry.slug in wanted
    ]
    if into is not None:
        for component in taken:
            add_part(offer=into, component=component)
    return taken


def _need(hoster: Hoster, entry: NeedEntry) -> Need:
    known = Need.objects.filter(hoster=hoster, title=entry.title).first()
    return known or keep_need(need=Need(hoster=hoster, **asdict(entry)))


def _component(hoster: Hoster, entry: ComponentEntry, need: Need) -> Component:
    return keep_component(component=Component(hoster=hoster, **asdict(entry) | {"need": need}))


@transaction.atomic
def start_offer(*, hoster: Hoster, entry: OfferEntry) -> tuple[Offer, bool]:
    """A draft made from an offer of the library, with the components it needs. False: it was there already."""
    take_components(hoster=hoster, slugs=[part.component for part in entry.parts])
    known = Offer.objects.filter(hoster=hoster, slug=entry.slug).first()
    return (known, False) if known else (draft_offer(hoster=hoster, entry=entry), True)


@transaction.atomic
def draft_offer(*, hoster: Hoster, entry: OfferEntry) -> Offer:
    """Write an offer of the library as a draft, after the hoster's other offers. Its components must be there."""
    values = {key: getattr(entry, key) for key in entry.__dataclass_fields__ if key not in OTHERWISE}
    last = (
        Offer.objects.filter(hoster=hoster).order_by("-position").values_list("position", flat=True).first()
    )
    offer = Offer.objects.create(hoster=hoster, **values, position=min((last or 0) + 1, 32767))
    named = [part.component for part in entry.parts]
    rows = Component.objects.filter(hoster=hoster, slug__in=named)
    components = {component.slug: component for component in rows}
    for rank, part in enumerate(entry.parts, 1):
        OfferComponent.objects.create(
            offer=offer, component=components[part.component], detail=part.detail, position=rank
        )
    return offer
