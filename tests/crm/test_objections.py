"""What makes people hesitate: noted with the exchange, counted by organisations, answered by a library (004-025)."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.merging import merge
from crm.models import Interaction, Objection, Organization
from crm.timeline import timeline
from hosters.models import Hoster, User
from tests.pages import words
from tests.relations import make_organization

SignIn = Callable[[User], Client]
ANSWER = "Comptez le temps que vous perdez aujourd’hui."


@pytest.fixture
def too_dear(artifaille: Hoster) -> Objection:
    return Objection.objects.create(hoster=artifaille, title="C’est trop cher", answer=ANSWER)


def note(client: Client, organization: Organization, objection: object, site: str = "") -> int:
    told = {
        "channel": "call",
        "direction": "inbound",
        "happened_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "summary": "Ils hésitent.",
        "key": uuid4(),
        "objection": objection,
    }
    return client.post(
        site + reverse("staff:organization_exchange", args=[organization.pk]), told
    ).status_code


def counted(client: Client, site: str = "") -> str:
    page = words(client.get(site + reverse("staff:outreach")))
    return page[page.index("Ce qui fait hésiter") :]


def test_objection_is_counted_by_organisations(
    too_dear: Objection, artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    """Twice by one organisation is one; it stays one when two rows of the same organisation are merged."""
    client = signed_in(alix)
    lavoir, halle = (make_organization(artifaille, alix, name) for name in ("Lavoir", "Halle"))
    for organization in (lavoir, lavoir, halle):
        assert note(client, organization, too_dear.pk) == 302
    assert note(client, lavoir, "") == 302
    assert "C’est trop cher 2 structures" in counted(client)
    assert [each.text for each in timeline(halle) if "fait hésiter : C’est trop cher" in each.text]
    merge(kept=lavoir, absorbed=halle, by=alix)
    assert "C’est trop cher 1 structure" in counted(client)


def test_its_answer_is_read_during_a_call(
    too_dear: Objection, artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    organization = make_organization(artifaille, alix)
    guide = artifaille.call_scripts.create(name="Besoin", text="1. Qui décide ?\n- le CA -> fin")
    page = words(signed_in(alix).get(reverse("staff:organization_call", args=[organization.pk, guide.pk])))
    assert ANSWER in page


def test_that_of_another_hoster_is_nobodys(
    other: Hoster, artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    theirs = Objection.objects.create(hoster=other, title="Ailleurs", answer="Non")
    client, site = signed_in(alix), "/chez/artifaille"
    assert note(client, make_organization(artifaille, alix), theirs.pk, site) == 422
    assert not Interaction.objects.exists()
    assert "Ailleurs" not in counted(client, site)


def test_exchange_outlives_the_objection(
    too_dear: Objection, artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    client, organization = signed_in(alix), make_organization(artifaille, alix)
    note(client, organization, too_dear.pk)
    told = {"kind": "objections", "pk": too_dear.pk}
    url = reverse("staff:outreach_delete", kwargs=told)
    page = client.get(reverse("staff:outreach_edit", kwargs=told))
    assert f'action="{url}"' in page.content.decode() and "restent, sans elle. Oui, retirer" in words(page)
    client.post(url)
    assert Objection.objects.exists()
    client.post(url, {"sure": "1"})
    assert not Objection.objects.exists()
    assert Interaction.objects.get().objection is None
