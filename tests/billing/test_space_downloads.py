"""What an association takes away: the ZIP of a fiscal year recomputed, its own data and nobody else's, no formula."""

import csv
import io
import json
import zipfile
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from billing.board.decisions import Decided, Mandated, record_decision
from billing.documents import render
from billing.models import Contract, Document, Invoice
from billing.subscriptions.runs import run_billing
from crm.models import Organization
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.models import Hoster
from hosters.spreadsheets import safe_cell
from hosters.zip_streams import safe_name, stream_zip
from portal.fiscal_years import FiscalYear, fiscal_year_of
from tests.billing.test_people import enter
from tests.factories import make_draft, make_file, make_invoice, make_offer
from tests.hostile_texts import SNIPPETS
from tests.sampling import sampled

CANARY = "CANARIvoisins"


def archive_of(answer: HttpResponse) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(b"".join(answer))) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def rows_of(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig")), delimiter=";"))


def ask(client: Client, year: int) -> HttpResponse:
    return client.get(f"{reverse('portal:fiscal_year_zip')}?annee={year}")


@pytest.fixture
def invoice(artifaille: Hoster) -> Invoice:
    """Ours, beside that of another association which must never be read."""
    offer = make_offer(artifaille)
    make_invoice(
        offer,
        organization=OrganizationDetails(CANARY, f"1 rue {CANARY}", "69001", "Lyon"),
        person=PersonDetails(CANARY, "canari@voisins.example", notice="…"),
        message=CANARY,
    )
    return make_invoice(offer)


def test_data_of_an_invoice_are_beside_its_pdf(invoice: Invoice) -> None:
    """EIN-08: the very XML of the PDF, of this association only; a PDF without data is told kindly."""
    client = enter(invoice.subscription.quote.contact)
    address = reverse("portal:invoice_data", args=[invoice.document_id])
    make_file(invoice.document, render.make_pdf(invoice.document))
    assert address in client.get(reverse("portal:home")).content.decode()
    answer = client.get(address)
    assert (answer["Content-Type"], answer.content[:5]) == ("application/xml", b"<?xml")
    assert invoice.number.encode() in answer.content
    theirs = make_file(Invoice.objects.exclude(pk=invoice.pk).earliest("pk").document)
    assert client.get(reverse("portal:invoice_data", args=[theirs.pk])).status_code == 404


def test_zip_of_a_fiscal_year_holds_its_documents_and_an_index_that_adds_up(invoice: Invoice) -> None:
    """002-146, ASS-04."""
    run_billing(as_of=invoice.subscription.day(3))
    ours = Invoice.objects.filter(organization=invoice.organization).select_related("document")
    for each in ours:
        make_file(each.document, f"%PDF {each.number}".encode())
    contract = Contract.objects.get(quote=invoice.subscription.quote)
    papers = [contract.document, contract.acceptance.proof]
    for paper in papers:
        make_file(paper)
    answer = ask(enter(invoice.subscription.quote.contact), invoice.issued_on.year)
    assert 'filename="les-amis-du-lavoir-artifaille-' in answer["Content-Disposition"]
    files = archive_of(answer)
    index = rows_of(files.pop("index.csv"))
    issued = [invoice.subscription.quote.document, *(each.document for each in ours), *papers]
    assert sorted(files) == sorted(each.name for each in issued)
    for each in ours:
        assert files[each.document.name] == f"%PDF {each.number}".encode()
    totals = [Decimal(row["total"]) for row in index if row["nature"] == "facture"]
    assert (len(totals), sum(totals)) == (4, sum(each.gross for each in ours))
    assert CANARY.encode() not in b"".join(files.values())


def test_file_that_is_missing_is_said_in_the_index(invoice: Invoice) -> None:
    Document.objects.filter(pk=invoice.document_id).update(state=Document.State.DONE, sha256="0" * 64)
    files = archive_of(ask(enter(invoice.subscription.quote.contact), invoice.issued_on.year))
    said = {row["numero"]: row["fichier"] for row in rows_of(files["index.csv"])}
    assert said[invoice.number] == "manquant : écrivez-nous"


@pytest.mark.parametrize("year", ["1999", "", "0", "٢٠٢٦", "2026x", "-1", "99999"])
def test_silly_year_is_a_page_that_does_not_exist(invoice: Invoice, year: str) -> None:
    client = enter(invoice.subscription.quote.contact)
    assert client.get(reverse("portal:fiscal_year_zip"), {"annee": year}).status_code == 404


@pytest.mark.parametrize(
    ("day", "first_month", "label"),
    [
        ("2026-12-31", 1, "2026"),
        ("2026-08-31", 9, "septembre 2025 à août 2026"),
        ("2026-09-01", 9, "septembre 2026 à août 2027"),
    ],
)
def test_fiscal_year_begins_in_the_month_of_the_association(day: str, first_month: int, label: str) -> None:
    from datetime import date

    year = fiscal_year_of(date.fromisoformat(day), first_month=first_month)
    assert year.label == label
    assert year.start <= date.fromisoformat(day) <= year.end


def test_fiscal_year_of_the_association_is_kept(invoice: Invoice) -> None:
    client = enter(invoice.subscription.quote.contact)
    client.post(reverse("portal:fiscal_year"), {"fiscal_year_start": "9"})
    assert Organization.objects.get(pk=invoice.organization_id).fiscal_year_start == 9
    client.post(reverse("portal:fiscal_year"), {"fiscal_year_start": "13"})
    assert Organization.objects.get(pk=invoice.organization_id).fiscal_year_start == 9
    assert FiscalYear(2026, 9).short == "2026-2027"


def test_own_data_says_everything_of_ours_and_nothing_of_others(invoice: Invoice) -> None:
    client = enter(invoice.subscription.quote.contact)
    text = client.get(reverse("portal:data_json")).content.decode()
    data: dict[str, Any] = json.loads(text)
    assert (data["format"], data["version"]) == ("chatiere-espace", 1)
    assert [each["number"] for each in data["tables"]["invoices"]] == [invoice.number]
    assert {each["invoice"] for each in data["tables"]["invoice_lines"]} == {invoice.number}
    files = archive_of(client.get(reverse("portal:data_csv")))
    filled = {f"{name}.csv": len(rows) for name, rows in data["tables"].items() if rows}
    assert {name: len(rows_of(content)) for name, content in files.items()} == filled
    assert CANARY not in text
    assert CANARY.encode() not in b"".join(files.values())


def test_own_data_holds_what_was_decided_and_no_draft(invoice: Invoice) -> None:
    quote = invoice.subscription.quote
    make_draft(quote.contact, label="EN PRÉPARATION")
    decided = Decided(
        body="board",
        decided_on=timezone.localdate(),
        result="accepted",
        key=uuid4(),
        mandated=Mandated("A", "B", ""),
    )
    record_decision(quote=quote, decided=decided, by=quote.contact)
    text = enter(quote.contact).get(reverse("portal:data_json")).content.decode()
    tables: dict[str, Any] = json.loads(text)["tables"]
    assert [each["number"] for each in tables["quotes"]] == [quote.number]
    assert [(each["quote"], each["result"]) for each in tables["board_decisions"]] == [
        (quote.number, "accepted")
    ]
    assert [each["quote"] for each in tables["contracts"]] == [quote.number]
    assert "EN PRÉPARATION" not in text


@pytest.mark.parametrize("typed", ["=1+1", "+33 6", "@SUM(A1)", "-2+3", "\t=1", "  =1", "|calc", "%0A"])
def test_cell_never_is_a_formula(typed: str) -> None:
    assert safe_cell(typed) == f"'{typed}"


@pytest.mark.parametrize("value", ["30.00", "-12.50", 7, "Les Amis", "", None])
def test_plain_cell_stays_as_it_is(value: object) -> None:
    assert safe_cell(value) == ("" if value is None else str(value))


@pytest.mark.parametrize("name", ["../../etc/passwd", "/abs", ".hidden", "é" * 300, "a\x00b", "", "con/../x"])
def test_name_in_an_archive_is_plain(name: str) -> None:
    found = safe_name(name)
    assert found
    assert "/" not in found
    assert not found.startswith(".")
    assert len(found) <= 120


def test_streamed_archive_is_whole() -> None:
    pieces = list(stream_zip((f"{number}.txt", b"x" * 10_000) for number in range(50)))
    with zipfile.ZipFile(io.BytesIO(b"".join(pieces))) as archive:
        assert len(archive.namelist()) == 50
        assert archive.testzip() is None


@pytest.mark.parametrize("snippet", sampled(SNIPPETS))
def test_hostile_name_is_harmless_in_the_space_and_in_its_files(invoice: Invoice, snippet: str) -> None:
    Organization.objects.filter(pk=invoice.organization_id).update(name=snippet)
    client = enter(invoice.subscription.quote.contact)
    page = client.get(reverse("portal:home")).content.decode()
    assert "<" not in snippet or snippet not in page
    files = archive_of(client.get(reverse("portal:data_csv")))
    assert rows_of(files["organization.csv"])[0]["name"].lstrip("'") == snippet.lstrip("'")
    assert not rows_of(files["organization.csv"])[0]["name"].startswith(("=", "+", "-", "@", "|"))
