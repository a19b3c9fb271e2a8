"""Ends of subscriptions: the day by rules, what is given back, stop, undo (CON-02, CON-04, CON-08, INV-22, 001-021)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.test import Client

from billing.departures.erasure import record_erasure
from billing.departures.refusal import DepartureRefused
from billing.departures.timeline import extend_transition
from billing.models import Departure, Invoice, Subscription, SubscriptionEnd
from billing.subscriptions.ends import EndRefused, decide_end, undo_end
from billing.subscriptions.plans import Plan, plan_end
from billing.subscriptions.runs import run_billing
from billing.subscriptions.terminations import Notice, receive_termination
from crm.models import Organization
from crm.workqueue import workqueue
from hosters.mail import send
from hosters.models import Hoster, Mail, Role, User
from pricing.engine import Selection
from tests.factories import MARMULE, make_acceptance, make_offer, make_quote
from tests.pages import words

At = Callable[[str], None]
Reason = SubscriptionEnd.Reason
TWELVE = {"users": Decimal(12), "storage_gb": Decimal(35)}
YEARLY: dict[str, Any] = {"terms": [{"months": 1}, {"months": 12, "charged_months": 10}]}


def subscribe(hoster: Hoster, at: At, *, months: int = 1, **tariff: Any) -> Subscription:
    """12 people and 35 GB since 22 November 2026: 30 € a month, or 300 € a year; membership 20 €, setup 50 €."""
    at("2026-11-22 12:00+01:00")
    offer = make_offer(hoster, tariff=MARMULE | YEARLY | tariff)
    make_acceptance(make_quote(offer, selection=Selection(TWELVE, term_months=months)))
    return Subscription.objects.select_related("quote", "hoster").latest("pk")


def leave(subscription: Subscription, on: str, wished: str = "", reason: str = Reason.NOTICE) -> Plan:
    subscription.refresh_from_db()
    wish = date.fromisoformat(wished) if wished else None
    return plan_end(subscription=subscription, received_on=date.fromisoformat(on), wished=wish, reason=reason)


def credits() -> list[Decimal]:
    rows = Invoice.objects.filter(kind=Invoice.Kind.CREDIT_NOTE).order_by("pk")
    return [row.gross for row in rows]


@pytest.mark.parametrize(
    ("months", "on", "wished", "reason", "end"),
    [
        (1, "2026-11-22", "", Reason.NOTICE, "2026-12-22"),  # the notice of thirty days
        (1, "2026-12-01", "2027-02-28", Reason.NOTICE, "2027-02-28"),
        (12, "2027-01-10", "", Reason.NOTICE, "2027-11-21"),  # what is paid is served
        (12, "2027-01-10", "2027-03-31", Reason.NOTICE, "2027-03-31"),
        (12, "2027-11-10", "", Reason.NOTICE, "2027-12-10"),  # across the renewal
        (12, "2027-01-10", "", Reason.TERM, "2027-11-21"),
        (12, "2027-01-10", "", Reason.RESIGNATION, "2027-01-10"),
        (12, "2027-01-10", "2027-01-31", Reason.FAULT, "2027-01-31"),
        (12, "2027-01-10", "", Reason.SWITCH, "2027-03-11"),  # notice, then thirty days of transition
    ],
)
def test_last_day_follows_from_the_rules(
    artifaille: Hoster, at: At, months: int, on: str, wished: str, reason: str, end: str
) -> None:
    subscription = subscribe(artifaille, at, months=months)
    assert str(leave(subscription, on, wished, reason).ends_on) == end


def test_confirmed_termination_stops_invoicing(artifaille: Hoster, at: At) -> None:
    """CON-04: the last period is owed for its own days, then nothing; a former client, told by mail."""
    subscription = subscribe(artifaille, at)
    at("2026-12-15 10:00+01:00")
    decide_end(subscription=subscription, plan=leave(subscription, "2026-12-15"), by=None)
    run_billing(as_of=date(2027, 6, 1))
    subscription.refresh_from_db()
    assert subscription.ended_on == date(2027, 1, 14)
    sales = Invoice.objects.filter(fees=False).order_by("period_start")
    rows = sales.values_list("period_start", "period_end", "gross")
    # 22 December to 14 January, 24 days of 31: three lines of 10 €, each to the cent.
    assert list(rows)[1:] == [(date(2026, 12, 22), date(2027, 1, 14), Decimal("23.22"))]
    assert credits() == []
    organization = Organization.objects.get()
    assert (organization.stage, organization.lapsed_on) == ("client", date(2027, 1, 14))
    assert set(Mail.objects.filter(kind__contains="end").values_list("kind", flat=True)) >= {
        "end_confirmed",
        "subscription_ended",
    }
    assert run_billing(as_of=date(2030, 1, 1)).issued == 0


def test_other_contract_keeps_the_client(artifaille: Hoster, at: At) -> None:
    first = subscribe(artifaille, at)
    make_acceptance(make_quote(make_offer(artifaille)))
    decide_end(subscription=first, plan=leave(first, "2026-11-22"), by=None)
    run_billing(as_of=date(2027, 1, 1))
    assert Organization.objects.get().lapsed_on is None


@pytest.mark.parametrize(
    ("reason", "wished", "given"),
    [
        (Reason.NOTICE, "2027-03-31", []),  # paid a year ahead, and left early by choice
        (Reason.FAULT, "2027-03-31", [Decimal("193.14")]),  # 235 days of 365: three lines of 100 €
        (Reason.RESIGNATION, "2027-03-31", [Decimal("193.14")]),
    ],
)
def test_time_paid_beyond_is_credited_when_the_rule_says_so(
    artifaille: Hoster, at: At, reason: str, wished: str, given: list[Decimal]
) -> None:
    """The membership and the setup are kept; the credit note leaves when the contract is over (001-021, INV-22)."""
    subscription = subscribe(artifaille, at, months=12)
    at("2027-01-10 10:00+01:00")
    plan = leave(subscription, "2027-01-10", wished, reason)
    decide_end(subscription=subscription, plan=plan, by=None)
    run_billing(as_of=date(2027, 3, 31))
    assert credits() == []
    run_billing(as_of=date(2027, 4, 1))
    run_billing(as_of=date(2027, 4, 2))
    assert credits() == given


def test_guarantee_gives_everything_back(artifaille: Hoster, at: At) -> None:
    """002-110."""
    subscription = subscribe(artifaille, at, guarantee_days=30)
    plan = leave(subscription, "2026-12-01")
    assert (plan.reason, plan.ends_on) == (Reason.GUARANTEE, date(2026, 12, 1))
    decide_end(subscription=subscription, plan=plan, by=None)
    run_billing(as_of=date(2026, 12, 2))
    assert credits() == [Decimal("80.00"), Decimal("20.00")]


def test_membership_does_not_begin_after_the_notice(artifaille: Hoster, at: At) -> None:
    """INV-22: who leaves owes no other year."""
    subscription = subscribe(artifaille, at)
    run_billing(as_of=date(2027, 11, 15))
    at("2027-11-15 10:00+01:00")
    decide_end(subscription=subscription, plan=leave(subscription, "2027-11-15"), by=None)
    run_billing(as_of=date(2027, 12, 31))
    last = Invoice.objects.order_by("period_start").last()
    assert last is not None
    assert (last.period_start, last.period_end) == (date(2027, 11, 22), date(2027, 12, 15))
    assert [line.cadence for line in last.lines.all()] == ["period"] * last.lines.count()


def test_end_undone_before_it_comes_changes_nothing(artifaille: Hoster, at: At, alix: User) -> None:
    subscription = subscribe(artifaille, at)
    end = decide_end(subscription=subscription, plan=leave(subscription, "2026-11-22"), by=alix)
    with pytest.raises(EndRefused):
        decide_end(subscription=subscription, plan=leave(subscription, "2026-11-22"), by=alix)
    undo_end(end=end, by=alix, why="Elles restent.")
    with pytest.raises(EndRefused):
        undo_end(end=end, by=alix, why="Encore.")
    assert run_billing(as_of=date(2027, 2, 22)).issued == 3
    subscription.refresh_from_db()
    assert (subscription.ends_on, subscription.ended_on) == (None, None)
    assert Mail.objects.filter(kind="end_undone").count() == 1


def test_end_is_not_undone_once_its_last_invoice_left(artifaille: Hoster, at: At, alix: User) -> None:
    subscription = subscribe(artifaille, at)
    end = decide_end(subscription=subscription, plan=leave(subscription, "2026-11-22"), by=alix)
    run_billing(as_of=date(2026, 12, 22))
    with pytest.raises(EndRefused, match="dernière facture"):
        undo_end(end=end, by=alix, why="Trop tard.")


class TestScreens:
    def test_notice_is_read_then_confirmed_with_what_it_gives(
        self, artifaille: Hoster, at: At, alix: User, signed_in: Callable[[User], Client]
    ) -> None:
        subscription = subscribe(artifaille, at)
        at("2026-12-01 18:00+01:00")
        number = subscription.quote.number
        notice = receive_termination(
            hoster=artifaille,
            notice=Notice("Lavoir", "dominique@lavoir.example", number, None, "", uuid4()),
        )
        client = signed_in(alix)
        item = next(item for item in workqueue(artifaille, role=Role.ADMIN) if item.label == "Résiliation")
        assert "Préparer la fin" in words(client.get(item.url))
        url = f"/gestion/abonnements/{subscription.pk}/fin/?resiliation={notice.pk}"
        assert "Dernier jour : 31 décembre 2026" in words(client.get(url))
        answers = {"reason": "notice", "received_on": "2026-12-01", "wished": ""}
        client.post(url, answers)
        subscription.refresh_from_db()
        notice.refresh_from_db()
        assert (subscription.ends_on, notice.handled_by) == (date(2026, 12, 31), alix)
        send(Mail.objects.get(kind="end_confirmed"))
        assert "31 décembre 2026" in str(outbox.outbox[-1].body)
        page = words(client.get(f"/gestion/abonnements/{subscription.pk}/"))
        assert "sur le départ" in page and "31 décembre 2026" in page

    @pytest.mark.parametrize(
        "answers",
        [
            {"reason": "notice", "received_on": "2020-01-01"},
            {"reason": "notice", "received_on": "2026-11-22", "wished": "9999-01-01"},
            {"reason": "invented", "received_on": "2026-11-22"},
            {"reason": "notice", "received_on": ""},
        ],
    )
    def test_wrong_answers_end_nothing(
        self, artifaille: Hoster, at: At, alix: User, signed_in: Callable[[User], Client], answers: Any
    ) -> None:
        subscription = subscribe(artifaille, at)
        page = signed_in(alix).post(f"/gestion/abonnements/{subscription.pk}/fin/", answers)
        assert page.status_code == 200 and "Corrigez les réponses" in words(page)
        assert not SubscriptionEnd.objects.exists()

    def test_order_of_the_client_is_noted_for_the_invoices_to_come(
        self, artifaille: Hoster, at: At, alix: User, signed_in: Callable[[User], Client]
    ) -> None:
        """INV-12: what is issued says what it said."""
        subscription, client = subscribe(artifaille, at), signed_in(alix)
        url = f"/gestion/abonnements/{subscription.pk}/bon-de-commande/"
        assert "50 caractères" in words(client.post(url, {"order_number": "x" * 51}, follow=True))
        assert "BC 2027-3" in words(client.post(url, {"order_number": " BC 2027-3 "}, follow=True))
        run_billing(as_of=date(2026, 12, 22))
        said = Invoice.objects.filter(fees=False).order_by("pk").values_list("order_number", flat=True)
        assert list(said) == ["", "BC 2027-3"]

    def test_list_finds_by_name_and_by_state(
        self, artifaille: Hoster, at: At, alix: User, signed_in: Callable[[User], Client]
    ) -> None:
        subscribe(artifaille, at)
        client = signed_in(alix)
        assert "Les Amis du lavoir" in words(client.get("/gestion/abonnements/?q=lavoir"))
        assert "Aucun abonnement ne correspond" in words(client.get("/gestion/abonnements/?q=xyz"))
        assert "Les Amis du lavoir" not in words(client.get("/gestion/abonnements/?etat=termines"))


class TestSwitching:
    """CON-08: notice, transition, retrieval, erasure and its certificate."""

    def departure(self, subscription: Subscription) -> Departure:
        plan = leave(subscription, "2026-11-22", reason=Reason.SWITCH)
        decide_end(subscription=subscription, plan=plan, by=None)
        return Departure.objects.get()

    def test_each_state_in_its_time(self, artifaille: Hoster, at: At) -> None:
        found = self.departure(subscribe(artifaille, at))
        days = ["2026-12-21", "2026-12-22", "2027-01-21", "2027-01-22", "2027-02-20", "2027-02-21"]
        states = [found.state(date.fromisoformat(day)).value for day in days]
        assert states == ["notice", "transition", "transition", "retrieval", "retrieval", "to_erase"]

    def test_hoster_extends_within_fourteen_working_days_and_seven_months(
        self, artifaille: Hoster, at: At
    ) -> None:
        found = self.departure(subscribe(artifaille, at))
        for until, why in (
            (date(2027, 2, 21), ""),
            (date(2027, 7, 23), "Long."),
            (date(2027, 1, 1), "Court."),
        ):
            with pytest.raises(DepartureRefused):
                extend_transition(departure=found, by_client=False, until=until, why=why)
        at("2026-12-11 10:00+01:00")
        with pytest.raises(DepartureRefused, match="quatorze jours"):
            extend_transition(
                departure=found, by_client=False, until=date(2027, 2, 21), why="Deux téraoctets."
            )
        at("2026-12-10 10:00+01:00")
        extend_transition(departure=found, by_client=False, until=date(2027, 2, 21), why="Deux téraoctets.")
        found.refresh_from_db()
        assert (found.retrieval_until, Subscription.objects.get().ends_on) == (
            date(2027, 3, 23),
            date(2027, 2, 21),
        )
        with pytest.raises(DepartureRefused, match="une seule fois"):
            extend_transition(departure=found, by_client=True, until=date(2027, 3, 21), why="")

    def test_nothing_is_erased_before_the_delay(self, artifaille: Hoster, at: At, alix: User) -> None:
        found = self.departure(subscribe(artifaille, at))
        run_billing(as_of=date(2027, 1, 22))
        at("2027-03-01 10:00+01:00")
        with pytest.raises(DepartureRefused, match="20 février 2027"):
            record_erasure(departure=found, on=date(2027, 2, 20), what="Tout.", by=alix)
        done = record_erasure(departure=found, on=date(2027, 2, 21), what="Comptes et sauvegardes.", by=alix)
        again = record_erasure(departure=found, on=date(2027, 2, 25), what="Autre.", by=alix)
        assert done.certificate_id == again.certificate_id is not None
