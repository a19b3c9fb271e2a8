"""Credit notes: whole, partial, never beyond what is left, and the credited invoice never changes (NUM-04, 001-021)."""

from decimal import Decimal
from random import Random
from uuid import uuid4

import pytest
from django.core import mail as outbox
from django.forms.models import model_to_dict
from hypothesis import given, settings
from hypothesis import strategies as st

from billing.figures.sales import sales_of
from billing.invoicing.credit_notes import (
    Credited,
    CreditRefused,
    _taxed,
    fair_net,
    issue_credit_note,
    spread,
)
from billing.invoicing.drafts import issue_draft, start_draft, write_draft
from billing.invoicing.remaining import refundable_amount, remaining
from billing.models import Invoice, InvoiceDraft, InvoiceLine, Standing
from crm.models import Stage
from hosters.mail import send
from hosters.models import Mail, User
from offers.models import Offer
from pricing.engine.money import Taxed
from pricing.engine.money import cents as rounded
from tests.billing.documents.reading import missing, pages_of
from tests.billing.test_payments import pay
from tests.factories import make_invoice, make_quote
from tests.worker import finish_the_work


@pytest.fixture
def invoice(marmule: Offer) -> Invoice:
    return make_invoice(marmule)


def test_whole_credit_mirrors_the_invoice_and_leaves_it_alone(invoice: Invoice, alix: User) -> None:
    before = model_to_dict(invoice)
    note = issue_credit_note(invoice=invoice, reason="Erreur de saisie", by=alix)
    assert (note.number, note.kind, note.corrects) == ("F-AV-2026-0001", "credit_note", invoice)
    assert (note.net, note.vat, note.gross, note.vat_rows) == (
        invoice.net,
        invoice.vat,
        invoice.gross,
        invoice.vat_rows,
    )
    assert [line.label for line in note.lines.all()] == [line.label for line in invoice.lines.all()]
    assert (note.signed_gross, note.balance(), note.status_label) == (-invoice.gross, 0, "avoir")
    fresh = Invoice.objects.with_paid().get(pk=invoice.pk)
    assert model_to_dict(fresh) == before | {"standing": Standing.SETTLED}
    assert (fresh.balance(), fresh.credited, fresh.status_label) == (0, invoice.gross, "annulée par avoir")
    assert not Invoice.objects.unpaid().exists()
    with pytest.raises(CreditRefused, match="rien à créditer"):
        issue_credit_note(invoice=invoice, reason="Encore", by=alix)


def test_partial_credits_close_on_the_invoice(invoice: Invoice, alix: User) -> None:
    """RND-01: three thirds that do not fall on a cent, then the very rest, line by line and rate by rate."""
    line = invoice.lines.order_by("position")[0]
    for _third in range(3):
        amount = (line.amount / 3).quantize(Decimal("0.01"), "ROUND_DOWN")
        issue_credit_note(invoice=invoice, lines=[Credited(line, amount)], reason="Un tiers", by=alix)
    last = issue_credit_note(invoice=invoice, reason="Le reste", by=None)
    notes = list(Invoice.objects.filter(corrects=invoice))
    assert len(notes) == 4
    for name in ("net", "gross"):
        assert sum(getattr(note, name) for note in notes) == getattr(invoice, name)
    # The VAT of each document is its net times the rate (BR-CO-17), and never more than what was invoiced.
    assert invoice.vat - Decimal("0.01") * len(notes) <= sum(note.vat for note in notes) <= invoice.vat
    assert all(rest == Taxed(*[Decimal(0)] * 3) for rest in remaining(invoice).values())
    assert last.lines.get(against=line).amount == line.amount - 3 * amount


@pytest.mark.parametrize("rate", ["20", "10", "8.5", "5.5", "2.1"])
def test_parts_never_credit_more_vat_than_the_whole(rate: str) -> None:
    """RND-01, INV-20: however an amount is cut."""
    chance, percent = Random(3), Decimal(rate)
    for _turn in range(120):
        left = whole = Decimal(chance.randrange(100, 50_000)) / 100
        vat = Decimal(0)
        while left:
            asked = min(left, Decimal(chance.randrange(1, 20_000)) / 100)
            net = (
                fair_net(asked, percent, left=left, low=Decimal("0.01"), high=left) if asked < left else left
            )
            vat, left = vat + rounded(net * percent / 100), left - net
        assert vat <= rounded(whole * percent / 100)


def test_credit_is_never_more_than_what_is_left(invoice: Invoice, alix: User) -> None:
    line = invoice.lines.order_by("position")[0]
    with pytest.raises(CreditRefused, match="il reste"):
        issue_credit_note(
            invoice=invoice,
            lines=[Credited(line, line.amount), Credited(line, Decimal("0.01"))],
            reason="Trop",
            by=alix,
        )
    with pytest.raises(CreditRefused, match="nul"):
        issue_credit_note(invoice=invoice, lines=[], reason="Rien", by=alix)
    with pytest.raises(CreditRefused, match="il reste"):
        issue_credit_note(
            invoice=invoice,
            lines=[Credited(line, Decimal(-1)), Credited(line, Decimal("-2"))]
            + [Credited(other, other.amount) for other in invoice.lines.exclude(pk=line.pk)],
            reason="À l’envers",
            by=alix,
        )
    with pytest.raises(CreditRefused, match="motif"):
        issue_credit_note(invoice=invoice, reason=" ", by=alix)
    note = issue_credit_note(invoice=invoice, reason="Juste", by=alix)
    with pytest.raises(CreditRefused, match="ne se crédite pas"):
        issue_credit_note(invoice=note, reason="Un avoir", by=alix)


