"""The funnels of a hoster: written, put in order, erased. Erasing one loses no count."""

from collections.abc import Sequence
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from funnel.models import FunnelDefinition
from funnel.steps import MAX_STEPS, MIN_STEPS, Step, all_steps, steps_of, usual_steps
from hosters.models import Hoster

MOST = 12  # funnels of a hoster


class FunnelRefused(Exception):
    """This funnel cannot be; the message says why and what to do, in French."""


def in_order(codes: Sequence[str]) -> list[str]:
    """The chosen codes in the order of the journey, each once."""
    return [step.code for step in all_steps() if step.code in set(codes)]


@transaction.atomic
def save_funnel(
    *,
    hoster: Hoster,
    funnel: FunnelDefinition | None,
    name: str,
    codes: Sequence[str],
    benchmark: Decimal | None,
) -> FunnelDefinition:
    """Write a new funnel (None) or change one; its steps follow the order of the journey.

    Raises:
        FunnelRefused: too few or too many steps, too many funnels, or the name of another one.
    """
    steps = in_order(codes)
    if not MIN_STEPS <= len(steps) <= MAX_STEPS:
        raise FunnelRefused(_("Choisissez de deux à huit étapes."))
    others = FunnelDefinition.objects.select_for_update().filter(hoster=hoster)
    others = others.exclude(pk=funnel.pk) if funnel else others
    if any(other.name.casefold() == name.casefold() for other in others):
        raise FunnelRefused(_("Un entonnoir porte déjà ce nom : choisissez-en un autre."))
    if funnel is None:
        if len(others) >= MOST:
            raise FunnelRefused(_("Douze entonnoirs suffisent : effacez-en un d’abord."))
        last = others.aggregate(last=Max("position"))["last"] or 0
        funnel = FunnelDefinition(hoster=hoster, position=last + 1)
    funnel.name, funnel.steps, funnel.benchmark = name, steps, benchmark
    funnel.save()
    return funnel


@transaction.atomic
def move_funnel_up(*, funnel: FunnelDefinition) -> None:
    """Put a funnel before the one that precedes it; the first one is shown when none is asked."""
    rows = list(FunnelDefinition.objects.select_for_update().filter(hoster=funnel.hoster))
    place = rows.index(funnel)
    if place:
        rows[place - 1], rows[place] = rows[place], rows[place - 1]
    for position, row in enumerate(rows, start=1):
        FunnelDefinition.objects.filter(pk=row.pk).update(position=position)


def erase_funnel(*, funnel: FunnelDefinition) -> None:
    """Erase the way of looking; what was counted stays."""
    FunnelDefinition.objects.filter(pk=funnel.pk).delete()


def steps_to_show(funnel: FunnelDefinition | None) -> list[Step]:
    """The steps of a funnel, or the usual ones."""
    return steps_of(funnel.steps) if funnel else usual_steps()
