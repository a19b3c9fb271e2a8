"""Counters of the funnel: every day, step, offer and source of three years."""

from collections.abc import Iterator
from datetime import timedelta
from itertools import islice, product
from random import Random

from django.utils import timezone

from billing.crowd.rows import write
from funnel.models import StepCount
from hosters.models import Hoster
from offers.models import Offer

DAYS = 3 * 365


def gather_visits(*, hoster: Hoster, count: int, chance: Random) -> None:
    """So many counters, the latest days first."""
    write(islice(_counts(hoster, count, chance), count))


def _counts(hoster: Hoster, wanted: int, chance: Random) -> Iterator[StepCount]:
    today = timezone.localdate()
    offers = list(Offer.objects.filter(hoster=hoster).values_list("slug", flat=True))
    a_day = len(StepCount.Step.values) * len(offers)
    sources = -(-wanted // (DAYS * a_day))
    for day, source in product(range(DAYS), range(sources)):
        for step, offer in product(StepCount.Step.values, offers):
            yield StepCount(
                hoster=hoster,
                day=today - timedelta(days=day),
                step=step,
                offer=offer,
                source=f"flyer-{source}",
                count=chance.randrange(1, 9),
            )
