"""The catalogue that a hoster has in the database."""

from dataclasses import fields
from typing import Any

from django.db.models import Model
from django_scopes import scope

from hosters.models import Hoster, Subprocessor
from offers.catalogue.entries import (
    Catalogue,
    ComponentEntry,
    EntitlementEntry,
    HosterEntry,
    NeedEntry,
    OfferEntry,
    PartEntry,
    RangeEntry,
    SubprocessorEntry,
)
from offers.models import Component, Need, Offer, OfferComponent, Range
from offers.tariffs import tariff_in_force


def stored_catalogue(hoster: Hoster) -> Catalogue:
    """Everything a file holds, with the tariffs in force today."""
    with scope(hoster=hoster):
        return Catalogue(
            hoster=HosterEntry(
                subprocessors=tuple(
                    SubprocessorEntry(**_copied(SubprocessorEntry, each))
                    for each in Subprocessor.objects.all()
                ),
                **_copied(HosterEntry, hoster, "subprocessors"),
            ),
            needs=tuple(
                NeedEntry(**_copied(NeedEntry, need)) for need in Need.objects.order_by("position", "pk")
            ),
            components=tuple(
                map(_component, Component.objects.order_by("position", "pk").select_related("need"))
            ),
            ranges=tuple(
                RangeEntry(**_copied(RangeEntry, each)) for each in Range.objects.order_by("position", "pk")
            ),
            offers=tuple(map(_offer, _all_offers())),
        )


def _all_offers() -> list[Offer]:
    rows = Offer.objects.order_by("position", "pk").select_related("range")
    return list(rows.prefetch_related("parts__component", "parts__entitlements", "tariff_versions"))


def _copied(entry: Any, row: Model, *but: str) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(entry) if field.name not in but}


def _component(row: Component) -> ComponentEntry:
    return ComponentEntry(need=row.need.title, **_copied(ComponentEntry, row, "need"))


def _offer(row: Offer) -> OfferEntry:
    version = tariff_in_force(row)
    return OfferEntry(
        range=row.range.slug if row.range else "",
        parts=tuple(map(_part, row.parts.all())),
        tariff=version.tariff if version else None,
        **_copied(OfferEntry, row, "range", "parts", "tariff"),
    )


def _part(row: OfferComponent) -> PartEntry:
    rights = [EntitlementEntry(right.metric, right.label) for right in row.entitlements.all()]
    return PartEntry(row.component.slug, row.detail, tuple(rights))
