"""How long the counters are kept. They hold nobody; the CNIL recommends 25 months (GDPR-10)."""

from datetime import date, datetime

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from funnel.models import HandCount, StepCount
from hosters.models import Hoster
from hosters.retention import Ending, Rule, deleted, register, register_impersonal
from pricing.periods import months_after

MONTHS = 25


def oldest_kept(today: date) -> date:
    """The first day of the oldest month that is kept whole."""
    return months_after(today.replace(day=1), -MONTHS)


def old_counts(hoster: Hoster, now: datetime) -> "QuerySet[StepCount]":
    return StepCount.objects.filter(hoster=hoster, day__lt=oldest_kept(timezone.localdate(now)))


def old_hand_counts(hoster: Hoster, now: datetime) -> "QuerySet[HandCount]":
    return HandCount.objects.filter(hoster=hoster, day__lt=oldest_kept(timezone.localdate(now)))


def register_kept() -> None:
    """Declare the table of this app."""
    register(
        Rule(
            model="funnel.StepCount",
            fields=("count",),
            what=_("Des nombres de passages par jour, que rien ne relie à une personne"),
            why=_("savoir quelles pages servent"),
            basis=_("aucune donnée personnelle"),
            how_long=_("vingt-cinq mois"),
            ending=Ending.ERASED,
            due=old_counts,
            end=deleted,
            public=True,
        ),
        Rule(
            model="funnel.HandCount",
            fields=("source", "note"),
            what=_("Des nombres comptés ailleurs et notés par l’équipe"),
            why=_("savoir quelles pages servent"),
            basis=_("aucune donnée personnelle"),
            how_long=_("vingt-cinq mois"),
            ending=Ending.ERASED,
            due=old_hand_counts,
            end=deleted,
        ),
    )
    register_impersonal("funnel.StepCount")
    register_impersonal("funnel.FunnelDefinition")
