"""SEPA debits: mandate, notice, file, never twice, rejection (SEP-01 to SEP-05)."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.test import Client
from django.utils import timezone

from billing.bank.matching import confirm_batch
from billing.models import DebitBatch, DebitOrder, Invoice, Payment, SepaMandate
from billing.payments.rows import PaymentRefused
from billing.reminders.sending import still_due
from billing.sepa.announcing import (
    announce_again,
    announce_debit,
    bank_day,
    run_announcements,
    stopped_debits,
)
from billing.sepa.collecting import cancel_order, collect_batch, make_batch, reject_order
from billing.sepa.mandates import MandateRefused, mandate_of, revoke_mandate
from billing.sepa.pain002 import receive_answer
from hosters.models import User
from offers.models import Offer
from pricing.periods import months_after
from pricing.typography import euros
from tests.factories import make_fees, make_invoice
from tests.money import IBAN, ICS, make_bank_line, make_batch_of, make_mandate, make_payment
from tests.pages import hidden_fields, words
from tests.worker import finish_the_work

State = DebitOrder.State
ANSWER = """<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.{version}"><CstmrPmtStsRpt>
<OrgnlGrpInfAndSts><OrgnlMsgId>{message}</OrgnlMsgId><GrpSts>{group}</GrpSts></OrgnlGrpInfAndSts>{lines}
</CstmrPmtStsRpt></Document>"""
LINE = """<OrgnlPmtInfAndSts><TxInfAndSts><OrgnlEndToEndId>{order}</OrgnlEndToEndId><TxSts>RJCT</TxSts>
<StsRsnInf><Rsn><Cd>AM04</Cd></Rsn></StsRsnInf></TxInfAndSts></OrgnlPmtInfAndSts>"""


@pytest.fixture
def invoice(marmule: Offer) -> Invoice:
    return make_invoice(marmule)


@pytest.fixture
def mandate(invoice: Invoice, alix: User) -> SepaMandate:
    return make_mandate(invoice, alix)


@pytest.fixture
def order(invoice: Invoice, mandate: SepaMandate) -> DebitOrder:
    found = announce_debit(invoice=Invoice.objects.get(pk=invoice.pk))
    assert found is not None
    return found


@pytest.fixture
def batch(order: DebitOrder, alix: User) -> DebitBatch:
    return make_batch_of(order.hoster, alix)


def test_mandate_says_everything_that_it_must(mandate: SepaMandate) -> None:
    assert mandate.rum and len(mandate.rum) <= 35
    assert (mandate.creditor["ics"], mandate.iban) == (ICS, IBAN)
    assert "huit semaines" in mandate.statement and mandate.proof["sha256"]
    assert mandate.masked_iban == "FR14 •••• 2606"


def test_mandate_lapses_after_thirty_six_months_unused(invoice: Invoice, alix: User) -> None:
    today = timezone.localdate()
    old = make_mandate(invoice, alix, signed_on=months_after(today, -36))
    assert mandate_of(invoice.organization) is None
    assert mandate_of(invoice.organization, on=today - timedelta(days=1)) == old


def test_new_mandate_replaces_the_former_one(invoice: Invoice, mandate: SepaMandate, alix: User) -> None:
    again = make_mandate(invoice, alix)
    mandate.refresh_from_db()
    assert mandate.revoked_at and again.rum != mandate.rum
    assert mandate_of(invoice.organization) == again


@pytest.mark.parametrize("change", [{"iban": "FR1420041010050500013M02607"}], ids=["check digits"])
def test_wrong_account_signs_nothing(invoice: Invoice, alix: User, change: dict[str, str]) -> None:
    with pytest.raises(MandateRefused, match="IBAN"):
        make_mandate(invoice, alix, **change)


def test_debit_is_announced_fourteen_days_before_and_once(invoice: Invoice, order: DebitOrder) -> None:
    earliest = timezone.localdate() + timedelta(days=14)
    assert order.collect_on == bank_day(max(invoice.due_on, earliest)) >= earliest
    assert run_announcements() == 0
    assert DebitOrder.objects.count() == 1


def test_database_itself_refuses_a_second_debit_of_an_invoice(order: DebitOrder) -> None:
    order.pk, order.end_to_end, order._state.adding = None, "AUTRE", True
    with pytest.raises(IntegrityError), transaction.atomic():
        order.save(force_insert=True)


def test_announcement_of_an_invoice_already_sent_leaves_by_mail(
    invoice: Invoice, mandate: SepaMandate
) -> None:
    finish_the_work()  # the invoice is written and mailed first
    assert run_announcements() == 1
    finish_the_work()
    told = mail.outbox[-1].body
    assert all(word in told for word in (mandate.rum, ICS, "100,00", "2606")) and IBAN not in told


def test_sale_and_its_membership_are_announced_by_one_mail(marmule: Offer, alix: User) -> None:
    """SEP-02: two debits the bank will show, told together with the amount of each."""
    fees = make_fees(marmule)
    sale = Invoice.objects.get(subscription=fees.subscription, fees=False)
    make_mandate(sale, alix)
    finish_the_work()
    before = len(mail.outbox)
    assert (run_announcements(), run_announcements()) == (1, 0)
    finish_the_work()
    (told,) = mail.outbox[before:]
    words = (sale.number, f"la cotisation {fees.number}", euros(sale.gross), euros(fees.gross))
    assert [each for each in words if each not in told.body] == []
    assert {order.invoice for order in DebitOrder.objects.all()} == {sale, fees}


def test_each_half_of_a_day_tells_what_is_left_of_the_pair(marmule: Offer, alix: User) -> None:
    """SEP-02: the sale was given up before its mail left; the membership, still to be debited, is told all the same."""
    fees = make_fees(marmule)
    sale = Invoice.objects.get(subscription=fees.subscription, fees=False)
    make_mandate(sale, alix)
    finish_the_work()
    before = len(mail.outbox)
    run_announcements()
    DebitOrder.objects.filter(invoice=sale).update(state=State.CANCELLED)
    finish_the_work()
    (told,) = mail.outbox[before:]
    assert fees.number in told.body and sale.number not in told.body


def test_file_is_valid_numbered_and_says_each_debit(
    batch: DebitBatch, order: DebitOrder, mandate: SepaMandate
) -> None:
    """SEP-03, SEP-04: Checked against the schema of pain.008.001.08 by the library, before it is kept."""
    order.refresh_from_db()
    assert (order.state, order.batch, batch.total) == (State.SENT, batch, Decimal("100.00"))
    for said in (
        mandate.rum,
        IBAN,
        ICS,
        order.end_to_end,
        "100.00",
        "<TwnNm>Lyon</TwnNm>",
        "<SeqTp>RCUR</SeqTp>",
    ):
        assert said in batch.content
    assert "AdrLine" not in batch.content and batch.number.startswith("PRLV-")


def test_same_form_twice_makes_one_file(order: DebitOrder, alix: User) -> None:
    told = {"hoster": order.hoster, "scheme": "CORE", "until": date(2126, 1, 1), "key": uuid4(), "by": alix}
    assert make_batch(**told) == make_batch(**told)  # type: ignore[arg-type]
    with pytest.raises(MandateRefused, match="Aucun"):
        make_batch(**told | {"key": uuid4()})  # type: ignore[arg-type]


def test_what_was_paid_meanwhile_is_not_debited(order: DebitOrder, marmule: Offer, alix: User) -> None:
    make_payment(order.invoice, "100.00", alix)
    with pytest.raises(MandateRefused, match="Aucun"):
        make_batch_of(order.hoster, alix)
    partly = make_invoice(marmule)
    announce_debit(invoice=partly)
    make_payment(partly, "40.00", alix)
    assert make_batch_of(order.hoster, alix).total == partly.gross - 40


def test_revoked_mandate_debits_nothing(order: DebitOrder, mandate: SepaMandate, alix: User) -> None:
    revoke_mandate(mandate=mandate, reason="à la demande de l’association")
    order.refresh_from_db()
    assert order.state == State.CANCELLED
    assert run_announcements() == 0


def test_batch_is_collected_once_then_one_debit_comes_back(
    batch: DebitBatch, order: DebitOrder, alix: User
) -> None:
    today = timezone.localdate()
    for _turn in range(2):
        collect_batch(batch=batch, on=today, by=alix)
    assert Invoice.objects.get().balance() == 0
    for _turn in range(2):
        reject_order(order=order, code="AM04", reason="", on=today, by=alix)
    order.refresh_from_db()
    assert (order.state, order.code, order.reason) == (State.REJECTED, "AM04", "provision insuffisante")
    assert [row.amount for row in Payment.objects.order_by("pk")] == [100, -100]
    assert Invoice.objects.get().balance() == 100
    assert run_announcements() == 0  # a person decides whether to try again


def test_debit_comes_back_after_its_payment_and_not_tomorrow(
    batch: DebitBatch, order: DebitOrder, alix: User
) -> None:
    """SEP-05: a rejection dated before its debit, or to come, would make a ledger that nobody can follow."""
    today = timezone.localdate()
    told = {"order": order, "code": "AM04", "reason": "", "by": alix}
    with pytest.raises(PaymentRefused, match="pas encore venu"):
        reject_order(**told, on=today + timedelta(days=1))  # type: ignore[arg-type]
    collect_batch(batch=batch, on=today, by=alix)
    with pytest.raises(PaymentRefused, match="ne peut pas revenir avant"):
        reject_order(**told, on=today - timedelta(days=1))  # type: ignore[arg-type]
    assert Invoice.objects.get().balance() == 0


def test_file_whose_debits_all_came_back_has_no_money_to_expect(
    batch: DebitBatch, order: DebitOrder, alix: User, bastien: User, signed_in: Callable[[User], Client]
) -> None:
    """SEP-05: neither its page, nor a line of the bank, nor a form kept open records that it was paid."""
    reject_order(order=order, code="AM04", reason="", on=timezone.localdate(), by=alix)
    page = words(signed_in(bastien).get(batch.get_absolute_url()))
    assert "plus rien à encaisser" in page and "Noter l’encaissement" not in page
    assert "tout est revenu" in words(signed_in(bastien).get("/gestion/prelevements/"))
    entry = make_bank_line(batch.hoster, alix, "100.00", batch.number)
    with pytest.raises(PaymentRefused, match="doit encore payer"):
        confirm_batch(entry=entry, batch=batch, by=alix)
    with pytest.raises(PaymentRefused, match="rien à encaisser"):
        collect_batch(batch=batch, on=timezone.localdate(), by=alix)


def test_rejected_debit_is_tried_again_when_somebody_says_so(
    batch: DebitBatch, order: DebitOrder, alix: User
) -> None:
    """SEP-05: with the whole notice, in another file, under another reference; the first one stays rejected."""
    reject_order(order=order, code="AM04", reason="", on=timezone.localdate(), by=alix)
    assert list(stopped_debits(order.hoster)) == [order]
    again, same = announce_again(order=order), announce_again(order=order)
    assert again == same and again.end_to_end != order.end_to_end
    assert again.collect_on >= timezone.localdate() + timedelta(days=14)
    assert not stopped_debits(order.hoster)
    second = make_batch_of(order.hoster, alix)
    assert again.end_to_end in second.content and order.end_to_end not in second.content
    collect_batch(batch=second, on=timezone.localdate(), by=alix)
    assert Invoice.objects.get().balance() == 0
    with pytest.raises(MandateRefused, match="plus à payer"):
        announce_again(order=order)


def test_debit_given_up_stays_so_until_somebody_tries_again(order: DebitOrder) -> None:
    cancel_order(order=order, reason="abandonné par l’équipe")
    assert run_announcements() == 0
    assert list(stopped_debits(order.hoster)) == [order]
    assert announce_again(order=order).state == State.ANNOUNCED


def test_debit_that_stopped_with_its_mandate_is_announced_with_the_next_one(
    order: DebitOrder, mandate: SepaMandate, alix: User
) -> None:
    revoke_mandate(mandate=mandate, reason="autre banque")
    with pytest.raises(MandateRefused, match="mandat utilisable"):
        announce_again(order=order)
    make_mandate(order.invoice, alix)
    assert (run_announcements(), run_announcements()) == (1, 0)


def test_reminders_are_sent_for_what_a_collected_debit_left_to_pay(
    batch: DebitBatch, order: DebitOrder, alix: User
) -> None:
    assert not still_due(order.invoice)
    DebitOrder.objects.update(amount=Decimal("60.00"))
    collect_batch(batch=batch, on=timezone.localdate(), by=alix)
    assert still_due(Invoice.objects.get())


@pytest.mark.parametrize("whole", [False, True], ids=["one debit", "the whole file"])
def test_answer_of_the_bank_rejects_and_changes_nothing_twice(
    batch: DebitBatch, order: DebitOrder, alix: User, whole: bool
) -> None:
    lines = "" if whole else LINE.format(order=order.end_to_end) + LINE.format(order="INCONNU")
    group = "RJCT" if whole else "PART"
    content = ANSWER.format(version="10", message=batch.message_id, group=group, lines=lines).encode()
    answers = [
        receive_answer(hoster=batch.hoster, content=content, on=timezone.localdate(), by=alix)
        for _turn in range(2)
    ]
    assert [len(answer.rejected) for answer in answers] == [1, 0]
    assert answers[0].unknown == ([] if whole else ["INCONNU"])
    with pytest.raises(PaymentRefused, match=r"pain\.002"):
        receive_answer(hoster=batch.hoster, content=b"<a/>", on=timezone.localdate(), by=alix)


class TestPages:
    @pytest.fixture
    def client(self, bastien: User, signed_in: Callable[[User], Client]) -> Client:
        return signed_in(bastien)

    def test_from_the_announcement_to_the_money(self, client: Client, order: DebitOrder) -> None:
        page = client.get("/gestion/prelevements/")
        page = client.post(
            "/gestion/prelevements/",
            hidden_fields(page) | {"until": "2126-01-01", "scheme": "CORE"},
            follow=True,
        )
        assert "prête" in words(page)
        batch = DebitBatch.objects.get()
        file = client.get(f"/gestion/prelevements/remises/{batch.pk}/fichier/")
        assert file.content.decode() == batch.content and "attachment" in file["Content-Disposition"]
        client.post(batch.get_absolute_url(), {"on": "2026-11-20"})
        url = f"/gestion/prelevements/{order.pk}/rejet/"
        assert 'value="" selected' in client.get(url).content.decode(), (
            "nobody chooses the motive for the bank"
        )
        page = client.post(url, {"on": "2026-11-21", "code": "MD06", "reason": ""}, follow=True)
        assert "remboursement demandé par le client" in words(page)
        assert "Prélever à nouveau" in words(client.get("/gestion/prelevements/"))
        page = client.post(f"/gestion/prelevements/{order.pk}/representer/", follow=True)
        assert "sera prélevée le" in words(page) and "Prélever à nouveau" not in words(page)

    def test_payment_made_by_a_debit_is_taken_back_as_a_debit(
        self, client: Client, batch: DebitBatch, order: DebitOrder, alix: User
    ) -> None:
        """Else the debit would still count as collected: no reminder, and never another debit."""
        collect_batch(batch=batch, on=timezone.localdate(), by=alix)
        page = client.get(f"/gestion/paiements/{Payment.objects.get().pk}/annuler/", follow=True)
        assert page.redirect_chain[-1][0] == f"/gestion/prelevements/{order.pk}/rejet/"
        assert "prélèvement" in words(page)

    def test_paper_mandate_is_recorded_and_revoked(self, client: Client, mandate: SepaMandate) -> None:
        url = f"/gestion/organisations/{mandate.organization_id}/mandat/"
        typed = dict.fromkeys(("holder", "street", "town", "place", "signatory", "kept"), "Lyon")
        typed |= {"postcode": "69003", "country": "FR", "signed_on": "2026-11-01"}
        assert "n’est pas valable" in words(client.post(url, typed | {"iban": "FR00"}))
        page = words(client.post(url, typed | {"iban": "FR14 2004 1010 0505 0001 3M02 606"}, follow=True))
        assert "enregistré" in page and IBAN not in page
        made = SepaMandate.objects.latest("pk")
        assert "révoqué" in words(
            client.post(made.get_absolute_url(), {"reason": "change de banque"}, follow=True)
        )


def test_weekend_is_moved_to_monday() -> None:
    assert bank_day(date(2026, 11, 21)) == bank_day(date(2026, 11, 22)) == date(2026, 11, 23)
    assert bank_day(date(2026, 11, 20)) == date(2026, 11, 20)
