"""Statements of the bank: read in the shapes of French banks, matched, never counted twice (001-017, T12)."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from billing.bank.camt import read_camt
from billing.bank.csv_files import guess, read_bank_table, read_lines
from billing.bank.lines import UnreadableStatement
from billing.bank.matching import confirm_payment, undo
from billing.bank.proposals import known_of, propose
from billing.bank.statements import drop_statement
from billing.invoicing.fees import companion_of
from billing.models import BankEntry, Invoice, Payment
from billing.payments.rows import Movement, PaymentRefused
from billing.payments.undoing import take_back
from hosters.models import Hoster, User
from offers.models import Offer
from pricing.engine import Selection
from tests.factories import make_fees, make_invoice
from tests.money import make_bank_line
from tests.pages import words

CAMT = """<?xml version="1.0" encoding="UTF-8"?>
<Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.{version}"><BkToCstmrStmt><Stmt>
<Acct><Id><IBAN>FR7630006000011234567890189</IBAN></Id></Acct>
<Ntry><Amt Ccy="{currency}">100.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>{status}</Sts>
<BookgDt><Dt>2026-11-20</Dt></BookgDt><AcctSvcrRef>REF1</AcctSvcrRef><NtryDtls><TxDtls>
<RltdPties><Dbtr>{party}</Dbtr></RltdPties>
<RmtInf><Ustrd>FACTURE {number}</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>
<Ntry><Amt Ccy="EUR">12.50</Amt><CdtDbtInd>DBIT</CdtDbtInd><Sts>{status}</Sts>
<BookgDt><DtTm>2026-11-21T10:00:00</DtTm></BookgDt><AddtlNtryInf>FRAIS</AddtlNtryInf></Ntry>
</Stmt></BkToCstmrStmt></Document>"""
OLD = {"version": "02", "status": "BOOK", "party": "<Nm>AMIS DU LAVOIR</Nm>", "currency": "EUR"}
NEW = OLD | {"version": "08", "status": "<Cd>BOOK</Cd>", "party": "<Pty><Nm>AMIS DU LAVOIR</Nm></Pty>"}


def camt(number: str = "F-2026-0001", **changes: str) -> bytes:
    return CAMT.format(number=number, **OLD | changes).encode()


@pytest.fixture
def invoice(marmule: Offer) -> Invoice:
    return make_invoice(marmule)


def drop(hoster: Hoster, by: User, content: bytes, name: str = "releve.xml") -> None:
    drop_statement(hoster=hoster, name=name, content=content, by=by)


@pytest.mark.parametrize("shape", [OLD, NEW], ids=["001.02", "001.08"])
def test_camt_is_read_in_its_old_and_new_versions(shape: dict[str, str]) -> None:
    credit, debit = read_camt(camt(**shape))
    assert (credit.booked_on, credit.amount, credit.party) == (
        date(2026, 11, 20),
        Decimal("100.00"),
        "AMIS DU LAVOIR",
    )
    assert credit.label == "FACTURE F-2026-0001"
    assert (debit.booked_on, debit.amount, debit.label) == (date(2026, 11, 21), Decimal("-12.50"), "FRAIS")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"<Document", "abîmé"),
        (b"<a/>", "CAMT.053"),
        (camt(currency="USD"), "euros"),
        (b'<!DOCTYPE x [<!ENTITY a "b">]><x>&a;</x>', "abîmé"),
    ],
    ids=["cut", "other", "dollars", "entities"],
)
def test_other_xml_is_refused_with_what_to_do(content: bytes, said: str) -> None:
    with pytest.raises(UnreadableStatement, match=said):
        read_camt(content)


@pytest.mark.parametrize(
    "text",
    [
        "Date;Libellé;Débit;Crédit\n20/11/2026;VIR LAVOIR;;1 234,50\n21/11/2026;FRAIS;-12,00;\n",
        "Compte 123\nSolde au 22/11/2026;9 999,99\n\nDate opération;Date valeur;Libellé;Montant\n"
        "20/11/2026;20/11/2026;VIR LAVOIR;1.234,50\n21/11/2026;21/11/2026;FRAIS;-12,00\n",
        "date,label,amount\n2026-11-20,VIR LAVOIR,1234.50\n2026-11-21,FRAIS,-12.00\n",
        "Date;Libellé;Sens;Montant\n20/11/2026;VIR LAVOIR;Crédit;1234,50\n21/11/2026;FRAIS;D;12,00\n",
        "Date;Libellé;Sens;Montant\n20/11/2026;VIR LAVOIR;+;1234,50\n21/11/2026;FRAIS;-;-12,00\n",
        "Date;Libellé;Débit euros;Crédit euros\n20/11/26;VIR LAVOIR;;+1234,5 €\n21/11/26;FRAIS;12;\n",
    ],
    ids=["two columns", "preamble", "english", "sense in words", "sense in signs", "short years"],
)
def test_csv_is_read_as_french_banks_write_it(text: str) -> None:
    table = read_bank_table(text.encode("cp1252"))
    lines = read_lines(table, guess(table.header))
    assert [(line.booked_on.day, line.label, line.amount) for line in lines] == [
        (20, "VIR LAVOIR", Decimal("1234.50")),
        (21, "FRAIS", Decimal("-12.00")),
    ]


def test_amount_whose_sense_is_unknown_is_not_guessed() -> None:
    """001-017: fees read as a receipt would pay an invoice."""
    table = read_bank_table(b"Date;Libelle;Sens;Montant\n20/11/2026;FRAIS;X;3,20\n")
    with pytest.raises(UnreadableStatement, match="ni débit ni crédit"):
        read_lines(table, guess(table.header))


def test_same_file_five_times_and_one_that_overlaps_add_nothing(artifaille: Hoster, alix: User) -> None:
    for _turn in range(5):
        drop(artifaille, alix, camt())
    drop(artifaille, alix, camt() + b"\n")
    assert BankEntry.objects.count() == 2
    csv = "Date;Libellé;Crédit\n20/11/2026;DON;5,00\n20/11/2026;DON;5,00\n"
    drop(artifaille, alix, csv.encode(), "a.csv")
    drop(artifaille, alix, (csv + "21/11/2026;DON;5,00\n").encode(), "b.csv")
    assert BankEntry.objects.count() == 5


@pytest.mark.parametrize(
    ("amount", "label", "sure", "why"),
    [
        ("100.00", "VIR SEPA f 2026 0001 LAVOIR", True, "numéro de la facture et le montant"),
        ("60.00", "FACT F20260001", False, "une partie"),
        ("130.00", "FACT F20260001", False, "plus grand"),
        ("100.00", "VIR ASSO AMIS DU LAVOIR", False, "nom et le montant"),
        ("100.00", "VIREMENT RECU", False, "Seul le montant"),
    ],
)
def test_line_is_recognised(
    invoice: Invoice, alix: User, amount: str, label: str, sure: bool, why: str
) -> None:
    entry = make_bank_line(invoice.hoster, alix, amount, label)
    found = propose(entry, known_of(invoice.hoster))
    assert found is not None and (found.sure, why in found.why) == (sure, True)
    assert found.parts == ((invoice, Decimal(amount)),)


@pytest.mark.parametrize(
    ("label", "why"),
    [("VIR ASSO AMIS DU LAVOIR", "font ensemble ce montant"), ("FACT F20260002", "ces factures ensemble")],
)
def test_a_sale_and_its_membership_paid_at_once_are_recognised(
    marmule: Offer, alix: User, label: str, why: str
) -> None:
    """With the number of one of them, or only the name of the association; another debt changes nothing."""
    fees = make_fees(marmule)
    sale = companion_of(fees)
    assert sale is not None
    for turn in ("1", "2"):
        entry = make_bank_line(sale.hoster, alix, f"{sale.gross + fees.gross:.2f}", f"{turn} {label}")
        found = propose(entry, known_of(sale.hoster))
        assert found is not None and why in found.why
        assert set(found.parts) == {(sale, sale.gross), (fees, fees.gross)}
        make_invoice(marmule, selection=Selection({"users": Decimal(30), "storage_gb": Decimal(150)}))


@pytest.mark.parametrize("label", ["FACT F202600011", "DON ANONYME"])
def test_another_number_is_not_this_invoice(invoice: Invoice, alix: User, label: str) -> None:
    entry = make_bank_line(invoice.hoster, alix, "77.00", label)
    assert propose(entry, known_of(invoice.hoster)) is None


def test_match_is_confirmed_once_then_undone_by_another_row(invoice: Invoice, alix: User) -> None:
    entry = make_bank_line(invoice.hoster, alix, "130.00", invoice.number)
    for _turn in range(3):
        confirm_payment(entry=entry, parts=[(invoice, Decimal("130.00"))], by=alix)
    assert Invoice.objects.get().balance() == Decimal("-30.00")
    undo(entry=entry, by=alix)
    assert Invoice.objects.get().balance() == Decimal("100.00")
    confirm_payment(entry=entry, parts=[(invoice, Decimal("130.00"))], by=alix)
    assert [row.amount for row in Payment.objects.order_by("pk")] == [130, -130, 130]


def test_parts_must_be_the_whole_line(invoice: Invoice, alix: User) -> None:
    entry = make_bank_line(invoice.hoster, alix, "130.00", invoice.number)
    with pytest.raises(PaymentRefused, match="montants"):
        confirm_payment(entry=entry, parts=[(invoice, Decimal("100.00"))], by=alix)
    assert Payment.objects.count() == 0


class TestPages:
    @pytest.fixture
    def client(self, bastien: User, signed_in: Callable[[User], Client]) -> Client:
        return signed_in(bastien)

    def send(self, client: Client, content: bytes, **typed: object) -> str:
        file = SimpleUploadedFile("releve.csv", content)
        return words(client.post("/gestion/paiements/banque/", {"file": file, **typed}, follow=True))

    def test_statement_is_dropped_and_its_proposal_confirmed(self, client: Client, invoice: Invoice) -> None:
        assert "2 lignes lues." in self.send(client, camt(invoice.number))
        assert "déjà été lu" in self.send(client, camt(invoice.number))
        assert "dont nouvelles : 0" in self.send(client, camt(invoice.number) + b"\n")
        page = client.get("/gestion/paiements/banque/")
        assert "Le numéro de la facture et le montant y sont." in words(page)
        entry = BankEntry.objects.get(amount=100)
        url = f"/gestion/paiements/banque/{entry.pk}/confirmer/"
        assert "a changé" in words(client.post(url, {"shown": "1:1.00"}, follow=True))
        client.post(url, {"shown": f"{invoice.pk}:100.00"})
        assert Invoice.objects.get().balance() == 0
        client.post(f"/gestion/paiements/banque/{entry.pk}/defaire/")
        assert Invoice.objects.get().balance() == 100

    def test_unknown_columns_are_asked_once_and_remembered(self, client: Client, invoice: Invoice) -> None:
        first = b"Quand;Quoi;Combien\n20/11/2026;" + invoice.number.encode() + b";100,00\n"
        assert "Quelle colonne est quoi" in self.send(client, first)
        assert "n’est pas du texte" in self.send(client, b"\x89PNG\0", header=["Quand", "Quoi", "Combien"])
        told = {"header": ["Quand", "Quoi", "Combien"], "date": "0", "label": "1", "amount": "2"}
        assert "1 ligne lue." in self.send(client, first, **told)
        assert "1 ligne lue." in self.send(client, b"Quand;Quoi;Combien\n21/11/2026;DON;5,00\n")

    def test_every_sure_line_is_confirmed_at_once(self, client: Client, invoice: Invoice) -> None:
        self.send(client, camt(invoice.number))
        assert "1 ligne rapprochée." in words(
            client.post("/gestion/paiements/banque/certaines/", follow=True)
        )
        assert Payment.objects.get().invoice == invoice

    def test_one_transfer_pays_two_invoices_and_the_rest_is_kept(
        self, client: Client, invoice: Invoice, marmule: Offer, bastien: User
    ) -> None:
        """Undone after one of its payments was corrected by hand, the line waits again and nothing is taken twice."""
        second = make_invoice(marmule)
        both = invoice.gross + second.gross
        entry = make_bank_line(invoice.hoster, bastien, f"{both + 5:.2f}", "VIR DEUX FACTURES")
        client.post(f"/gestion/paiements/banque/{entry.pk}/", {"invoices": [invoice.pk, second.pk]})
        paid = list(Payment.objects.order_by("pk"))
        assert [row.amount for row in paid] == [invoice.gross, second.gross + 5]
        assert paid[0].movement == paid[1].movement
        movement = Movement(date(2026, 11, 22), "", "", uuid4(), bastien, reason="erreur")
        take_back(payment=paid[0], kind=Payment.Kind.CORRECTED, movement=movement)
        page = client.post(f"/gestion/paiements/banque/{entry.pk}/defaire/", follow=True)
        assert "défait" in words(page)
        assert [each.balance() for each in Invoice.objects.order_by("pk")] == [invoice.gross, second.gross]
        entry.refresh_from_db()
        assert entry.state == BankEntry.State.WAITING

    def test_invoices_are_chosen_by_hand(self, client: Client, invoice: Invoice, bastien: User) -> None:
        entry = make_bank_line(invoice.hoster, bastien, "40.00", "DON ANONYME")
        url = f"/gestion/paiements/banque/{entry.pk}/"
        assert "Sélectionnez" in words(client.post(url, {"invoices": ["0"]}))
        assert "ne correspond" in words(client.get(url, {"q": "F-1999"}))
        assert invoice.number in words(client.get(url, {"q": "lavoir"}))
        client.post(url, {"invoices": [invoice.pk]})
        assert Invoice.objects.get().balance() == 60
