"""Money received: always for an invoice, never more than it asks, once."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from io import StringIO
from typing import Any
from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from billing.invoicing.drafts import issue_draft, start_draft, write_draft
from billing.models import Invoice, InvoiceDraft, Payment, Standing
from billing.payments.recording import record_payment
from billing.payments.rows import PaymentRefused
from billing.standing import contradicted, note_standing
from crm.models import Organization, Stage
from hosters.models import Role, User
from offers.models import Offer
from tests.factories import make_invoice, make_quote, make_staff
from tests.pages import hidden_fields, words

SignIn = Callable[[User], Client]


@pytest.fixture
def invoice(marmule: Offer) -> Invoice:
    return make_invoice(marmule)


def pay(invoice: Invoice, amount: str, by: User, **changes: object) -> Payment:
    values: dict[str, object] = {
        "received_on": date(2026, 11, 20),
        "method": Payment.Method.TRANSFER,
        "reference": "VIR 1",
        "key": uuid4(),
    }
    return record_payment(invoice=invoice, amount=Decimal(amount), by=by, **values | changes)  # type: ignore[arg-type]


def test_payment_has_an_invoice_a_way_and_no_card() -> None:
    """001-019, 002-145: without an invoice it cannot be written; how and with which reference, never a card number."""
    fields = {each.name: each for each in Payment._meta.concrete_fields}
    assert not fields["invoice"].null
    assert {"method", "reference"} <= set(fields)
    assert not {"card", "pan", "number", "cvv", "expiry"} & {
        part for name in fields for part in name.split("_")
    }


def test_payment_settles_the_invoice(invoice: Invoice, alix: User) -> None:
    """INV-01: what is paid was invoiced, whoever the client is."""
    assert (invoice.balance(), invoice.status_label) == (Decimal("100.00"), "à payer")
    pay(invoice, "100.00", alix)
    assert (invoice.balance(), invoice.status_label) == (Decimal("0.00"), "payée")


def test_first_paid_invoice_makes_a_client(marmule: Offer, alix: User) -> None:
    """004-002, C2: an invoice paid, without any accepted quote; neither its quote nor the invoice alone did."""
    draft = start_draft(contact=make_quote(marmule).contact, by=alix)
    day = {"label": "Atelier", "quantity": "1", "unit": "", "unit_price": "100.00", "vat": ""}
    write_draft(draft=draft, values={"subject": "Atelier"}, lines=[day])
    issued = issue_draft(draft=InvoiceDraft.objects.get(pk=draft.pk), by=alix)
    assert Organization.objects.get().stage == Stage.INTEREST
    pay(issued, "1.00", alix)
    client = Organization.objects.get()
    assert (client.stage, client.stage_changes.latest("pk").evidence) == (
        Stage.CLIENT,
        f"facture {issued.number} payée",
    )


def test_payments_add_up(invoice: Invoice, alix: User) -> None:
    pay(invoice, "60.00", alix)
    pay(invoice, "40.00", alix)
    assert invoice.balance() == 0
    assert Invoice.objects.get().pk not in Invoice.objects.unpaid().values_list("pk", flat=True)


@pytest.mark.parametrize("amount", ["100.01", "1000", "999999999.99"])
def test_more_than_due_is_refused(invoice: Invoice, alix: User, amount: str) -> None:
    with pytest.raises(PaymentRefused, match="dépasse"):
        pay(invoice, amount, alix)
    assert Payment.objects.count() == 0


@pytest.mark.parametrize("amount", ["0", "-5", "-0.01"])
def test_payment_of_nothing_is_refused(invoice: Invoice, alix: User, amount: str) -> None:
    with pytest.raises(PaymentRefused, match="plus grand que zéro"):
        pay(invoice, amount, alix)


def test_money_to_come_is_no_payment(invoice: Invoice, alix: User) -> None:
    """What the association reads as received was received, whoever records it."""
    with pytest.raises(PaymentRefused, match="pas encore venu"):
        pay(invoice, "40.00", alix, received_on=timezone.localdate() + timedelta(days=1))
    assert invoice.balance() == Decimal("100.00")


def test_same_key_is_one_payment(invoice: Invoice, alix: User) -> None:
    key = uuid4()
    assert pay(invoice, "40.00", alix, key=key) == pay(invoice, "40.00", alix, key=key)
    assert invoice.balance() == Decimal("60.00")


def test_key_of_another_invoice_is_refused(invoice: Invoice, marmule: Offer, alix: User) -> None:
    key = uuid4()
    pay(invoice, "40.00", alix, key=key)
    with pytest.raises(PaymentRefused, match="déjà"):
        pay(make_invoice(marmule), "40.00", alix, key=key)


@pytest.mark.parametrize(
    "change", [{"amount": "60.00"}, {"reference": "VIR 2"}, {"method": Payment.Method.CHEQUE}], ids=str
)
def test_key_with_something_else_is_refused(invoice: Invoice, alix: User, change: dict[str, Any]) -> None:
    """Told « recorded » when nothing was, an accountant would look for the money elsewhere."""
    first: dict[str, Any] = {"amount": "40.00", "by": alix, "key": uuid4()}
    pay(invoice, **first)
    with pytest.raises(PaymentRefused, match="déjà"):
        pay(invoice, **first | change)
    assert invoice.balance() == Decimal("60.00")


def test_late_invoice_says_so(invoice: Invoice, time_machine: object) -> None:
    time_machine.move_to(f"{invoice.due_on} 12:00+01:00")  # type: ignore[attr-defined]
    assert Invoice.objects.get().status_label == "à payer"
    time_machine.shift(24 * 3600)  # type: ignore[attr-defined]
    assert Invoice.objects.get().status_label == "en retard"


class TestForm:
    """The page of an invoice, for those who keep the accounts."""

    def send(self, client: Client, invoice: Invoice, **changes: str) -> str:
        url = invoice.get_absolute_url()
        typed = {"amount": "100.00", "received_on": "2026-11-20", "method": "transfer", "reference": "VIR 1"}
        return words(client.post(url, typed | hidden_fields(client.get(url)) | changes, follow=True))

    def test_payment_is_recorded(self, invoice: Invoice, bastien: User, signed_in: SignIn) -> None:
        assert "Paiement enregistré." in self.send(signed_in(bastien), invoice)
        payment = Payment.objects.get()
        assert (payment.amount, payment.recorded_by) == (Decimal("100.00"), bastien)

    @pytest.mark.parametrize(
        "amount", ["0", "-1", "abc", "²", "NaN", "1e400", "0.001", "99999999999999", "", "1\0", "Infinity"]
    )
    def test_amount_that_is_none_gets_a_message(
        self, invoice: Invoice, bastien: User, signed_in: SignIn, amount: str
    ) -> None:
        page = self.send(signed_in(bastien), invoice, amount=amount)
        assert "Paiement enregistré." not in page
        assert Payment.objects.count() == 0

    @pytest.mark.parametrize("field", ["received_on", "method", "key", "reference"])
    def test_wrong_answer_gets_a_message(
        self, invoice: Invoice, bastien: User, signed_in: SignIn, field: str
    ) -> None:
        page = self.send(signed_in(bastien), invoice, **{field: "\0" * 100})
        assert "Paiement enregistré." not in page
        assert Payment.objects.count() == 0

    def test_too_much_gets_a_message(self, invoice: Invoice, bastien: User, signed_in: SignIn) -> None:
        assert "dépasse ce qui reste dû" in self.send(signed_in(bastien), invoice, amount="100.01")

    def test_sent_twice_is_one_payment(self, invoice: Invoice, bastien: User, signed_in: SignIn) -> None:
        key = str(uuid4())
        for _ in range(2):
            self.send(signed_in(bastien), invoice, amount="40.00", key=key)
        assert Payment.objects.count() == 1

    def test_somebody_without_the_role_is_refused(self, invoice: Invoice, signed_in: SignIn) -> None:
        sales = make_staff(invoice.hoster, Role.SALES)
        answer = signed_in(sales).post(invoice.get_absolute_url(), {"amount": "100.00"})
        assert answer.status_code == 403
        assert Payment.objects.count() == 0


@pytest.mark.parametrize(
    ("amounts", "owed"),
    [([], True), (["60"], True), (["60", "40"], False), (["100"], False), (["100", "-100"], True)],
)
def test_unpaid_invoices_are_those_with_something_left(
    invoice: Invoice, alix: User, amounts: list[str], owed: bool
) -> None:
    """Whatever the number of payments, and when one is taken back."""
    for amount in amounts:
        Payment.objects.create(
            invoice=invoice,
            kind=Payment.Kind.REFUNDED if amount.startswith("-") else Payment.Kind.RECEIVED,
            amount=Decimal(amount),
            received_on=date(2026, 11, 20),
            recorded_by=alix,
            key=uuid4(),
        )
        note_standing([invoice.pk])
    assert not contradicted(invoice.hoster)
    Invoice.objects.filter(pk=invoice.pk).update(standing=Standing.SETTLED if owed else Standing.OWED)
    with pytest.raises(CommandError):
        call_command("verify_ledger", hoster=invoice.hoster.slug, stdout=(out := StringIO()))
    assert f"mal marqué sur 1 factures : {invoice.number}" in out.getvalue()
    note_standing([invoice.pk])
    assert Invoice.objects.unpaid().filter(pk=invoice.pk).exists() == owed
    assert (invoice.balance() > 0) == owed
