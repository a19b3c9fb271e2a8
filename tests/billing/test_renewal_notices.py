"""The notice of L215-1: in its window, a mail of its own, its proof; a missed one opens a free exit (CON-02)."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core import mail as outbox

from billing.models import Invoice, RenewalNotice, Subscription, SubscriptionEnd
from billing.subscriptions.ends import decide_end
from billing.subscriptions.plans import plan_end
from billing.subscriptions.renewal_notices import window_of
from billing.subscriptions.runs import run_billing
from crm.workqueue import workqueue
from hosters.mail import send
from hosters.models import Hoster, Mail, Role
from tests.billing.test_subscription_ends import credits, subscribe

At = Callable[[str], None]
#: A year from 22 November 2026, with thirty days of notice: refused until 22 October 2027 at the latest.
DEADLINE, OPENS, CLOSES = date(2027, 10, 22), date(2027, 7, 22), date(2027, 9, 22)


def run_on(at: At, day: date) -> None:
    at(f"{day} 09:00+02:00")
    run_billing(as_of=day)


@pytest.fixture
def year(artifaille: Hoster, at: At) -> Subscription:
    return subscribe(artifaille, at, months=12)


def test_window_is_three_months_to_one_before_the_last_day_to_refuse(year: Subscription) -> None:
    window = window_of(year)
    assert window is not None
    assert (window.deadline, window.opens, window.closes) == (DEADLINE, OPENS, CLOSES)


@pytest.mark.parametrize(
    ("day", "leaves"),
    [
        (OPENS - timedelta(days=1), False),
        (OPENS, True),
        (CLOSES, True),
        (CLOSES + timedelta(days=1), False),
    ],
)
def test_notice_leaves_in_its_window_only(year: Subscription, at: At, day: date, leaves: bool) -> None:
    run_on(at, day)
    run_on(at, day)
    assert Mail.objects.filter(kind="renewal_notice").count() == leaves


def test_month_by_month_needs_no_notice(artifaille: Hoster, at: At) -> None:
    assert window_of(subscribe(artifaille, at)) is None


def test_notice_is_a_mail_of_its_own_with_its_deadline_in_a_frame_and_its_proof(
    year: Subscription, at: At
) -> None:
    run_on(at, OPENS)
    send(Mail.objects.get(kind="renewal_notice"))
    message = outbox.outbox[-1]
    html = message.alternatives[0][0].replace("\u00a0", " ")  # type: ignore[attr-defined]
    frame = html[html.index('border="2"') :]
    assert "Date limite pour refuser la reconduction : 22 octobre 2027" in frame[:300]
    assert "Le prix reste le même" in str(message.body)
    assert f"/resilier/?contrat={year.quote.number}" in str(message.body)
    notice = RenewalNotice.objects.get()
    assert notice.in_time and len(notice.sha256) == 64
    assert "22 octobre 2027" in notice.text and notice.to == "dominique@lavoir.example"


def test_notice_in_time_renews_without_a_free_exit(year: Subscription, at: At) -> None:
    run_on(at, OPENS)
    send(Mail.objects.get(kind="renewal_notice"))
    run_on(at, date(2027, 11, 22))
    year.refresh_from_db()
    assert (year.commitment_until, year.free_exit_from) == (date(2028, 11, 21), None)


def test_missed_notice_opens_a_free_exit_and_gives_back_what_is_paid_ahead(
    year: Subscription, at: At, artifaille: Hoster
) -> None:
    at("2027-09-23 09:00+02:00")
    labels = [item.label for item in workqueue(artifaille, role=Role.SALES)]
    assert "Avis de reconduction manqué" in labels
    run_on(at, date(2027, 11, 22))
    year.refresh_from_db()
    assert year.free_exit_from == date(2027, 11, 22)
    at("2028-01-31 09:00+01:00")
    plan = plan_end(subscription=year, received_on=date(2028, 1, 31))
    assert (plan.reason, plan.ends_on) == (SubscriptionEnd.Reason.FREE_EXIT, date(2028, 1, 31))
    decide_end(subscription=year, plan=plan, by=None)
    run_billing(as_of=date(2028, 2, 1))
    # 295 days of 366 of three lines of 100 €: the first year is over, the membership begun is kept.
    assert credits() == [Decimal("241.80")]
    assert Invoice.objects.get(kind=Invoice.Kind.CREDIT_NOTE).corrects.period_start == date(2027, 11, 22)


def test_nothing_is_sent_to_who_leaves(year: Subscription, at: At) -> None:
    decide_end(subscription=year, plan=plan_end(subscription=year, received_on=year.started_on), by=None)
    run_on(at, OPENS)
    assert not RenewalNotice.objects.exists()
