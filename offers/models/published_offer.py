from collections.abc import Mapping
from typing import Any, Self, cast

from django.db import models

from offers.models.component import Component
from offers.models.entitlement import Entitlement
from offers.models.need import Need
from offers.models.offer import Offer, OfferComponent


class WrittenElsewhere(Exception):
    """A published copy was about to be written: the workshop changes the working copy, then publishes it."""


class PublishedOffer(Offer):
    """An offer as one of its versions says: read by every public page, never written.

    `parts`, their components, needs and rights come from the version: reading them costs no query.
    """

    class Meta:
        proxy = True

    @classmethod
    def of(cls, row: Offer) -> Self:
        """The offer as visitors read it."""
        version = row.public_version
        assert version is not None  # `published()` asks for those that have one
        copy = cls.reading(row, version.content)
        copy.range = version.range
        return copy

    @classmethod
    def reading(cls, row: Offer, content: Mapping[str, Any]) -> Self:
        """This row, which becomes the copy, saying what `content` says; its range stays."""
        row.__class__ = cls
        copy = cast(Self, row)
        for name, value in _known(Offer, content["offer"]).items():
            setattr(copy, name, value)
        copy.inherits = held = _held(row, content.get("held"))
        _keep_parts(
            copy,
            [
                _part(held if held and entry.get("held") else copy, entry, rank)
                for rank, entry in enumerate(content["parts"], 1)
            ],
        )
        return copy

    @property
    def lineage(self) -> list[Offer]:
        """Itself alone: what it held on the day of its publication was copied with it."""
        return [self]

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Never.

        Raises:
            WrittenElsewhere: always.
        """
        raise WrittenElsewhere(str(self))

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Never.

        Raises:
            WrittenElsewhere: always.
        """
        raise WrittenElsewhere(str(self))


def _known(model: type[models.Model], values: Mapping[str, Any]) -> dict[str, Any]:
    """Of the values kept, those that the table still has."""
    fields = {field.name: field for field in model._meta.concrete_fields if not field.is_relation}
    return {name: fields[name].to_python(value) for name, value in values.items() if name in fields}


def _held(row: Offer, content: Mapping[str, Any] | None) -> Offer | None:
    """The offer that a version says it holds, as it was called that day, where it is today, without its parts."""
    if content is None:
        return None
    today = row.inherits if row.inherits_id == content["id"] else None
    held = Offer(pk=content["id"], hoster_id=row.hoster_id, name=content["name"])
    held.slug, held.state = (today.slug, today.state) if today else (content["slug"], Offer.State.WITHDRAWN)
    held.inherits = None
    _keep_parts(held, [])
    return held


def _part(offer: Offer, entry: Mapping[str, Any], rank: int) -> OfferComponent:
    need = Need(hoster_id=offer.hoster_id, **_known(Need, entry["need"]))
    component = Component(hoster_id=offer.hoster_id, need=need, **_known(Component, entry["component"]))
    # Django asks for a key before it follows a relation, even one kept in memory: this one is nobody's.
    part = OfferComponent(pk=-(offer.pk * 1000 + rank), offer=offer, component=component, position=rank)
    for name, value in _known(OfferComponent, entry["part"]).items():
        setattr(part, name, value)
    rights: models.QuerySet[Entitlement] = models.QuerySet(Entitlement).filter(part__offer=offer.pk)
    rights._result_cache = [
        Entitlement(part=part, metric=right["metric"], label=right["label"], position=order)
        for order, right in enumerate(entry["rights"], 1)
    ]
    _keep(part, "entitlements", rights)
    return part


def _keep_parts(offer: Offer, found: list[OfferComponent]) -> None:
    parts: models.QuerySet[OfferComponent] = models.QuerySet(OfferComponent).filter(offer=offer.pk)
    parts._result_cache = found
    _keep(offer, "parts", parts)


def _keep(row: models.Model, relation: str, rows: models.QuerySet[Any]) -> None:
    """As if Django had prefetched them."""
    vars(row).setdefault("_prefetched_objects_cache", {})[relation] = rows
