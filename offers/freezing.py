"""What visitors read of an offer, as plain data that a version keeps for ever."""

import hashlib
import json
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import Model

from offers.models import Component, Need, Offer, OfferComponent
from offers.parts import all_parts

#: Not versioned, by table: where a row stands and what the team alone reads.
NOT_SHOWN: dict[type[Model], frozenset[str]] = {
    Offer: frozenset({"id", "slug", "state", "position", "comment", "review_on"}),
    OfferComponent: frozenset({"id", "position"}),
    Component: frozenset({"position", "capacity", "capacity_unit", "download_url"}),
    Need: frozenset({"position"}),
}


def content_of(offer: Offer) -> dict[str, Any]:
    """Everything the public reads of an offer as it is now, inherited components included, but its prices."""
    content = {
        "offer": _columns(offer, Offer),
        "range": {"slug": offer.range.slug, "name": offer.range.name} if offer.range else None,
        "held": {"id": held.pk, "slug": held.slug, "name": held.name} if (held := offer.inherits) else None,
        "parts": [{**_part(part), "held": part.offer_id != offer.pk} for part in all_parts(offer)],
    }
    plain: dict[str, Any] = json.loads(json.dumps(content, cls=DjangoJSONEncoder))
    return plain


def completed(content: dict[str, Any]) -> dict[str, Any]:
    """An older copy with the columns that came since, at their default: only what a person changed differs."""
    parts = [
        {
            "held": False,
            **entry,
            "part": {**_defaults(OfferComponent), **entry["part"]},
            "component": {**_defaults(Component), **entry["component"]},
            "need": {**_defaults(Need), **entry["need"]},
        }
        for entry in content["parts"]
    ]
    return {"held": None, **content, "offer": {**_defaults(Offer), **content["offer"]}, "parts": parts}


def _defaults(model: type[Model]) -> dict[str, Any]:
    return _columns(model(), model)


def same(one: dict[str, Any], other: dict[str, Any]) -> bool:
    """Whether two copies say the same."""
    return fingerprint(completed(one)) == fingerprint(completed(other))


def fingerprint(content: dict[str, Any]) -> str:
    """SHA-256 of the canonical JSON."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _part(part: OfferComponent) -> dict[str, Any]:
    component = part.component
    return {
        "part": _columns(part, OfferComponent),
        "component": _columns(component, Component),
        "need": _columns(component.need, Need),
        "rights": [{"metric": right.metric, "label": right.label} for right in part.entitlements.all()],
    }


def _columns(row: Model, table: type[Model]) -> dict[str, Any]:
    """Every column that refers to nothing else, by name, so that a column to come is kept too."""
    found = {}
    for field in row._meta.concrete_fields:
        if not field.is_relation and field.name not in NOT_SHOWN[table]:
            value = field.value_from_object(row)
            plain = value is None or isinstance(value, str | int | bool | list | dict)
            found[field.name] = value if plain else field.value_to_string(row)
    return found
