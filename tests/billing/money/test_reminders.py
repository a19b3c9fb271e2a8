"""Reminders of unpaid invoices: kindly, step by step, until the payment (INV-13, DUE-02)."""

from collections.abc import Callable
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.utils import timezone

from billing.invoicing.fees import companion_of
from billing.models import Invoice, Reminder
from billing.payments.words import how_to_pay_both
from billing.reminders import sending
from billing.reminders.pauses import change_plan, pause_reminders, resume_reminders
from billing.reminders.penalties import penalty_words
from billing.reminders.sending import due_reminders, run_reminders
from billing.sepa.announcing import announce_debit, run_announcements
from hosters.models import User
from offers.models import Offer
from tests.factories import make_fees, make_invoice
from tests.money import make_mandate, make_payment
from tests.pages import words
from tests.worker import finish_the_work


@pytest.fixture
def invoice(marmule: Offer) -> Invoice:
    return make_invoice(marmule)


def late(invoice: Invoice, days: int, hour: int = 10) -> datetime:
    """That many days after the due day, or the Monday that follows."""
    day = invoice.due_on + timedelta(days=days)
    while day.weekday() >= 5:
        day += timedelta(days=1)
    return timezone.make_aware(datetime.combine(day, datetime.min.time())).replace(hour=hour)


@pytest.fixture
def runs(time_machine: object) -> Callable[[datetime], int]:
    def run(moment: datetime) -> int:
        time_machine.move_to(moment, tick=False)  # type: ignore[attr-defined]
        return run_reminders()

    return run


def test_steps_leave_once_each_in_order(invoice: Invoice, runs: Callable[[datetime], int]) -> None:
    assert [runs(late(invoice, days)) for days in (3, 10, 10, 24, 48, 90)] == [0, 1, 0, 1, 1, 0]
    assert list(Reminder.objects.order_by("pk").values_list("step", flat=True)) == [1, 2, 3]


def test_somebody_forgotten_is_first_told_kindly(invoice: Invoice, runs: Callable[[datetime], int]) -> None:
    first = late(invoice, 60)
    assert [runs(first), runs(first + timedelta(days=1))] == [1, 0]
    assert Reminder.objects.get().step == 1


def test_nothing_leaves_at_night_nor_on_a_sunday(invoice: Invoice, runs: Callable[[datetime], int]) -> None:
    day = late(invoice, 60)
    sunday = day + timedelta(days=6 - day.weekday())
    assert [runs(day.replace(hour=22)), runs(sunday)] == [0, 0]


def test_payment_pause_debit_and_switch_stop_them(
    marmule: Offer, alix: User, runs: Callable[[datetime], int]
) -> None:
    invoice = make_invoice(marmule)
    moment = late(invoice, 10)
    pause_reminders(organization=invoice.organization, until=moment.date(), reason="subvention", by=alix)
    assert runs(moment) == 0
    resume_reminders(organization=invoice.organization)
    change_plan(hoster=invoice.hoster, active=False, first=7, second=21, third=45)
    assert runs(moment) == 0
    change_plan(hoster=invoice.hoster, active=True, first=7, second=21, third=45)
    make_mandate(invoice, alix)
    order = announce_debit(invoice=Invoice.objects.get(pk=invoice.pk))
    assert order and runs(moment) == 0
    order.state = order.State.REJECTED
    order.save()
    make_payment(invoice, "100.00", alix)
    assert runs(moment) == 0


class TestSaleAndMembership:
    """Two documents of one day are one debt for their treasurer: one letter, with the sum and both references."""

    @pytest.fixture
    def fees(self, marmule: Offer) -> Invoice:
        return make_fees(marmule)

    def test_one_letter_for_both(self, fees: Invoice, runs: Callable[[datetime], int]) -> None:
        finish_the_work()
        sent = len(mail.outbox)
        assert [runs(late(fees, days)) for days in (10, 10)] == [1, 0]
        finish_the_work()
        sale = companion_of(fees)
        assert sale is not None and len(mail.outbox) == sent + 1
        body = mail.outbox[-1].body
        assert f"{sale.number} (avec la cotisation {fees.number})" in body and "100,00" in body
        assert f"avec les références {sale.number} et {fees.number}" in body
        assert len(mail.outbox[-1].attachments) == 2

    def test_paid_half_is_left_out(self, fees: Invoice, alix: User, runs: Callable) -> None:
        finish_the_work()
        assert runs(late(fees, 10)) == 1
        sale = companion_of(fees)
        assert sale is not None
        make_payment(sale, str(sale.gross), alix)
        finish_the_work()
        body = mail.outbox[-1].body
        assert sale.number not in body and fees.number in body and "20,00" in body

    def test_two_debits_are_told_as_two(self, fees: Invoice, alix: User) -> None:
        sale = companion_of(fees)
        assert sale is not None
        make_mandate(fees, alix)
        assert run_announcements() == 2
        told = how_to_pay_both(sale, fees)
        assert "deux prélèvements, 80,00\xa0€ pour la facture et 20,00\xa0€ pour la cotisation" in told


