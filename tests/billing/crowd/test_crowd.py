"""`demo --volume`: a busy hoster whose rows are as true as those of the demonstration; `bench --pages` on it."""

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django_scopes import scope

from billing.crowd import pages as crowd_pages
from billing.crowd.pages import speeds
from billing.models import Invoice, Quote, Subscription
from billing.standing import contradicted
from crm.models import Interaction, Organization, Stage
from funnel.models import StepCount
from hosters.models import Hoster, User

pytestmark = [pytest.mark.django_db, pytest.mark.thorough]


@pytest.fixture
def crowded() -> Hoster:
    for _twice in range(2):
        call_command("demo", volume="0.001", stdout=StringIO())
    return Hoster.objects.get(slug="foule")


def test_crowd_has_what_it_says_once(crowded: Hoster) -> None:
    with scope(hoster=crowded):
        assert Organization.objects.count() == 100
        assert Interaction.objects.count() == 300
        assert StepCount.objects.count() == 1000
        assert Invoice.objects.count() == 100
        assert Quote.objects.count() == min(20, Organization.objects.exclude(stage=Stage.CONTACT).count())
        clients = Organization.objects.filter(stage=Stage.CLIENT).count()
        assert Subscription.objects.count() == clients > 0
        paid = sum(each.balance() <= 0 for each in Invoice.objects.all())
        assert 80 < paid < 100
        assert not contradicted(crowded)
        assert all(
            each.gross == sum(line.amount for line in each.lines.all()) for each in Invoice.objects.all()
        )


@pytest.mark.services
@pytest.mark.django_db(transaction=True)
def test_pages_of_the_team_are_timed_by_four_people_at_once(
    crowded: Hoster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crowd_pages, "TURNS", 4)
    user = User.objects.get(email="equipe@foule.example")
    pages = {each.page: each for each in speeds(crowded, user)}
    assert {"gestion/", "gestion/organisations/", "gestion/factures/", "gestion/devis/"} <= set(pages)
    assert all(each.queries and each.cpu > 0 and each.p95 > 0 for each in pages.values())


@pytest.mark.parametrize("typed", ["abc", "0", "-1", "11"])
def test_volume_that_makes_no_sense_is_refused(typed: str) -> None:
    with pytest.raises(CommandError, match="un nombre entre 0 et 10"):
        call_command("demo", volume=typed, stdout=StringIO())
