"""Balanced entries in a FEC that any software reads, in lots that never change (RET-03, 001-017)."""

from collections import defaultdict
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from billing.accounting.batches import NothingToExport
from billing.accounting.fec import FIELDS
from billing.accounting.journal import fec_of_year, make_journal
from billing.accounting.overview import overview_of
from billing.accounting.turnover import turnover, watch
from billing.invoicing.credit_notes import Credited, issue_credit_note
from billing.ledger.verification import verify
from billing.models import ExportBatch, ExportFile, Invoice
from hosters.models import Hoster, User
from offers.models import Offer
from tests.billing.ledger.world import paid_invoices
from tests.factories import make_fees, make_hoster, make_invoice, make_offer
from tests.pages import words


def today() -> date:
    return timezone.localdate()


def rows_of(text: str) -> list[dict[str, str]]:
    """The lines of a FEC; every line has its eighteen fields."""
    header, *lines = text.split("\r\n")[:-1]
    assert tuple(header.split("\t")) == FIELDS
    assert all(len(line.split("\t")) == 18 for line in lines)
    return [dict(zip(FIELDS, line.split("\t"), strict=True)) for line in lines]


def amount(text: str) -> Decimal:
    return Decimal(text.replace(",", "."))


def sums(rows: list[dict[str, str]], by: str = "CompteNum") -> dict[str, Decimal]:
    """Debit less credit, by a field."""
    found: dict[str, Decimal] = defaultdict(Decimal)
    for row in rows:
        found[row[by]] += amount(row["Debit"]) - amount(row["Credit"])
    return found


def fec(batch: ExportBatch) -> str:
    return batch.files.get(name__endswith=".txt").content


def test_entries_balance_and_say_what_the_documents_say(artifaille: Hoster, invoices: list[Invoice]) -> None:
    credit = issue_credit_note(
        invoice=invoices[0],
        lines=[Credited(invoices[0].lines.get(position=1), Decimal("6.00"))],
        reason="Geste",
        by=None,
    )
    fees = make_fees(invoices[0].quote.offer)
    rows = rows_of(fec(make_journal(hoster=artifaille, end=today())))
    assert set(sums(rows, by="EcritureNum").values()) == {Decimal(0)}
    assert [int(number) for number in dict.fromkeys(row["EcritureNum"] for row in rows)] == list(range(1, 10))
    by_account = sums(rows)
    issued = Invoice.objects.exclude(pk=credit.pk)
    assert by_account["411000"] == sum(each.gross for each in issued) - credit.gross - 30
    assert by_account["512000"] == 30
    assert by_account["445711"] == credit.vat - sum(each.vat for each in issued)
    assert -by_account["706000"] - by_account["756000"] == sum(each.net for each in issued) - credit.net
    assert by_account["756000"] == -fees.gross < 0  # dues outside VAT are no sale
    assert {row["PieceRef"] for row in rows} == set(Invoice.objects.values_list("number", flat=True))
    assert all(row["CompAuxNum"] and row["CompAuxLib"] for row in rows if row["CompteNum"] == "411000")


def test_lot_never_changes_and_what_came_late_is_in_the_next(
    artifaille: Hoster, invoices: list[Invoice], marmule: Offer, at: Callable[[str], None]
) -> None:
    first = make_journal(hoster=artifaille, end=today())
    kept = fec(first)
    (late,) = paid_invoices(marmule, 1)
    with pytest.raises(NothingToExport, match="dès le lendemain"):
        make_journal(hoster=artifaille, end=today())
    at(f"{today() + timedelta(days=1)} 12:00+01:00")
    second = make_journal(hoster=artifaille, end=today())
    rows = rows_of(fec(second))
    assert (second.number, second.first_entry) == (2, first.last_entry + 1)
    assert {row["PieceRef"] for row in rows} == {late.number}
    assert {row["EcritureDate"] for row in rows} == {f"{second.start:%Y%m%d}"}
    assert {row["PieceDate"] for row in rows if row["JournalCode"] == "VE"} == {f"{late.issued_on:%Y%m%d}"}
    assert fec(ExportBatch.objects.get(pk=first.pk)) == kept
    name, year = fec_of_year(artifaille, first.closing.year)
    assert name == f"{artifaille.siren}FEC{first.closing:%Y%m%d}.txt"
    assert rows_of(year) == rows_of(kept) + rows
    assert verify(artifaille).sound  # lots are in the ledger too


def test_page_says_that_the_fec_of_a_year_lacks_what_no_lot_holds(
    artifaille: Hoster,
    marmule: Offer,
    bastien: User,
    signed_in: Callable[[User], Client],
    at: Callable[[str], None],
) -> None:
    """RET-03: nobody hands over a part of a year as the whole year; it is whole once its lots reach its last day."""
    at(f"{today().year + 1}-11-10 12:00+01:00")
    make_invoice(marmule)
    first = make_journal(hoster=artifaille, end=today())
    url = "/gestion/comptabilite/"
    assert "exercice non clos" in words(signed_in(bastien).get(url))
    make_invoice(marmule)
    assert "1 pièce dans aucun lot, exercice non clos" in words(signed_in(bastien).get(url))
    at(f"{first.closing + timedelta(days=3)} 12:00+01:00")
    assert "1 pièce dans aucun lot, derniers lots à faire" in words(signed_in(bastien).get(url))
    make_journal(hoster=artifaille, end=first.closing)
    page = words(signed_in(bastien).get(url))
    assert "incomplet" not in page and "complet." in page


