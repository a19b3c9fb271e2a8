"""The demonstration of the funnel: four weeks of visits, from a flyer, a fair and nowhere in particular."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from funnel.models import FunnelDefinition, HandCount, StepCount
from hosters.demonstration import register_story
from hosters.models import Hoster

#: Visits, offers seen, packs tried, of a day of the week; a fair on the third Saturday, then the flyer.
WEEK = ((14, 6, 2), (11, 5, 1), (17, 8, 3), (12, 4, 1), (9, 3, 1), (6, 2, 0), (5, 2, 1))
FAIR, FLYER = "salon-associations", "flyer-maison"
DAYS = 28


def register() -> None:
    """Add our story."""
    register_story(four_weeks)


def four_weeks(hoster: Hoster) -> None:
    """Twice changes nothing."""
    if (
        StepCount.objects.filter(hoster=hoster).exists()
        or FunnelDefinition.objects.filter(hoster=hoster).exists()
    ):
        return
    today = timezone.localdate()
    rows = []
    for back in range(1, DAYS + 1):
        day = today - timedelta(days=back)
        for step, number in zip(StepCount.Step, WEEK[day.weekday()], strict=True):
            rows += (
                [StepCount(hoster=hoster, day=day, step=step, source=_source(back), count=number)]
                if number
                else []
            )
    StepCount.objects.bulk_create(rows)
    FunnelDefinition.objects.create(
        hoster=hoster,
        name="Du gratuit au payant",
        steps=["visit", "free", "quoted", "accepted", "paid"],
        position=2,
    )
    FunnelDefinition.objects.create(
        hoster=hoster,
        name="De la visite au contrat",
        steps=["visit", "offer", "configured", "quoted", "sent", "review", "accepted", "paid"],
        benchmark=8,
        position=1,
    )
    _free_accounts(hoster)


def _source(back: int) -> str:
    """Where the people of a day came from."""
    return FAIR if back in (8, 9) else FLYER if back < 8 else ""


def _free_accounts(hoster: Hoster) -> None:
    HandCount.objects.create(
        hoster=hoster,
        day=timezone.localdate() - timedelta(days=2),
        step=HandCount.Step.FREE,
        count=24,
        note="comptes gratuits ouverts ce mois-ci sur nos outils libres",
        key=uuid4(),
    )
