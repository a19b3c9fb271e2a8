"""Support minutes: SLE-07 of the price cases, the carry-over rules, the log, the overrun that is told."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.utils import timezone

from billing.models import Subscription, SupportAllowance, SupportTime
from billing.support import Agreed, agree_allowance, balance, cancel_time, record_time, support_of
from hosters.mail import send
from hosters.models import Hoster, Mail, User
from tests.factories import MARMULE, make_invoice, make_offer
from tests.offers.tariff_editor.posting import shape

CarryOver = SupportAllowance.CarryOver
OPALE = MARMULE | {
    "metrics": [
        *MARMULE["metrics"],
        {"code": "support_minutes", "label": "Accompagnement", "unit": "minute", "units": "minutes"},
    ],
    "charges": [
        *MARMULE["charges"],
        {"type": "allowance", "label": "Accompagnement", "metric": "support_minutes", "included": "30"},
    ],
}


def read_again(subscription: Subscription) -> Subscription:
    return Subscription.objects.get(pk=subscription.pk)


def spend(subscription: Subscription, minutes: int, by: User, days_ago: int = 0) -> SupportTime:
    return record_time(
        subscription=subscription,
        spent_on=timezone.localdate() - timedelta(days=days_ago),
        minutes=minutes,
        what="Reprise des adresses",
        key=uuid4(),
        by=by,
    )


@pytest.fixture
def subscription(artifaille: Hoster) -> Subscription:
    return make_invoice(make_offer(artifaille, tariff=OPALE)).subscription


def test_sle_07_two_hours_used_of_thirty_minutes_leave_ninety_over(
    subscription: Subscription, alix: User
) -> None:
    """SLE-07, 002-136: 120 used, 30 included, 90 beyond, never 0 and never an amount of its own."""
    spend(subscription, 120, alix)
    found = support_of(read_again(subscription))
    assert found is not None
    assert (found.balance.included, found.balance.over, found.balance.remaining) == (30, 90, 0)


def test_hours_of_help_written_in_the_workshop_are_counted(artifaille: Hoster) -> None:
    """002-136: the editor sells hours, the account keeps minutes."""
    offer = make_offer(artifaille, tariff=shape("pack-accompagne"))
    found = support_of(make_invoice(offer).subscription)
    assert found is not None
    assert (found.balance.included, found.every) == (120, "par mois")


@pytest.mark.parametrize(
    ("carry_over", "used", "carried"),
    [
        (CarryOver.NONE, [20, 0, 0], 0),
        (CarryOver.NEXT, [20, 0, 0], 120),
        (CarryOver.NEXT, [20, 220, 0], 0),
        (CarryOver.NEXT, [0, 60, 0], 120),
        (CarryOver.ALL, [20, 0, 0], 220),
        (CarryOver.ALL, [0, 60, 0], 180),
        (CarryOver.ALL, [400, 0, 0], 120),
    ],
)
def test_time_left_is_carried_by_its_rule(carry_over: CarryOver, used: list[int], carried: int) -> None:
    """002-169: two hours a month; an overrun is never carried."""
    found = balance(Agreed(120, 1, carry_over), used)
    assert (found.carried, found.available) == (carried, 120 + carried)


def test_agreed_allowance_takes_the_place_of_the_tariff(subscription: Subscription) -> None:
    agree_allowance(subscription=subscription, agreed=Agreed(120, 1, CarryOver.NEXT))
    found = support_of(read_again(subscription))
    assert found is not None
    assert found.balance.available == 120


def test_contract_without_minutes_has_no_account(artifaille: Hoster) -> None:
    assert support_of(make_invoice(make_offer(artifaille)).subscription) is None


def test_overrun_is_told_once_to_those_who_see_invoices(subscription: Subscription, alix: User) -> None:
    spend(subscription, 20, alix)
    assert not Mail.objects.filter(kind="support_overrun").exists()
    spend(subscription, 20, alix)
    spend(subscription, 20, alix)
    send(Mail.objects.get(kind="support_overrun"))
    assert "dépassé de 30\u00a0min" in outbox.outbox[-1].subject
    assert "nous vous ferons d’abord un devis" in outbox.outbox[-1].body


def test_form_sent_twice_counts_once_and_a_mistake_no_longer_counts(
    subscription: Subscription, alix: User
) -> None:
    told = {"spent_on": timezone.localdate(), "minutes": 10, "what": "Appel", "key": uuid4(), "by": alix}
    first = record_time(subscription=subscription, **told)
    assert record_time(subscription=subscription, **told) == first
    cancel_time(time=first)
    found = support_of(read_again(subscription))
    assert found is not None
    assert (found.balance.used, len(found.times)) == (0, 1)