def proposed_end(hoster: Hoster) -> date | None:
    return overview_of(hoster).ends[ExportBatch.Kind.JOURNAL]


def test_proposed_day_of_a_lot_makes_one(
    artifaille: Hoster, invoices: list[Invoice], at: Callable[[str], None]
) -> None:
    """RET-03: the end of last month, today for what came since; none when the next lot is for tomorrow."""
    proposed = proposed_end(artifaille)
    assert proposed == today() and make_journal(hoster=artifaille, end=proposed).pieces
    assert proposed_end(artifaille) is None
    at(f"{today() + timedelta(days=1)} 12:00+01:00")
    assert proposed_end(artifaille) == today()
    at(f"{today() + timedelta(days=60)} 12:00+01:00")
    assert proposed_end(artifaille) == today().replace(day=1) - timedelta(days=1)


def test_lot_stops_at_the_end_of_the_financial_year(
    artifaille: Hoster, invoices: list[Invoice], at: Callable[[str], None]
) -> None:
    at(f"{today().year + 1}-02-10 12:00+01:00")
    first = make_journal(hoster=artifaille, end=today())
    assert first.end == first.closing == date(today().year - 1, 12, 31)


def test_without_siren_or_piece_no_lot_is_made(db: None) -> None:
    for siren in ("", "303265045"):
        hoster = make_hoster(siren=siren)
        with scope(hoster=hoster), pytest.raises(NothingToExport):
            make_journal(hoster=hoster, end=today())


@pytest.mark.usefixtures("disarmed")
def test_words_of_people_break_no_line_and_are_no_formula(
    artifaille: Hoster, invoices: list[Invoice]
) -> None:
    hostile = "=1+1\t|\r\nLavoir"
    Invoice.objects.filter(pk=invoices[0].pk).update(buyer=invoices[0].buyer | {"name": hostile})
    batch = make_journal(hoster=artifaille, end=today())
    names = {row["CompAuxLib"] for row in rows_of(fec(batch))}
    assert "=1+1 Lavoir" in names
    table = batch.files.get(name__endswith=".csv").content
    assert "'=1+1" in table
    assert ";=1+1" not in table


def test_turnover_of_a_period_is_that_of_the_documents(artifaille: Hoster, invoices: list[Invoice]) -> None:
    issue_credit_note(invoice=invoices[0], reason="Erreur", by=None)
    found = turnover(artifaille, start=today(), end=today())
    rest = invoices[1:]
    assert (found.net, found.vat) == (sum(each.net for each in rest), sum(each.vat for each in rest))
    assert found.received_total == 30
    before = today() - timedelta(days=1)
    assert turnover(artifaille, start=before, end=before).net == 0


@pytest.mark.usefixtures("disarmed")
def test_ceiling_of_the_franchise_is_watched(db: None) -> None:
    """INV-17: 37 500 €, 41 250 € for the raised ceiling; dues outside VAT do not count."""
    hoster = make_hoster(vat_regime=Hoster.VatRegimes.FRANCHISE, vat_number="")
    paid_invoices(make_offer(hoster), 1)

    with scope(hoster=hoster):
        Invoice.objects.update(
            vat_rows=[
                {"category": "E", "rate": "0", "net": "41250.01", "vat": "0", "gross": "41250.01"},
                {"category": "O", "rate": "0", "net": "20", "vat": "0", "gross": "20"},
            ]
        )
        watched = watch(hoster, turnover(hoster, start=today(), end=today()))
    assert watched is not None
    assert (watched.above, watched.far_above, watched.share) == (True, True, 110)
    assert watched.done == Decimal("41250.01")


def test_pages_are_for_accountants(
    artifaille: Hoster, invoices: list[Invoice], bastien: User, signed_in: Callable[[User], Client]
) -> None:
    client = signed_in(bastien)
    made = client.post("/gestion/comptabilite/journal/", {"end": str(today())}, follow=True)
    assert "Lot n° 1" in made.content.decode()
    file = ExportFile.objects.get(name__endswith=".txt")
    answers = [client.get(f"/gestion/comptabilite/fichiers/{file.pk}/") for _twice in range(2)]
    assert answers[0].content == answers[1].content == file.content.encode()
    page = client.get(
        "/gestion/comptabilite/chiffre-d-affaires/", {"start": "2026-12-31", "end": "2026-01-01"}
    )
    assert "avant d’avoir commencé" in page.content.decode()
    refused: Any = client.post("/gestion/comptabilite/journal/", {"end": "hier"}, follow=True)
    assert "Écrivez une date" in refused.content.decode()
