"""Write a catalogue into the database: all of it or nothing, and twice changes nothing."""

from collections.abc import Mapping
from dataclasses import asdict, fields
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _
from django_scopes import scope

from hosters.models import Hoster, PublicPromise, Subprocessor, User
from hosters.registries import replace_charter, replace_statements
from offers.catalogue.entries import Catalogue, ComponentEntry, HosterEntry, OfferEntry, PartEntry, RangeEntry
from offers.catalogue.problems import CatalogueError, FileProblem
from offers.linter import lint_hoster
from offers.models import Component, Entitlement, Need, Offer, OfferComponent, Range
from offers.tariffs import publish_tariff, tariff_in_force
from offers.versions import differs, publish_version
from pricing.engine import Severity, Tariff, dump_tariff

#: Said of the brand since files exist: an older file is silent about them.
LATER = {"accent_color", "footer_text", "statements", "charter"}


@transaction.atomic
def import_catalogue(*, catalogue: Catalogue, hoster: Hoster | None = None, by: User | None = None) -> Hoster:
    """Create or update what the catalogue describes; what it does not name stays as it is.

    The offers go to `hoster`, whose identity is left alone; without one, to the hoster that the file describes,
    which is created or updated. A tariff that differs from the one in force becomes a new dated version, by `by`.

    Raises:
        CatalogueError: nobody to give the offers to.
    """
    owner = hoster or _described_hoster(catalogue, by)
    with scope(hoster=owner):
        needs = {
            need.title: _need(owner, rank, need.title, asdict(need))
            for rank, need in enumerate(catalogue.needs, 1)
        }
        components = {
            entry.slug: _component(owner, rank, entry, needs[entry.need])
            for rank, entry in enumerate(catalogue.components, 1)
        }
        ranges = {each.slug: _range(owner, rank, each) for rank, each in enumerate(catalogue.ranges, 1)}
        rows = {
            entry.slug: _offer(owner, rank, entry, components, ranges)
            for rank, entry in enumerate(catalogue.offers, 1)
        }
        for entry in catalogue.offers:  # what is published copies what it holds: all of it is written first
            _held(rows[entry.slug], rows.get(entry.inherits))
        for entry in catalogue.offers:
            _tariff(rows[entry.slug], entry.tariff, by)
        _publish(owner, [row for row in rows.values() if row.state == Offer.State.PUBLISHED], by)
    return owner


def _publish(owner: Hoster, offers: list[Offer], by: User | None) -> None:
    """A file sets errors of the linter aside as a person does: in the open, on the version and in the list."""
    changed = [offer for offer in offers if differs(offer)]
    aside: dict[str, list[dict[str, str]]] = {}
    for each in lint_hoster(owner) if changed else ():
        if each.severity is Severity.ERROR:
            reason = _("Publiée par l’import d’un catalogue, sans autre raison écrite.")
            told = {"check": each.check, "message": each.message, "reason": reason}
            aside.setdefault(each.offer, []).append(told)
    for offer in offers:
        note = _("Import d’un catalogue")
        publish_version(offer=offer, by=by, note=note, overrides=aside.get(offer.slug, ()))


def _described_hoster(catalogue: Catalogue, by: User | None) -> Hoster:
    if catalogue.hoster is None:
        message = _(
            "Ce fichier ne dit pas à qui sont les offres : ajoutez « hoster », ou nommez l’hébergeur."
        )
        raise CatalogueError([FileProblem(1, "", message)])
    identity = said_of(catalogue.hoster)
    lists = {name: identity.pop(name, None) for name in ("subprocessors", "statements", "charter")}
    owner, _created = Hoster.objects.update_or_create(slug=identity.pop("slug"), defaults=identity)
    with scope(hoster=owner):
        _subprocessors(owner, lists["subprocessors"] or [])
    if lists["statements"]:
        replace_statements(hoster=owner, rows=lists["statements"], by=by)
    if lists["charter"]:
        replace_charter(hoster=owner, rows=lists["charter"], by=by)
    return owner


def said_of(entry: HosterEntry) -> dict[str, Any]:
    """The identity whole, and of the public promise only what the file says: an older file erases nothing of it."""
    promised = {field.name for field in PublicPromise._meta.fields} | LATER
    silent = {each.name for each in fields(entry) if getattr(entry, each.name) == each.default}
    return {key: value for key, value in asdict(entry).items() if key not in promised & silent}


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


def _range(owner: Hoster, rank: int, entry: RangeEntry) -> Range:
    values = {**asdict(entry), "model_families": list(entry.model_families), "position": rank}
    row, _created = Range.objects.update_or_create(hoster=owner, slug=entry.slug, defaults=values)
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
        if key not in ("parts", "tariff", "range", "inherits", "also_for")
    }
    values = {
        **own,
        "range": ranges.get(entry.range),
        "also_for": list(entry.also_for),
        "footnotes": [asdict(note) for note in entry.footnotes],
        "position": rank,
    }
    offer, _created = Offer.objects.update_or_create(hoster=owner, slug=entry.slug, defaults=values)
    kept = [
        _part(offer, order, part, components[part.component]) for order, part in enumerate(entry.parts, 1)
    ]
    offer.parts.exclude(pk__in=[part.pk for part in kept]).delete()
    return offer


def _held(offer: Offer, held: Offer | None) -> None:
    """Once all of them exist, each is told which one it holds; the file was refused if that made a ring."""
    if offer.inherits_id != (held.pk if held else None):
        offer.inherits = held
        offer.save(update_fields=["inherits"])


def _part(offer: Offer, rank: int, entry: PartEntry, component: Component) -> OfferComponent:
    given = {"detail": entry.detail, "charges": list(entry.charges), "position": rank}
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
