"""Who follows whom: organisations of each stage and follow-ups that are due, by person of the team (004-011)."""

from collections import Counter
from dataclasses import dataclass

from django.db.models import Count
from django.utils import timezone

from crm.models import FollowUp, Organization
from crm.stages import stages_of
from hosters.models import Hoster, User
from hosters.together import together


@dataclass(frozen=True)
class Load:
    """What one person follows: organisations by stage, in the order of the stages, and follow-ups due. `person` is
    None for what nobody of the team follows."""

    person: User | None
    organizations: list[int]
    due: int


def workload(hoster: Hoster) -> list[Load]:
    """The team by name, then what nobody follows, or somebody who left. One query."""
    team = User.objects.filter(memberships__hoster=hoster).order_by("name", "email")
    living = Organization.objects.filter(hoster=hoster).living()
    followed = living.order_by().values_list("owner", "stage").annotate(Count("pk"))
    late = FollowUp.objects.filter(hoster=hoster).due(timezone.localdate())
    waiting = late.order_by().values_list("owner").annotate(Count("pk"))
    together(team, followed, waiting)
    people: dict[int | None, User | None] = {**{each.pk: each for each in team}, None: None}
    numbers, dues = Counter[tuple[int | None, str]](), Counter[int | None]()
    for owner, stage, number in followed:
        numbers[owner if owner in people else None, stage] += number
    for owner, number in waiting:
        dues[owner if owner in people else None] += number
    stages = [code for code, _label in stages_of(hoster)]
    return [
        Load(person, [numbers[key, stage] for stage in stages], dues[key]) for key, person in people.items()
    ]