def test_mail_looks_again_before_it_leaves(invoice: Invoice, alix: User, runs: Callable) -> None:
    finish_the_work()
    before = len(mail.outbox)
    assert runs(late(invoice, 10)) == 1
    make_payment(invoice, "100.00", alix)
    finish_the_work()
    assert len(mail.outbox) == before


def test_words_are_those_of_a_neighbour_without_penalties(invoice: Invoice, runs: Callable) -> None:
    finish_the_work()
    for days in (10, 24, 48):
        runs(late(invoice, days))
        finish_the_work()
    told = [message.body for message in mail.outbox[-3:]]
    assert all(invoice.number in body and "100,00" in body for body in told)
    assert not any(word in body for body in told for word in ("pénalité", "40 €", "{{"))


@pytest.mark.parametrize(
    ("form", "said"),
    [("company", "L441-10"), ("cooperative", "L441-10"), ("public", "R2192-31")],
)
def test_penalties_are_written_to_professionals_and_public_bodies(
    invoice: Invoice, form: str, said: str
) -> None:
    assert said in penalty_words(form, on=invoice.due_on)


@pytest.mark.parametrize("form", ["association", "local_law", "informal", "other", ""])
def test_penalties_are_never_written_to_associations_or_people(invoice: Invoice, form: str) -> None:
    assert penalty_words(form, on=invoice.due_on) == ""


class TestPages:
    @pytest.fixture
    def client(self, bastien: User, signed_in: Callable[[User], Client]) -> Client:
        return signed_in(bastien)

    def test_next_reminder_is_read_before_it_leaves(self, client: Client, invoice: Invoice) -> None:
        page = words(client.get(f"/gestion/factures/{invoice.pk}/rappel/"))
        assert "Rappel n° 1" in page and invoice.contact.email in page and "Un oubli arrive" in page

    def test_nothing_is_read_of_what_is_paid(self, client: Client, invoice: Invoice, alix: User) -> None:
        make_payment(invoice, "100.00", alix)
        page = client.get(f"/gestion/factures/{invoice.pk}/rappel/", follow=True)
        assert "Aucun rappel ne partira" in words(page)

    def test_delay_is_agreed(self, client: Client, invoice: Invoice) -> None:
        url = f"/gestion/organisations/{invoice.organization_id}/rappels/"
        assert "à venir" in words(client.post(url, {"until": "2020-01-01", "reason": "x"}))
        until = (timezone.localdate() + timedelta(days=9)).isoformat()
        assert "subvention" in words(client.post(url, {"until": until, "reason": "subvention"}, follow=True))

    def test_calendar_goes_forward(self, client: Client, invoice: Invoice) -> None:
        answer = client.post("/gestion/rappels/", {"active": "on", "first": 9, "second": 8, "third": 7})
        assert "vient après" in words(answer)


def test_page_of_reminders_reads_the_invoices_that_it_shows(
    marmule: Offer, django_assert_num_queries: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Thousands may be late: those at the bottom are found, not read."""
    invoices = [make_invoice(marmule) for _each in range(5)]
    monkeypatch.setattr(sending, "READ_AT_ONCE", 3)
    until = late(invoices[0], 60).date()
    with django_assert_num_queries(3):  # the calendar, what is due, three invoices
        shown = [
            each.invoice.organization.name for each in islice(due_reminders(marmule.hoster, until=until), 2)
        ]
    assert len(shown) == 2
    due = [each.invoice for each in due_reminders(marmule.hoster, until=until)]
    assert due == sorted(invoices, key=lambda each: (each.due_on, each.pk))
