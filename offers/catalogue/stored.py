"""The catalogue that a hoster has in the database."""

from dataclasses import fields
from typing import Any

from django.db.models import Model
from django_scopes import scope

from hosters.models import CharterCommitment, Hoster, Statement, Subprocessor
from offers.catalogue.entries import (
    Catalogue,
    CommitmentEntry,
    ComponentEntry,
    EntitlementEntry,
    FootnoteEntry,
    HosterEntry,
    NeedEntry,
    OfferEntry,
    PartEntry,
    RangeEntry,
    StatementEntry,
    SubprocessorEntry,
)
from offers.models import Component, Need, Offer, OfferComponent, Range
from offers.tariffs import tariff_in_force


def stored_catalogue(hoster: Hoster) -> Catalogue:
    """Everything a file holds, with the tariffs in force today."""
    with scope(hoster=hoster):
        return Catalogue(
            hoster=_hoster(hoster),
            needs=tuple(
                NeedEntry(**_copied(NeedEntry, need)) for need in Need.objects.order_by("position", "pk")
            ),
            components=tuple(
                map(_component, Component.objects.order_by("position", "pk").select_related("need"))
            ),
            ranges=tuple(map(_range, Range.objects.order_by("position", "pk"))),
            offers=tuple(map(_offer, _all_offers())),
        )


def _hoster(hoster: Hoster) -> HosterEntry:
    lists = {
        "subprocessors": (SubprocessorEntry, Subprocessor.objects.all()),
        "statements": (StatementEntry, Statement.objects.all()),
        "charter": (CommitmentEntry, CharterCommitment.objects.all()),
    }
    rows: dict[str, Any] = {
        name: tuple(entry(**_copied(entry, row)) for row in all_) for name, (entry, all_) in lists.items()
    }
    return HosterEntry(**_copied(HosterEntry, hoster, *lists), **rows)


def _all_offers() -> list[Offer]:
    rows = Offer.objects.order_by("position", "pk").select_related("range", "inherits")
    return list(rows.prefetch_related("parts__component", "parts__entitlements", "tariff_versions"))


def _copied(entry: Any, row: Model, *but: str) -> dict[str, Any]:
    return {field.name: getattr(row, field.name) for field in fields(entry) if field.name not in but}


def _component(row: Component) -> ComponentEntry:
    return ComponentEntry(need=row.need.title, **_copied(ComponentEntry, row, "need"))


def _range(row: Range) -> RangeEntry:
    return RangeEntry(model_families=tuple(row.model_families), **_copied(RangeEntry, row, "model_families"))


def _offer(row: Offer) -> OfferEntry:
    version = tariff_in_force(row)
    return OfferEntry(
        range=row.range.slug if row.range else "",
        inherits=row.inherits.slug if row.inherits else "",
        also_for=tuple(row.also_for),
        parts=tuple(map(_part, row.parts.all())),
        tariff=version.tariff if version else None,
        footnotes=tuple(FootnoteEntry(**each) for each in row.footnotes),
        **_copied(OfferEntry, row, "range", "inherits", "also_for", "parts", "tariff", "footnotes"),
    )


def _part(row: OfferComponent) -> PartEntry:
    rights = [EntitlementEntry(right.metric, right.label) for right in row.entitlements.all()]
    return PartEntry(row.component.slug, row.detail, tuple(row.charges), tuple(rights))
