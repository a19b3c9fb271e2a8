"""Who follows whom: by person of the team and by stage, nobody forgotten (004-011)."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.follow_ups import plan
from crm.models import Organization, Stage
from crm.workload import workload
from hosters.models import Hoster, Role, User
from tests.factories import make_staff
from tests.pages import words
from tests.relations import make_organization

SignIn = Callable[[User], Client]


def followed(hoster: Hoster, by: User, owner: User | None, stage: str) -> Organization:
    organization = make_organization(hoster, by, f"Asso {Organization.objects.count()}")
    Organization.objects.filter(pk=organization.pk).update(owner=owner, stage=stage)
    organization.refresh_from_db()
    return organization


def test_everybody_has_a_line_and_who_left_counts_as_nobody(
    artifaille: Hoster,
    alix: User,
    bastien: User,
    other: Hoster,
    camille: User,
    django_assert_num_queries: Any,
) -> None:
    today = timezone.localdate()
    first = followed(artifaille, alix, alix, Stage.CONTACT)
    followed(artifaille, alix, alix, Stage.CONTACT)
    followed(artifaille, alix, alix, Stage.CLIENT)
    followed(artifaille, alix, None, Stage.INTEREST)
    gone = make_staff(artifaille, Role.SALES, "gone@artifaille.example")
    followed(artifaille, alix, gone, Stage.INTEREST)
    gone.memberships.all().delete()
    plan(organization=first, what="rappeler", due_on=today, owner=alix)
    plan(organization=first, what="plus tard", due_on=today + timedelta(days=1), owner=alix)
    plan(organization=first, what="relire", due_on=today, owner=gone)
    with django_assert_num_queries(1):
        loads = workload(artifaille)
    told = {each.person: (each.organizations, each.due) for each in loads}
    assert told == {alix: ([2, 0, 1], 1), bastien: ([0, 0, 0], 0), None: ([0, 2, 0], 1)}
    assert loads[-1].person is None


def test_page_has_a_column_for_each_stage(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    followed(artifaille, alix, alix, Stage.INTEREST)
    read = signed_in(alix).get(reverse("staff:follow_up_load")).content.decode()
    page = words(read)
    for label in (
        "Prospect",
        "Lead",
        "Client",
        "Relances à faire",
    ):  # on a telephone each number has its word
        assert f'data-label="{label}"' in read
    assert "Personne Prospect Lead Client Relances à faire" in page
    assert f"{alix} 0 1 0 0" in page
