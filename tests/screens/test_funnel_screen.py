"""The funnel as staff read it: 100 visits, 10 tries, 3 paid are 10 %, 3 % and 30 % (002-204)."""

from collections.abc import Callable

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from funnel.models import StepCount
from hosters.models import Hoster, User
from tests.pages import region, words

SignIn = Callable[[User], Client]


def count(hoster: Hoster, **steps: int) -> None:
    for step, number in steps.items():
        StepCount.objects.create(hoster=hoster, day=timezone.localdate(), step=step, count=number)


def test_both_rates_are_shown_with_their_base(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    count(artifaille, visit=100, offer=10, configured=3)
    read = words(signed_in(alix).get(reverse("staff:funnel")))
    assert "Offre vue 10 10 % 10 % visites" in read
    assert "Pack configuré 3 3 % 30 % offre vue" in read


def test_step_that_nobody_passes_is_named_with_what_to_check(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    count(artifaille, visit=100, offer=10)
    read = words(signed_in(alix).get(reverse("staff:funnel")))
    assert "Personne ne passe l’étape « pack configuré »" in read
    assert "le générateur de devis est en panne" in read


def test_few_people_raise_no_alarm(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    count(artifaille, visit=9)
    assert "Personne ne passe" not in words(signed_in(alix).get(reverse("staff:funnel")))


def test_unknown_period_is_the_usual_one(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    count(artifaille, visit=4)
    answer = signed_in(alix).get(reverse("staff:funnel"), {"days": "un siècle"})
    assert "visites 4" in words(region(answer, "contenu"))