def test_form_sent_twice_credits_once(invoice: Invoice, alix: User) -> None:
    key, line = uuid4(), invoice.lines.all()[0]
    asked = {"invoice": invoice, "lines": [Credited(line, Decimal(1))], "reason": "Geste", "by": alix}
    first = issue_credit_note(**asked, key=key)
    assert issue_credit_note(**asked, key=key) == first
    assert Invoice.objects.filter(corrects=invoice).count() == 1


def test_only_what_was_received_in_excess_is_paid_back(invoice: Invoice, alix: User) -> None:
    """NUM-04: no refund before a credit note."""
    pay(invoice, "100.00", alix)
    assert refundable_amount(invoice) == 0
    issue_credit_note(
        invoice=invoice, lines=spread(invoice=invoice, gross=Decimal("33.34")), reason="Prorata", by=None
    )
    assert refundable_amount(invoice) == Decimal("33.34")


def test_only_purchase_credited_in_full_unmakes_a_client(marmule: Offer, alix: User) -> None:
    """004-002: paid without a quote, then credited; a part of it is not enough, an accepted quote stays a purchase."""
    day = {"label": "Atelier", "quantity": "1", "unit": "", "unit_price": "100.00", "vat": ""}
    draft = start_draft(contact=make_quote(marmule).contact, by=alix)
    write_draft(draft=draft, values={"subject": "Atelier"}, lines=[day])
    paid = issue_draft(draft=InvoiceDraft.objects.get(pk=draft.pk), by=alix)
    pay(paid, str(paid.gross), alix)
    client = paid.organization
    for gross, stage in ((Decimal(20), Stage.CLIENT), (None, Stage.INTEREST)):
        lines = spread(invoice=paid, gross=gross) if gross else None
        issue_credit_note(invoice=paid, lines=lines, reason="Annulé", by=alix)
        client.refresh_from_db()
        assert client.stage == stage
    assert (
        client.stage_changes.latest("pk").evidence
        == f"facture {paid.number} annulée par l’avoir F-AV-2026-0002"
    )
    accepted = make_invoice(marmule)
    issue_credit_note(invoice=accepted, reason="Erreur", by=alix)
    accepted.organization.refresh_from_db()
    assert accepted.organization.stage == Stage.CLIENT


def test_credit_lowers_the_sales_of_its_month(invoice: Invoice, alix: User) -> None:
    issue_credit_note(invoice=invoice, reason="Annulée", by=alix)
    assert sum(month.total for month in sales_of(invoice.hoster, today=invoice.issued_on).months) == 0


def test_credit_note_names_the_invoice_and_asks_for_no_transfer(invoice: Invoice, alix: User) -> None:
    note = issue_credit_note(invoice=invoice, reason="Erreur de saisie", by=alix)
    reader = pages_of(note)
    wanted = [
        f"Avoir {note.number}",
        f"{invoice.number} du",
        "Motif : Erreur de saisie",
        "Montant de l’avoir",
    ]
    assert missing(reader, wanted) == []
    assert missing(reader, ["IBAN", "À payer"]) == ["IBAN", "À payer"]


def test_credit_note_leaves_by_mail_in_words_of_its_own(invoice: Invoice, alix: User) -> None:
    note = issue_credit_note(invoice=invoice, reason="Le temps est rendu.", by=alix)
    finish_the_work()
    mail = Mail.objects.get(kind="credit_note_issued", reference=str(note.pk))
    send(mail)
    assert "Motif\u00a0: Le temps est rendu.\n" in str(outbox.outbox[-1].body)
    assert not Mail.objects.filter(kind="invoice_issued", reference=str(note.pk)).exists()


cents = st.integers(1, 100_000).map(lambda number: Decimal(number) / 100)


@settings(max_examples=60, deadline=None, database=None)
@given(st.lists(cents, min_size=1, max_size=6), st.sampled_from(["20", "10", "5.5", "0"]), st.data())
def test_any_sequence_of_credits_ends_on_the_very_cents(
    amounts: list[Decimal], rate: str, data: st.DataObject
) -> None:
    left: dict[InvoiceLine, Taxed] = {}
    for key, amount in enumerate(amounts, start=1):
        line = InvoiceLine(pk=key, category="S", rate=Decimal(rate), amount=amount)
        left[line] = Taxed.from_gross(amount, Decimal(rate))
    for _round in range(3):
        wanted = {
            line: Decimal(data.draw(st.integers(0, int(rest.gross * 100)))) / 100
            for line, rest in left.items()
        }
        for line, taken in _taxed(left, wanted).items():
            rest = left[line]
            left[line] = Taxed(rest.net - taken.net, rest.vat - taken.vat, rest.gross - taken.gross)
            assert min(left[line].net, left[line].vat, left[line].gross, taken.net, taken.vat) >= 0
    whole = {line: rest.gross for line, rest in left.items()}
    assert _taxed(left, whole) == left
