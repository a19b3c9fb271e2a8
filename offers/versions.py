"""Versions of an offer: what visitors read is always the latest one; the workshop prepares the next (002-067)."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db import transaction

from hosters.models import User
from offers.freezing import content_of, fingerprint, same
from offers.models import Component, Entitlement, Offer, OfferComponent, OfferVersion, Range


@transaction.atomic
def publish_version(
    *, offer: Offer, by: User | None = None, note: str = "", overrides: Sequence[Mapping[str, str]] = ()
) -> OfferVersion:
    """Copy the offer as it is now: this is what everybody reads from now on.

    When the latest version already says the same nothing is added, so that a form sent twice publishes once.
    `overrides`: the findings that a person set aside (`check`, `message`, `reason`).
    """
    row = Offer.objects.select_for_update().get(pk=offer.pk)  # two publications at once take two numbers
    content = content_of(row)
    version = row.public_version
    if version is None or not same(version.content, content):
        last = row.versions.values_list("number", flat=True).first() or 0
        version = OfferVersion.objects.create(
            offer=row,
            number=last + 1,
            published_by=by,
            range=row.range,
            content=content,
            sha256=fingerprint(content),
            note=note,
            overrides=list(overrides),
        )
    _set(offer, state=Offer.State.PUBLISHED, public_version=version)
    return version


@transaction.atomic
def withdraw_offer(*, offer: Offer) -> None:
    """Take an offer off the storefront. Its versions, quotes and contracts stay; it can be published again."""
    if offer.state == Offer.State.PUBLISHED:
        _set(offer, state=Offer.State.WITHDRAWN)


def differs(offer: Offer) -> bool:
    """Whether something is prepared that visitors do not read yet."""
    version = offer.public_version
    return version is None or not same(version.content, content_of(offer))


def is_ahead(offer: Offer) -> bool:
    """Whether an offer on sale has changes that wait to be published."""
    return offer.state == Offer.State.PUBLISHED and differs(offer)


@transaction.atomic
def restart_from(*, offer: Offer, version: OfferVersion) -> list[str]:
    """Put the working copy back to what a version said; visitors see nothing of it before it is published.

    Returns:
        What could not be put back, in words: components that are no longer in the catalogue.
    """
    content = version.content
    fields = {field.name: field for field in Offer._meta.concrete_fields if not field.is_relation}
    values = {
        name: fields[name].to_python(value) for name, value in content["offer"].items() if name in fields
    }
    slug = (content["range"] or {}).get("slug")
    held = Offer.objects.filter(pk=(content.get("held") or {}).get("id")).first()
    if held is not None and offer in held.lineage:  # it came to hold this one meanwhile
        held = None
    _set(offer, range=Range.objects.filter(slug=slug).first() if slug else None, inherits=held, **values)
    own = [entry for entry in content["parts"] if not (held and entry.get("held"))]
    known = Component.objects.in_bulk([entry["component"]["id"] for entry in own])
    offer.parts.all().delete()
    for rank, entry in enumerate(own, 1):
        if component := known.get(entry["component"]["id"]):
            _put_back(offer, component, entry, rank)
    return [entry["component"]["function"] for entry in own if entry["component"]["id"] not in known]


def _put_back(offer: Offer, component: Component, entry: Mapping[str, Any], rank: int) -> None:
    kept = {"detail": entry["part"]["detail"], "charges": entry["part"].get("charges", [])}
    part = OfferComponent.objects.create(offer=offer, component=component, position=rank, **kept)
    Entitlement.objects.bulk_create(
        Entitlement(part=part, metric=right["metric"], label=right["label"], position=order)
        for order, right in enumerate(entry["rights"], 1)
    )


def _set(offer: Offer, **values: Any) -> None:
    for name, value in values.items():
        setattr(offer, name, value)
    offer.save(update_fields=list(values))
