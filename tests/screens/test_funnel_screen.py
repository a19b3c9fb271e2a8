"""The funnel as staff read it: 100 visits, 10 tries, 3 paid are 10 %, 3 % and 30 % (002-204)."""

from collections.abc import Callable
from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing import funnel_checks
from billing.models import Document, NumberSeries, Quote
from crm.models import Organization
from funnel.models import FunnelDefinition, HandCount, StepCount
from hosters.models import Hoster, Mail, User
from tests.factories import make_offer, make_quote
from tests.pages import region, words
from tests.worker import Nudges

SignIn = Callable[[User], Client]


def count(hoster: Hoster, days_ago: int = 0, **steps: int) -> None:
    day = timezone.localdate() - timedelta(days=days_ago)
    for step, number in steps.items():
        StepCount.objects.create(hoster=hoster, day=day, step=step, count=number)


def test_both_rates_are_shown_with_their_base(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    count(artifaille, visit=100, offer=10, configured=3)
    read = words(signed_in(alix).get(reverse("staff:funnel")))
    assert "Offre vue 10 10 % 10 % visites" in read
    assert "Pack configuré 3 3 % 30 % offre vue" in read


def test_step_that_nobody_passes_is_named_with_what_to_check(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    """FUN-02, 002-205, 002-206: 100, 10, 0; the five hypotheses of the course, each with what the facts say."""
    count(artifaille, visit=100, offer=10)
    read = words(signed_in(alix).get(reverse("staff:funnel")))
    assert "Personne ne passe l’étape « pack configuré »" in read
    assert "Le générateur de devis est-il en panne ? à vous de voir Aucun PDF en échec" in read
    assert "Sait-on que l’offre existe ? écarté 100 visites" in read
    assert "Offre vue : 10 fois ; pack essayé : 0 fois." in read
    assert "Aucune offre publiée n’est gratuite" in read and "Personne n’a dit pourquoi" in read


def test_quote_tool_is_tried_and_nothing_is_kept(
    artifaille: Hoster, alix: User, signed_in: SignIn, nudges: Nudges
) -> None:
    """002-206: the application makes a price, a quote and its PDF, then undoes them; no number, no mail."""
    make_offer(artifaille)
    client = signed_in(alix)
    read = words(client.post(reverse("staff:funnel_try")))
    assert "Essai réussi : 1 offres sur 1 donnent un prix" in read
    assert not Quote.objects.exists() and not Mail.objects.exists() and not NumberSeries.objects.exists()
    assert not Organization.objects.exists()


def test_quote_tool_that_breaks_says_so(
    artifaille: Hoster, alix: User, signed_in: SignIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*args: object) -> None:
        raise RuntimeError("<b>plus de place</b>")

    make_offer(artifaille)
    monkeypatch.setattr(funnel_checks, "make_pdf", fail)
    read = words(signed_in(alix).post(reverse("staff:funnel_try")))
    assert "en panne L’essai s’est arrêté sur une erreur : RuntimeError." in read


def test_funnel_of_the_hoster_is_written_ordered_and_shown_first(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    """002-201, CARD-006: ordered steps, from two to eight, whatever the order in which they were ticked."""
    count(artifaille, visit=100)
    client = signed_in(alix)
    page = reverse("staff:funnel_settings")
    client.post(page, {"name": "Gratuit", "codes": ["paid", "free", "visit"], "benchmark": "8"})
    client.post(page, {"name": "Court", "codes": ["quoted", "accepted"]})
    court = FunnelDefinition.objects.get(name="Court")
    assert FunnelDefinition.objects.get(name="Gratuit").steps == ["visit", "free", "paid"]
    client.post(reverse("staff:funnel_up", kwargs={"pk": court.pk}))
    read = words(client.get(reverse("staff:funnel")))
    assert "Entonnoir : Court" in read
    client.post(reverse("staff:funnel_erase", kwargs={"pk": court.pk}), {"sure": "oui"})
    assert "Votre repère : 8 % de la première étape" in words(client.get(reverse("staff:funnel")))


@pytest.mark.parametrize("codes", [["visit"], [], ["inconnue", "visit"]])
def test_funnel_needs_two_known_steps(
    artifaille: Hoster, alix: User, signed_in: SignIn, codes: list[str]
) -> None:
    signed_in(alix).post(reverse("staff:funnel_settings"), {"name": "Trop court", "codes": codes})
    assert not FunnelDefinition.objects.exists()


def test_number_counted_elsewhere_is_added_once_and_can_be_taken_back(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    client, page = signed_in(alix), reverse("staff:funnel_hand_counts")
    told = {"step": "visit", "count": "120", "day": timezone.localdate().isoformat(), "source": "salon"}
    told |= {"key": str(uuid4()), "note": "<script>stand</script>"}
    for _twice in range(2):
        client.post(page, told)
    assert "visites 120" in words(region(client.get(reverse("staff:funnel")), "contenu"))
    assert "<script>stand" not in client.get(page).content.decode()
    row = HandCount.objects.get()
    client.post(reverse("staff:funnel_erase_count", kwargs={"pk": row.pk}), {"sure": "oui"})
    assert not HandCount.objects.exists()


def test_silly_filters_never_fail(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    count(artifaille, visit=40, offer=10)
    asked = {
        "days": "x",
        "since": "hier",
        "until": "2026-13-01",
        "funnel": "9",
        "offer": "?",
        "source": "é' OR 1=1",
    }
    answer = signed_in(alix).get(reverse("staff:funnel"), asked | {"segment": "<b>", "compare": "on"})
    assert "origine « é' OR 1=1 »" in words(answer)
    assert "Personne n’est passé sur cette période" in words(answer)


def test_004_014_two_periods_are_compared(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    """8 of 40 tried a pack, then 24 of 40: 40 points more, which is no chance. Nothing before is said in words."""
    count(artifaille, visit=40, offer=40, configured=24)
    client, page = signed_in(alix), reverse("staff:funnel")
    read = words(client.get(page, {"compare": "on"}))
    assert "Par rapport à la période d’avant" in read and "il n’y a rien à comparer" in read
    count(artifaille, days_ago=30, visit=40, offer=40, configured=8)
    read = words(client.get(page, {"compare": "on"}))
    assert "Pack configuré 24 8 60 % 20 % 40 points de plus, ce n’est pas un hasard" in read
    assert "Offre vue 40 40 100 % 100 % rien n’a changé" in read
    assert "Par rapport à" not in words(client.get(page))


def test_nobody_now_is_compared_with_somebody_before(
    artifaille: Hoster, alix: User, signed_in: SignIn
) -> None:
    count(artifaille, days_ago=30, visit=40)
    read = words(signed_in(alix).get(reverse("staff:funnel"), {"compare": "on"}))
    assert "Personne n’est passé sur cette période" in read and "Visites 0 40" in read


def test_002_202_each_step_says_what_slows_it(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    """Seven answers are needed (association, street, postcode, town, country, name, address); one PDF failed."""
    count(artifaille, visit=12, offer=6)
    quote = make_quote(make_offer(artifaille))
    Document.objects.filter(quote=quote).update(state=Document.State.FAILED)
    read = words(signed_in(alix).get(reverse("staff:funnel")))
    assert "offre vue 6 50 % de l’étape d’avant" in read
    assert "Devis demandé : le formulaire demande 7 réponses obligatoires." in read
    assert "Devis envoyé : PDF en échec : 1." in read


def test_few_people_raise_no_alarm(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    count(artifaille, visit=9)
    assert "Personne ne passe" not in words(signed_in(alix).get(reverse("staff:funnel")))


def test_unknown_period_is_the_usual_one(artifaille: Hoster, alix: User, signed_in: SignIn) -> None:
    count(artifaille, visit=4)
    answer = signed_in(alix).get(reverse("staff:funnel"), {"days": "un siècle"})
    assert "visites 4" in words(region(answer, "contenu"))
