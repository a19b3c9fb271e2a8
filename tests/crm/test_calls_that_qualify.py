"""The answers of a guide followed on the telephone are those of the criteria that it names (004-020)."""

from collections.abc import Callable
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from crm.models import Answer, CallScript, Criterion, Organization
from hosters.models import Hoster, User
from tests.relations import make_organization

SignIn = Callable[[User], Client]
TEXT = """1. Combien de postes ?
Critère : Nombre de postes
- plus de 100 -> 2
- moins de 10 -> 2
- on ne sait pas -> 2
2. Le budget suffit-il ?
Critère : son budget SUFFIT
- Oui, largement -> 3
- Non -> 3
- Peut-être -> 3
3. Autre chose ?
- Oui -> fin"""


@pytest.fixture
def guide(artifaille: Hoster) -> CallScript:
    Criterion.objects.create(hoster=artifaille, question="Nombre de postes", threshold=100, position=0)
    Criterion.objects.create(hoster=artifaille, question="Son budget suffit", position=1)
    return CallScript.objects.create(hoster=artifaille, name="Qualifier", text=TEXT)


def call(client: Client, organization: Organization, guide: CallScript, way: str) -> None:
    url = reverse("staff:organization_call", args=[organization.pk, guide.pk])
    told = {
        "channel": "call",
        "direction": "outbound",
        "happened_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "summary": "Noté.",
        "key": uuid4(),
    }
    assert client.post(f"{url}?chemin={way}", told).status_code == 302


@pytest.mark.parametrize(
    ("way", "number", "value"),
    [("0-0-0", 101, "yes"), ("1-1-0", 9, "no"), ("2-2-0", None, None), ("0", 101, None)],
)
def test_answers_are_kept(
    guide: CallScript,
    alix: User,
    signed_in: SignIn,
    way: str,
    number: int | None,
    value: str | None,
) -> None:
    organization = make_organization(guide.hoster, alix)
    call(signed_in(alix), organization, guide, way)
    kept = {each.criterion.question: each for each in Answer.objects.select_related("criterion")}
    assert {each.method for each in kept.values()} <= {Answer.Method.INTERVIEW}
    assert getattr(kept.get("Nombre de postes"), "number", None) == number
    assert getattr(kept.get("Son budget suffit"), "value", None) == value


def test_score_follows_and_what_was_known_stays(guide: CallScript, alix: User, signed_in: SignIn) -> None:
    organization, client = make_organization(guide.hoster, alix), signed_in(alix)
    call(client, organization, guide, "0-0")
    organization.refresh_from_db()
    assert organization.score and organization.score > 0
    call(client, organization, guide, "2-2-0")
    assert Answer.objects.count() == 2


def test_whoever_asked_for_no_score_has_none(guide: CallScript, alix: User, signed_in: SignIn) -> None:
    """GDPR-07: a call does not bring back a score that was refused."""
    organization = make_organization(guide.hoster, alix, unscored=True)
    call(signed_in(alix), organization, guide, "0-0")
    organization.refresh_from_db()
    assert organization.unscored and organization.score is None
