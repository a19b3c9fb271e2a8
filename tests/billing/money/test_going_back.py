"""Excess, refund, rejection, cash: every correction is another row (SEP-05, CASH-01, INV-03)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from billing.invoicing.credit_notes import issue_credit_note
from billing.models import Invoice, Payment
from billing.payments.excess import move_excess, refund
from billing.payments.rows import Movement, PaymentRefused
from billing.payments.undoing import take_back
from hosters.models import User
from offers.models import Offer
from tests.factories import make_invoice
from tests.money import make_payment
from tests.pages import hidden_fields, words

Kind = Payment.Kind


@pytest.fixture
def invoice(marmule: Offer) -> Invoice:
    return make_invoice(marmule)


def movement(by: User, **changes: object) -> Movement:
    values = {
        "on": date(2026, 11, 22),
        "method": "transfer",
        "reference": "R",
        "key": uuid4(),
        "reason": "motif",
    }
    return Movement(by=by, **values | changes)  # type: ignore[arg-type]


def due(invoice: Invoice) -> Decimal:
    return Invoice.objects.get(pk=invoice.pk).balance()


def test_rejection_opens_the_invoice_again_and_happens_once(invoice: Invoice, alix: User) -> None:
    payment = make_payment(invoice, "100.00", alix, method="debit")
    row = take_back(payment=payment, kind=Kind.REJECTED, movement=movement(alix))
    assert (row.amount, row.method, due(invoice)) == (Decimal("-100.00"), "debit", Decimal("100.00"))
    with pytest.raises(PaymentRefused, match="déjà"):
        take_back(payment=payment, kind=Kind.REJECTED, movement=movement(alix))
    with pytest.raises(PaymentRefused, match="ne s’annule pas"):
        take_back(payment=row, kind=Kind.CORRECTED, movement=movement(alix))


def test_database_itself_refuses_a_second_correction(invoice: Invoice, alix: User) -> None:
    payment = make_payment(invoice, "100.00", alix)
    row = take_back(payment=payment, kind=Kind.CORRECTED, movement=movement(alix))
    row.pk, row.key, row._state.adding = None, uuid4(), True
    with pytest.raises(IntegrityError), transaction.atomic():
        row.save(force_insert=True)


def test_excess_is_kept_when_told_then_pays_another_invoice(
    marmule: Offer, invoice: Invoice, alix: User
) -> None:
    make_payment(invoice, "130.00", alix, keep_excess=True)
    later = make_invoice(marmule)
    told = movement(alix, method="none")
    for _turn in range(2):
        move_excess(source=invoice, target=later, amount=Decimal("30.00"), movement=told)
    assert (due(invoice), due(later)) == (Decimal(0), later.gross - 30)
    assert sum(row.amount for row in Payment.objects.all()) == Decimal("130.00")


def test_excess_of_one_association_never_pays_another(marmule: Offer, invoice: Invoice, alix: User) -> None:
    from crm.organizations import OrganizationDetails, PersonDetails

    make_payment(invoice, "130.00", alix, keep_excess=True)
    other = make_invoice(
        marmule,
        organization=OrganizationDetails("La Chorale", "1 rue", "69001", "Lyon"),
        person=PersonDetails("Aïcha", "aicha@chorale.example", notice="…"),
    )
    with pytest.raises(PaymentRefused, match="même association"):
        move_excess(source=invoice, target=other, amount=Decimal("30.00"), movement=movement(alix))


def test_refund_needs_a_credit_note_or_an_excess(invoice: Invoice, alix: User) -> None:
    make_payment(invoice, "100.00", alix)
    with pytest.raises(PaymentRefused, match="avoir"):
        refund(invoice=invoice, amount=Decimal("10.00"), movement=movement(alix))
    issue_credit_note(invoice=invoice, reason="geste", by=alix)
    told = movement(alix)
    rows = [refund(invoice=invoice, amount=Decimal("100.00"), movement=told) for _turn in range(3)]
    assert (len({row.pk for row in rows}), rows[0].amount, due(invoice)) == (
        1,
        Decimal("-100.00"),
        Decimal(0),
    )
    assert sum(row.vat for row in rows[0].shares.all()) == -invoice.vat


def test_credit_note_is_never_paid(invoice: Invoice, alix: User) -> None:
    note = issue_credit_note(invoice=invoice, reason="erreur", by=alix)
    with pytest.raises(PaymentRefused, match="avoir"):
        make_payment(note, "10.00", alix)


def test_cash_is_limited_for_one_invoice_however_many_times(marmule: Offer, alix: User) -> None:
    """CASH-01: 1 000.01 € refused, even in two times."""
    from pricing.engine import Selection

    invoice = make_invoice(marmule, selection=Selection({"users": Decimal(12), "storage_gb": Decimal(3000)}))
    assert invoice.gross > 1001
    make_payment(invoice, "999.99", alix, method="cash")
    with pytest.raises(PaymentRefused, match="espèces"):
        make_payment(invoice, "0.02", alix, method="cash")
    make_payment(invoice, "0.01", alix, method="cash")


class TestPages:
    @pytest.fixture
    def client(self, bastien: User, signed_in: Callable[[User], Client]) -> Client:
        return signed_in(bastien)

    def send(self, client: Client, url: str, **typed: str) -> str:
        return words(client.post(url, hidden_fields(client.get(url)) | typed, follow=True))

    def test_payment_is_taken_back(self, client: Client, invoice: Invoice, alix: User) -> None:
        payment = make_payment(invoice, "100.00", alix)
        url = f"/gestion/paiements/{payment.pk}/annuler/"
        typed = {"on": f"{payment.received_on}", "kind": "rejected"}
        assert "obligatoire" in self.send(client, url, **typed, reason="")
        early = typed | {"on": "2026-01-02", "reason": "chèque sans provision"}
        assert "ne peut pas revenir avant" in self.send(client, url, **early)
        assert "rejeté par la banque" in self.send(client, url, **typed, reason="chèque sans provision")
        assert due(invoice) == Decimal("100.00")

    def test_excess_is_asked_about_then_kept(self, client: Client, invoice: Invoice) -> None:
        url = invoice.get_absolute_url()
        typed = {"amount": "120.00", "received_on": "2026-01-02", "method": "transfer"}
        assert "garder le trop-perçu" in self.send(client, url, **typed)
        assert "20,00 € de trop" in self.send(client, url, **typed, keep_excess="on")
        assert "20,00 €" in words(client.get("/gestion/paiements/trop-percus/"))

    def test_lists_of_money_cost_few_queries(
        self, client: Client, invoice: Invoice, django_assert_max_num_queries: Callable[..., object]
    ) -> None:
        for page in ("paiements", "paiements/banque", "prelevements", "mandats", "rappels"):
            with django_assert_max_num_queries(12):  # type: ignore[attr-defined]
                assert client.get(f"/gestion/{page}/").status_code == 200
