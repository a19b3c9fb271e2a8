"""Needs: what associations want to do, in the hoster's order."""

from collections.abc import Sequence

from django.db import models, transaction
from django.db.models import Count, Max, ProtectedError

from offers.models import Need


class StillUsed(Exception):
    """Something else holds on to it: `users` names what, for the person who wanted to delete it."""

    def __init__(self, users: Sequence[str]) -> None:
        super().__init__(", ".join(users))
        self.users = list(users)


def ordered_needs() -> models.QuerySet[Need]:
    """The needs of the hoster in scope, with `used`: how many components answer each."""
    return Need.objects.annotate(used=Count("components")).order_by("position", "pk")


@transaction.atomic
def keep_need(*, need: Need) -> Need:
    """Record a need as it was written; a new one goes last."""
    if need.pk is None:
        need.position = (Need.objects.aggregate(last=Max("position"))["last"] or 0) + 1
    need.save()
    return need


@transaction.atomic
def delete_need(*, need: Need) -> None:
    """Forget a need.

    Raises:
        StillUsed: components answer it.
    """
    users = list(need.components.order_by("position", "pk").values_list("function", flat=True))
    try:
        if users:
            raise StillUsed(users)
        need.delete()
    except ProtectedError as error:  # a component was added meanwhile
        raise StillUsed([str(each) for each in error.protected_objects]) from None
