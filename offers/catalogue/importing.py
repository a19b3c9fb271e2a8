"""Write a catalogue into the database: all of it or nothing, and twice changes nothing."""

from collections.abc import Mapping
from dataclasses import asdict

from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scope

from hosters.models import Hoster, Subprocessor, User
from offers.catalogue.entries import Catalogue, ComponentEntry, OfferEntry, PartEntry
from offers.catalogue.problems import CatalogueError, FileProblem
from offers.models import Component, Entitlement, Need, Offer, OfferComponent, Range
from offers.tariffs import publish_tariff, tariff_in_force
from pricing.engine import Tariff, dump_tariff


@transaction.atomic
def import_catalogue(*, catalogue: Catalogue, hoster: Hoster | None = None, by: User | None = None) -> Hoster:
    """Create or update what the catalogue describes; what it does not name stays as it is.

    The offers go to `hoster`, whose identity is left alone; without one, to the hoster that the file describes,
    which is created or updated. A tariff that differs from the one in force becomes a new dated version, by `by`.

    Raises:
        CatalogueError: nobody to give the offers to.
    """
    owner = hoster or _described_hoster(catalogue)
    with scope(hoster=owner):
        needs = {
            need.title: _need(owner, rank, need.title, asdict(need))
            for rank, need in enumerate(catalogue.needs, 1)
        }
        components = {
            entry.slug: _component(owner, rank, entry, needs[entry.need])
            for rank, entry in enumerate(catalogue.components, 1)
        }
        ranges = {
            each.slug: _range(owner, rank, asdict(each)) for rank, each in enumerate(catalogue.ranges, 1)
        }
        for rank, offer in enumerate(catalogue.offers, 1):
            _tariff(_offer(owner, rank, offer, components, ranges), offer.tariff, by)
    return owner


def _described_hoster(catalogue: Catalogue) -> Hoster:
    if catalogue.hoster is None:
        message = _(
            "Ce fichier ne dit pas à qui sont les offres : ajoutez « hoster », ou nommez l’hébergeur."
        )
        raise CatalogueError([FileProblem(1, "", message)])
    identity = asdict(catalogue.hoster)
    entrusted = identity.pop("subprocessors")
    owner, _created = Hoster.objects.update_or_create(slug=identity.pop("slug"), defaults=identity)
    with scope(hoster=owner):
        _subprocessors(owner, entrusted)
    return owner


def _subprocessors(owner: Hoster, entrusted: list[dict[str, str]]) -> None:
    """The file has the whole list: who is no longer in it is no longer entrusted with anything."""
    Subprocessor.objects.exclude(name__in=[each["name"] for each in entrusted]).delete()
    for rank, each in enumerate(entrusted, 1):
        Subprocessor.objects.update_or_create(
            hoster=owner, name=each["name"], defaults={**each, "position": rank}
        )


def _need(owner: Hoster, rank: int, title: str, values: dict[str, str]) -> Need:
    row, _created = Need.objects.update_or_create(
        hoster=owner, title=title, defaults={**values, "position": rank}
    )
    return row


def _component(owner: Hoster, rank: int, entry: ComponentEntry, need: Need) -> Component:
    values = {**asdict(entry), "need": need, "position": rank}
    row, _created = Component.objects.update_or_create(hoster=owner, slug=entry.slug, defaults=values)
    return row


def _range(owner: Hoster, rank: int, values: dict[str, str]) -> Range:
    row, _created = Range.objects.update_or_create(
        hoster=owner, slug=values["slug"], defaults={**values, "position": rank}
    )
    return row


def _offer(
    owner: Hoster,
    rank: int,
    entry: OfferEntry,
    components: Mapping[str, Component],
    ranges: Mapping[str, Range],
) -> Offer:
    own = {
        key: getattr(entry, key)
        for key in entry.__dataclass_fields__
        if key not in ("parts", "tariff", "range")
    }
    values = {**own, "range": ranges.get(entry.range), "position": rank}
    offer, _created = Offer.objects.update_or_create(hoster=owner, slug=entry.slug, defaults=values)
    kept = [
        _part(offer, order, part, components[part.component]) for order, part in enumerate(entry.parts, 1)
    ]
    offer.parts.exclude(pk__in=[part.pk for part in kept]).delete()
    return offer


def _part(offer: Offer, rank: int, entry: PartEntry, component: Component) -> OfferComponent:
    given = {"detail": entry.detail, "position": rank}
    part, _created = OfferComponent.objects.update_or_create(offer=offer, component=component, defaults=given)
    wanted = [(right.metric, right.label) for right in entry.entitlements]
    if wanted != list(part.entitlements.values_list("metric", "label")):
        part.entitlements.all().delete()
        Entitlement.objects.bulk_create(
            Entitlement(part=part, metric=metric, label=label, position=order)
            for order, (metric, label) in enumerate(wanted, 1)
        )
    return part


def _tariff(offer: Offer, tariff: Tariff | None, by: User | None) -> None:
    """A changed tariff is another version; the one in force is never edited. None: nothing is said of it."""
    if tariff is None:
        return
    in_force = tariff_in_force(offer)
    definition = dump_tariff(tariff)
    if in_force is None or dump_tariff(in_force.tariff) != definition:
        publish_tariff(offer=offer, definition=definition, by=by, note=_("Import d’un catalogue"))
