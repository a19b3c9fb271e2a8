"""What a campaign brought, counted in requests and documents, never typed. Upper apps add their facts in `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum, Value
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.models import Campaign, CampaignGoal, Interaction, Organization, Request
from funnel.models import StepCount

Measure = CampaignGoal.Measure
CENT = Decimal("0.01")


@dataclass(frozen=True)
class Look:
    """Which organisations count for a campaign: those of its code, whenever they act; or everybody in its days."""

    campaign: Campaign
    organizations: "QuerySet[Organization]"
    begins: datetime
    ends: datetime

    def within(self, field: str) -> Q:
        """The instants that count: all of them for a code, whose origin already says enough (C15: base named)."""
        return Q() if self.campaign.code else Q(**{f"{field}__range": (self.begins, self.ends)})


@dataclass(frozen=True)
class Fact:
    """One figure: the measure it answers, its words, and the rows that it counts; `weight` is a column to add up."""

    measure: str
    label: str | Promise
    rows: Callable[[Look], "QuerySet[Any]"]
    weight: str = ""


_facts: list[Fact] = []


def register_fact(fact: Fact) -> None:
    """Add a figure after ours. Called in `ready()`."""
    _facts.append(fact)


def look_of(campaign: Campaign) -> Look:
    """The organisations whose origin is the code of the campaign, or all of them."""
    rows = Organization.objects.filter(hoster=campaign.hoster).living()
    zone = timezone.get_current_timezone()
    begins = datetime.combine(campaign.starts_on, time.min, zone)
    ends = datetime.combine(campaign.ends_on + timedelta(days=1), time.min, zone)
    return Look(campaign, rows.filter(source=campaign.code) if campaign.code else rows, begins, ends)


def facts_of(campaign: Campaign) -> list[tuple[Fact, int]]:
    """Every figure, in the order of the way from a visit to a client; one query for all."""
    look = look_of(campaign)
    first, *others = (_counted(place, fact, look) for place, fact in enumerate(_facts))
    found = dict(first.union(*others, all=True))
    return [(fact, found.get(place) or 0) for place, fact in enumerate(_facts)]


def _counted(place: int, fact: Fact, look: Look) -> "QuerySet[Any, Any]":
    rows = fact.rows(look).order_by().annotate(place=Value(place)).values("place")
    number = Sum(fact.weight) if fact.weight else Count("pk")
    return rows.annotate(number=number).values_list("place", "number")


@dataclass(frozen=True)
class Progress:
    """How far a goal is: reached, wanted, and the share in hundredths (100 at most, for its bar)."""

    goal: CampaignGoal
    reached: int

    @property
    def share(self) -> int:
        return min(100, 100 * self.reached // self.goal.value)

    @property
    def late(self) -> bool:
        return self.reached < self.goal.value and self.goal.deadline < timezone.localdate()


def progress_of(goals: "QuerySet[CampaignGoal]", found: list[tuple[Fact, int]]) -> list[Progress]:
    """The goals with what the facts say of them (002-189)."""
    counted = {fact.measure: number for fact, number in found if fact.measure}
    return [Progress(goal, counted.get(goal.measure, goal.by_hand)) for goal in goals]


def cost_of_each(campaign: Campaign, found: list[tuple[Fact, int]]) -> list[tuple[str, Decimal]]:
    """Euros spent for one contact, one request, one client (002-178); nothing where nothing came."""
    return [
        (str(COSTED[fact.measure]), (campaign.spent_euros / number).quantize(CENT, ROUND_HALF_UP))
        for fact, number in found
        if number and fact.measure in COSTED
    ]


COSTED: dict[str, str | Promise] = {
    Measure.CONTACTS: _("coût d’une structure rencontrée"),
    Measure.REQUESTS: _("coût d’une demande"),
    Measure.ACCEPTED: _("coût d’un devis accepté"),
}


def _visits(look: Look) -> "QuerySet[StepCount]":
    rows = StepCount.objects.filter(hoster=look.campaign.hoster, step=StepCount.Step.VISIT)
    if look.campaign.code:
        rows = rows.filter(source=look.campaign.code)
    return rows.filter(day__range=(look.campaign.starts_on, look.campaign.ends_on))


def _contacts(look: Look) -> "QuerySet[Organization]":
    return look.organizations.filter(look.within("created_at"))


def _calls(look: Look) -> "QuerySet[Interaction]":
    rows = Interaction.objects.filter(
        organization__in=look.organizations,
        channel=Interaction.Channel.CALL,
        direction=Interaction.Direction.OUTBOUND,
    )
    return rows.filter(look.within("happened_at"))


def _requests(look: Look) -> "QuerySet[Request]":
    return Request.objects.filter(look.within("created_at"), organization__in=look.organizations)


register_fact(Fact("", _("visites du site, comptées sans suivre personne"), _visits, weight="count"))
register_fact(Fact(Measure.CONTACTS, _("structures"), _contacts))
register_fact(Fact(Measure.CALLS, _("appels passés"), _calls))
register_fact(Fact(Measure.REQUESTS, _("demandes"), _requests))
