"""A plan of action for a public: lines that become follow-ups of an organisation (004-013)."""

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from crm.action_plans import BadPlan, read_steps
from crm.models import ActionPlan, FollowUp, Organization
from hosters.models import Hoster, User
from tests.pages import words
from tests.relations import make_organization

SignIn = Callable[[User], Client]
STEPS = "14 : demander la date de la réunion\n\nJ+0 : remercier"


@pytest.fixture
def plan(artifaille: Hoster) -> ActionPlan:
    return ActionPlan.objects.create(
        hoster=artifaille, name="Après un salon", segment="association", steps=STEPS
    )


@pytest.fixture
def lavoir(artifaille: Hoster, alix: User) -> Organization:
    return make_organization(artifaille, alix, segment="association")


def test_lines_are_read_in_the_order_of_days() -> None:
    assert read_steps(STEPS) == [(0, "remercier"), (14, "demander la date de la réunion")]


@pytest.mark.parametrize("text", ["", "bonjour", "0 : oui\nplus tard", "\n".join(["1 : x"] * 21)])
def test_text_that_is_no_plan_is_refused(
    text: str, artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    with pytest.raises(BadPlan):
        read_steps(text)
    url = reverse("staff:outreach_new", kwargs={"kind": "plans"})
    assert signed_in(alix).post(url, {"name": "x", "steps": text}).status_code == 422
    assert not ActionPlan.objects.exists()


def test_plan_makes_follow_ups_once(
    plan: ActionPlan, lavoir: Organization, alix: User, signed_in: SignIn, at: Callable[[str], None]
) -> None:
    """Two clicks plan it once; they belong to whoever follows the organisation."""
    at("2026-11-20 10:00+01:00")
    client, url = signed_in(alix), reverse("staff:organization_plan", args=[lavoir.pk, plan.pk])
    assert "Après un salon" in words(client.get(lavoir.get_absolute_url()))
    assert "2 relances sont prévues" in words(client.post(url, follow=True))
    assert "déjà prévu" in words(client.post(url, follow=True))
    rows = FollowUp.objects.order_by("due_on").values_list("what", "due_on", "owner")
    owner = (lavoir.owner or alix).pk
    assert list(rows) == [
        ("remercier", date(2026, 11, 20), owner),
        ("demander la date de la réunion", date(2026, 12, 4), owner),
    ]


def test_plan_of_another_public_or_hoster_is_not_proposed(
    plan: ActionPlan, lavoir: Organization, alix: User, bastien: User, other: Hoster, signed_in: SignIn
) -> None:
    theirs = ActionPlan.objects.create(hoster=other, name="Ailleurs", steps=STEPS)
    ActionPlan.objects.create(hoster=plan.hoster, name="Entreprises", segment="company", steps=STEPS)
    site, client = "/chez/artifaille", signed_in(alix)
    page = words(client.get(site + lavoir.get_absolute_url()))
    assert "Après un salon" in page and "Ailleurs" not in page and "Entreprises" not in page
    url = site + reverse("staff:organization_plan", args=[lavoir.pk, theirs.pk])
    assert client.post(url).status_code == 404
    own = site + reverse("staff:organization_plan", args=[lavoir.pk, plan.pk])
    assert signed_in(bastien).post(own).status_code == 403
    assert not FollowUp.objects.exists()


def test_plan_is_taken_away_once_confirmed(
    plan: ActionPlan, lavoir: Organization, alix: User, signed_in: SignIn
) -> None:
    """What it planned already stays planned; a bare POST takes nothing away, a new plan has nothing to take."""
    client, told = signed_in(alix), {"kind": "plans", "pk": plan.pk}
    client.post(reverse("staff:organization_plan", args=[lavoir.pk, plan.pk]))
    assert "Oui, retirer" not in words(client.get(reverse("staff:outreach_new", kwargs={"kind": "plans"})))
    page = client.get(reverse("staff:outreach_edit", kwargs=told))
    url = reverse("staff:outreach_delete", kwargs=told)
    assert f'action="{url}"' in page.content.decode() and "Oui, retirer" in words(page)
    client.post(url)
    assert ActionPlan.objects.exists()
    client.post(url, {"sure": "1"})
    assert not ActionPlan.objects.exists() and FollowUp.objects.count() == 2
