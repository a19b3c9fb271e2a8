"""Components: the pieces that offers are composed from."""

from django.db import models, transaction
from django.db.models import Max, ProtectedError
from django.utils.text import slugify

from hosters.models import Hoster
from offers.models import Component, OfferComponent
from offers.needs import StillUsed

LONGEST_SLUG = 60


def ordered_components() -> models.QuerySet[Component]:
    """The components of the hoster in scope: need after need, each in the order chosen."""
    rows = Component.objects.select_related("need")
    return rows.order_by("need__position", "need__pk", "position", "pk")


def offers_using(component: Component) -> list[str]:
    """The names of the offers that give it themselves."""
    rows = OfferComponent.objects.filter(component=component).order_by("offer__position", "offer__pk")
    return list(rows.values_list("offer__name", flat=True))


@transaction.atomic
def keep_component(*, component: Component) -> Component:
    """Record a component as it was written. A new one goes last, under a short name made from what it does."""
    if component.pk is None:
        component.slug = component.slug or free_slug(component.hoster, component.function)
        component.position = (Component.objects.aggregate(last=Max("position"))["last"] or 0) + 1
    component.save()
    return component


@transaction.atomic
def delete_component(*, component: Component) -> None:
    """Forget a component.

    Raises:
        StillUsed: offers give it.
    """
    users = offers_using(component)
    try:
        if users:
            raise StillUsed(users)
        component.delete()
    except ProtectedError:  # an offer took it meanwhile
        raise StillUsed(offers_using(component)) from None


def other_variant(component: Component) -> Component:
    """A component to fill in, like another but installed the other way: shared or dedicated (002-122)."""
    copied = {
        field.name: getattr(component, field.name)
        for field in Component._meta.concrete_fields
        if field.name not in ("id", "slug", "position", "variant")
    }
    dedicated = component.variant == Component.Variant.DEDICATED
    return Component(**copied, variant=Component.Variant.SHARED if dedicated else Component.Variant.DEDICATED)


def free_slug(hoster: Hoster, words: str) -> str:
    """A short name that no other component of this hoster has."""
    taken = set(Component.objects.filter(hoster=hoster).values_list("slug", flat=True))
    return first_free(slugify(words)[: LONGEST_SLUG - 5].strip("-") or "composant", taken)


def first_free(slug: str, taken: set[str]) -> str:
    """`slug`, or `slug-2`, `slug-3`… : the first that nobody has."""
    number, found = 1, slug
    while found in taken:
        number += 1
        found = f"{slug}-{number}"
    return found
