"""A breakdown against the service level of a contract (003-033, 003-035)."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

import pytest
from django.test import Client

from billing.clauses.choices import choose_clause
from billing.incidents import Breakdown, Verdict, agreed_of, credit_breakdown, judge, monthly_price
from billing.models import Invoice, Subscription
from hosters.models import Hoster, User
from tests.billing.test_subscription_ends import subscribe
from tests.pages import hidden_fields, words

At = Callable[[str], None]
SignIn = Callable[[User], Client]
LEVEL = {"calendar": "bureau", "gti": 4, "gtr": 8}
MONDAY = datetime(2026, 11, 23, 10)


@pytest.fixture
def subscription(artifaille: Hoster, at: At) -> Subscription:
    """30 € a month; eight hours of business days to restore, then 5 % an hour, 20 % at most."""
    for code, values in (("niveau-de-service", LEVEL), ("penalites", {"percent": 5, "ceiling": 20})):
        choose_clause(hoster=artifaille, offer=None, code=code, used=True, values=values)  # type: ignore[arg-type]
    subscription = subscribe(artifaille, at)
    at("2026-12-10 12:00+01:00")
    return subscription


def verdict_of(subscription: Subscription, taken: datetime, restored: datetime) -> Verdict:
    agreed = agreed_of(subscription)
    assert agreed is not None
    return judge(subscription=subscription, agreed=agreed, breakdown=Breakdown(MONDAY, taken, restored))


@pytest.mark.parametrize(
    ("taken", "restored", "kept", "late", "owed"),
    [
        (
            "23 14:00",
            "24 10:00",
            (True, True),
            0,
            "0.00",
        ),  # to the minute: seven hours on Monday, one on Tuesday
        ("23 14:01", "24 10:00", (False, True), 0, "0.00"),
        ("23 11:00", "24 10:01", (True, False), 1, "1.50"),
        ("23 11:00", "24 12:00", (True, False), 2, "3.00"),
        ("23 11:00", "25 09:00", (True, False), 7, "6.00"),  # the night does not count; the ceiling does
        ("23 11:00", "30 17:00", (True, False), 39, "6.00"),
    ],
)
def test_each_hour_begun_too_late_counts_up_to_the_ceiling(
    subscription: Subscription, taken: str, restored: str, kept: tuple[bool, bool], late: int, owed: str
) -> None:
    moments = [datetime.strptime(f"2026-11-{each}", "%Y-%m-%d %H:%M") for each in (taken, restored)]
    found = verdict_of(subscription, *moments)
    assert (found.taken_in_time, found.restored_in_time) == kept
    assert (found.hours_late, found.owed) == (late, Decimal(owed))


def test_month_is_that_of_the_service_alone(subscription: Subscription) -> None:
    assert monthly_price(subscription, MONDAY) == 30  # no set-up, no membership


def test_contract_without_the_clause_promises_nothing(artifaille: Hoster, at: At) -> None:
    choose_clause(hoster=artifaille, offer=None, code="niveau-de-service", used=False, values={})
    assert agreed_of(subscribe(artifaille, at)) is None


def test_what_is_owed_comes_back_once(subscription: Subscription, alix: User) -> None:
    restored, key = datetime(2026, 11, 24, 12), uuid4()
    found = verdict_of(subscription, MONDAY, restored)
    for _twice in range(2):
        note = credit_breakdown(
            subscription=subscription,
            breakdown=Breakdown(MONDAY, MONDAY, restored),
            verdict=found,
            by=alix,
            key=key,
        )
    assert Invoice.objects.filter(kind=Invoice.Kind.CREDIT_NOTE).count() == 1
    assert (note.gross, note.corrects) == (Decimal("3.00"), Invoice.objects.get(kind="invoice", fees=False))
    assert "2 heures commencées au-delà du délai promis, soit 10 % du prix du mois" in note.reason


def test_contract_that_is_over_counts_no_breakdown(
    subscription: Subscription, alix: User, signed_in: SignIn
) -> None:
    """Neither offered on its page, nor counted by who kept the address."""
    client = signed_in(alix)
    assert "Compter une panne" in words(client.get(subscription.get_absolute_url()))
    Subscription.objects.filter(pk=subscription.pk).update(ended_on="2026-12-05", ends_on="2026-12-05")
    assert "Compter une panne" not in words(client.get(subscription.get_absolute_url()))
    url = f"/gestion/abonnements/{subscription.pk}/panne/"
    typed = {"told_at": "2026-11-23T10:00", "taken_at": "2026-11-23T11:00", "restored_at": "2026-11-24T12:00"}
    assert "Ce contrat est terminé" in words(client.post(url, typed | {"key": uuid4()}))
    assert not Invoice.objects.filter(kind=Invoice.Kind.CREDIT_NOTE).exists()


def test_page_shows_then_credits(subscription: Subscription, alix: User, signed_in: SignIn) -> None:
    client, url = signed_in(alix), f"/gestion/abonnements/{subscription.pk}/panne/"
    assert "prise en charge en 4 h" in words(client.get(url))
    typed = {"told_at": "2026-11-23T10:00", "taken_at": "2026-11-23T11:00", "restored_at": "2026-11-24T12:00"}
    backwards = client.get(url, typed | {"taken_at": "2026-11-22T11:00", "key": uuid4()})
    assert "dans cet ordre" in words(backwards)
    shown = client.get(url, typed | {"key": uuid4()})
    assert "À rendre : 3,00 €" in words(shown) and "2 h commencées en trop" in words(shown)
    assert not Invoice.objects.filter(kind=Invoice.Kind.CREDIT_NOTE).exists()
    done = client.post(url, typed | hidden_fields(shown), follow=True)
    assert Invoice.objects.get(kind=Invoice.Kind.CREDIT_NOTE).number in words(done)
