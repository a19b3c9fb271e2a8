"""Changes to the working copy of an offer. Visitors see none of them before a version is published."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.text import slugify
from django.utils.translation import gettext as _

from hosters.models import Hoster
from offers.freezing import fingerprint
from offers.models import Entitlement, FormerSlug, Offer, OfferComponent, TariffDraft
from offers.tariffs import tariff_in_force

#: Words that are pages of the workshop, not addresses of offers.
RESERVED = frozenset({"nouvelle"})
LONGEST_SLUG, LONGEST_NAME = 60, 60


class AddressTaken(ValueError):
    """Another offer has this address, or had it; the message says which."""


class ChangedMeanwhile(Exception):
    """Somebody else saved these fields since this page was shown; nothing was written."""


class NotDeletable(ValueError):
    """The offer was published once: documents may refer to it. It can be withdrawn."""


def slug_for(name: str) -> str:
    """The address proposed for a name: « L’Essentiel » gives `lessentiel`; "" when no letter is left."""
    return slugify(name.replace("’", " ").replace("'", " "))[:LONGEST_SLUG].strip("-")


def check_address(slug: str, *, but: Offer | None = None) -> None:
    """Whether an offer of the hoster in scope may have this address.

    Raises:
        AddressTaken: it is not free.
    """
    if slug in RESERVED:
        raise AddressTaken(_("Cette adresse est celle d’une page de l’atelier : choisissez-en une autre."))
    others = Offer.objects.exclude(pk=but.pk if but else None)
    if taken := others.filter(slug=slug).first():
        raise AddressTaken(_("« %(offer)s » a déjà cette adresse.") % {"offer": taken.name})
    former = FormerSlug.objects.filter(slug=slug).exclude(offer=but).select_related("offer").first()
    if former:
        told = _("Cette adresse était celle de « %(offer)s » : des liens y mènent encore.")
        raise AddressTaken(told % {"offer": former.offer.name})


@transaction.atomic
def create_offer(*, hoster: Hoster, slug: str, values: Mapping[str, Any]) -> Offer:
    """A draft, last in the order of the storefront.

    Raises:
        AddressTaken: the address is not free.
    """
    check_address(slug)
    last = Offer.objects.filter(hoster=hoster).aggregate(last=Max("position"))["last"] or 0
    return Offer.objects.create(hoster=hoster, slug=slug, position=last + 1, **values)


def seal_of(offer: Offer, names: Iterable[str]) -> str:
    """Names what some fields say, so that a page can tell that they changed after it was shown."""
    told = {name: str(getattr(offer, name)) for name in sorted(names)}
    return fingerprint(told)[:16]


@transaction.atomic
def update_offer(*, offer: Offer, values: Mapping[str, Any], seal: str) -> None:
    """Keep what was typed in some fields; the others stay as they are. `seal`: of the page that was shown.

    Raises:
        ChangedMeanwhile: somebody else was faster.
    """
    if seal != seal_of(Offer.objects.select_for_update().get(pk=offer.pk), values):
        raise ChangedMeanwhile
    for name, value in values.items():
        setattr(offer, name, value)
    offer.save(update_fields=list(values))


@transaction.atomic
def change_address(*, offer: Offer, slug: str) -> None:
    """Give an offer another address, at once; the former one leads to it for ever (002-064).

    Raises:
        AddressTaken: the address is not free.
    """
    if slug == offer.slug:
        return
    check_address(slug, but=offer)
    FormerSlug.objects.filter(offer=offer, slug=slug).delete()
    FormerSlug.objects.create(hoster_id=offer.hoster_id, offer=offer, slug=offer.slug)
    offer.slug = slug
    offer.save(update_fields=["slug"])


@transaction.atomic
def move_offer(*, offer: Offer, up: bool) -> None:
    """One place up or down in the order of the storefront, at once."""
    rows = list(Offer.objects.filter(hoster=offer.hoster_id).select_for_update().order_by("position", "pk"))
    here = [row.pk for row in rows].index(offer.pk)
    there = here - 1 if up else here + 1
    if 0 <= there < len(rows):
        rows[here], rows[there] = rows[there], rows[here]
    for rank, row in enumerate(rows, 1):
        if row.position != rank:
            Offer.objects.filter(pk=row.pk).update(position=rank)


@transaction.atomic
def duplicate_offer(*, offer: Offer) -> Offer:
    """A draft that says the same under another name, with its tariff as a draft too."""
    number = 2
    while Offer.objects.filter(slug=_numbered(offer.slug, number)).exists():
        number += 1
    copied = {
        field.attname: getattr(offer, field.attname)
        for field in Offer._meta.concrete_fields
        if field.name
        not in {"id", "hoster", "slug", "name", "state", "position", "public_version", "former_name"}
    }
    name = f"{offer.name[: LONGEST_NAME - 4]} {number}"
    copy = create_offer(
        hoster=offer.hoster, slug=_numbered(offer.slug, number), values={**copied, "name": name}
    )
    for part in offer.parts.all():
        _copy_part(part, copy)
    if version := tariff_in_force(offer):
        TariffDraft.objects.create(offer=copy, definition=version.definition)
    return copy


def _numbered(slug: str, number: int) -> str:
    return f"{slug[: LONGEST_SLUG - 4]}-{number}"


def _copy_part(part: OfferComponent, offer: Offer) -> None:
    given = {"detail": part.detail, "charges": part.charges, "position": part.position}
    copy = OfferComponent.objects.create(offer=offer, component=part.component, **given)
    Entitlement.objects.bulk_create(
        Entitlement(part=copy, metric=right.metric, label=right.label, position=right.position)
        for right in part.entitlements.all()
    )


@transaction.atomic
def delete_offer(*, offer: Offer) -> None:
    """Throw away a draft that nobody ever saw, with its tariffs.

    Raises:
        NotDeletable: it was published once, or another offer holds it whole.
    """
    row = Offer.objects.select_for_update().get(pk=offer.pk)
    if not is_deletable(row):
        raise NotDeletable(_("Cette offre a été publiée : retirez-la de la vente plutôt que de l’effacer."))
    if holders := ", ".join(row.held_by.order_by("position").values_list("name", flat=True)):
        told = {"holders": holders}
        raise NotDeletable(
            _("Cette offre est contenue dans %(holders)s : changez d’abord leur place.") % told
        )
    row.delete()


def is_deletable(offer: Offer) -> bool:
    """Whether nothing can refer to it: never published, and no document."""
    return offer.state == Offer.State.DRAFT and not offer.versions.exists() and not offer.held_by.exists()
