"""A quote signed on paper: the file is looked at before it is decoded, kept as it came, sent as a download (DEV-04)."""

from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from PIL import Image

from billing.access_links import mint_link
from billing.documents.files import DamagedFile
from billing.models import Acceptance, AccessLink, Contract, Invoice, Quote, QuoteEvent, SignedScan
from billing.signed_scans import MAX_BYTES, ScanRefused, read_scan, scan_bytes
from hosters.models import Hoster, Role, User
from offers.models import Offer
from tests.factories import make_acceptance, make_file, make_quote, make_staff
from tests.pages import hidden_fields, words

SignIn = Callable[[User], Client]
PDF = b"%PDF-1.7 signe %%EOF\n"


def image(kind: str, size: tuple[int, int] = (20, 30)) -> bytes:
    written = BytesIO()
    Image.new("RGB", size).save(written, kind)
    return written.getvalue()


@pytest.fixture
def quote(marmule: Offer) -> Quote:
    issued = make_quote(marmule)
    make_file(issued.document)
    return issued


@pytest.fixture
def page(quote: Quote) -> str:
    token = mint_link(purpose=AccessLink.Purpose.DECIDE_QUOTE, contact=quote.contact, quote=quote)
    return f"/devis/{token}/signature/"


def answers(client: Client, url: str, content: bytes = PDF, **changes: Any) -> dict[str, Any]:
    """The form as a person fills it in."""
    given = {"name": "Dominique Petit", "role": "Trésorière", "purpose": "own"}
    given |= {"signed_on": str(timezone.localdate())}
    file = SimpleUploadedFile("../../scan.php", content, "text/html")
    return given | hidden_fields(client.get(url)) | {"file": file} | changes


@pytest.mark.parametrize(
    ("content", "kind"),
    [(PDF, "application/pdf"), (image("PNG"), "image/png"), (image("JPEG"), "image/jpeg")],
)
def test_kind_is_read_from_the_bytes(content: bytes, kind: str) -> None:
    assert read_scan(SimpleUploadedFile("x.exe", content, "text/html")).media_type == kind


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7 sans fin",
        b"<html>%PDF-1.7 %%EOF",
        b"MZ" + b"\0" * 100,
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        image("GIF"),
        image("PNG")[:40],
        image("PNG", (7000, 6000)),
    ],
)
def test_other_files_are_refused(content: bytes) -> None:
    with pytest.raises(ScanRefused):
        read_scan(SimpleUploadedFile("devis.pdf", content, "application/pdf"))


def test_heavy_file_is_refused_before_it_is_read() -> None:
    upload = SimpleUploadedFile("devis.pdf", b"%PDF-")
    upload.size = MAX_BYTES + 1
    upload.close()  # reading it would fail
    with pytest.raises(ScanRefused, match="10"):
        read_scan(upload)


def test_association_sends_its_signed_quote(quote: Quote, page: str) -> None:
    client = Client()
    done = client.post(page, answers(client, page), follow=True)
    assert "Devis accepté par Dominique Petit" in words(done)
    acceptance = Acceptance.objects.get()
    assert (acceptance.kind, acceptance.proved, acceptance.recorded_by) == ("signed", True, None)
    assert (acceptance.email, acceptance.signed_on) == (quote.contact.email, timezone.localdate())
    kept = SignedScan.objects.get()
    assert scan_bytes(kept) == PDF
    assert acceptance.purpose == "own" and acceptance.statement.endswith("sans but professionnel.")  # CON-01
    assert kept.name == f"devis-{quote.number}-signe.pdf"
    assert Contract.objects.count() == Invoice.objects.filter(fees=False).count() == 1


def test_staff_record_what_came_by_post(quote: Quote, artifaille: Hoster, signed_in: SignIn) -> None:
    """Who recorded it is in the evidence and in the story; nobody says that the address was proved."""
    sales = make_staff(artifaille, Role.SALES)
    client, url = signed_in(sales), f"/gestion/devis/{quote.pk}/signature/"
    done = client.post(url, answers(client, url, image("JPEG")), follow=True)
    assert "Devis signé enregistré" in words(done) and "Accusé envoyé à" in words(done)
    acceptance = Acceptance.objects.get()
    assert (acceptance.recorded_by, acceptance.proved) == (sales, False)
    assert QuoteEvent.objects.get(act="accept").by == sales
    sent = client.get(f"{url}fichier/")
    assert sent["Content-Type"] == "image/jpeg"
    assert sent["Content-Disposition"] == f'attachment; filename="devis-{quote.number}-signe.jpg"'
    assert sent["X-Content-Type-Options"] == "nosniff"


def test_accountant_records_nothing(quote: Quote, artifaille: Hoster, signed_in: SignIn) -> None:
    client = signed_in(make_staff(artifaille, Role.ACCOUNTANT))
    assert client.get(f"/gestion/devis/{quote.pk}/signature/").status_code == 403


def test_same_form_twice_has_one_effect(quote: Quote, page: str) -> None:
    client = Client()
    filled = answers(client, page)
    client.post(page, filled)
    filled["file"] = SimpleUploadedFile("scan.pdf", PDF)
    client.post(page, filled)
    assert Acceptance.objects.count() == SignedScan.objects.count() == 1


def test_same_form_with_another_file_is_refused(quote: Quote, page: str) -> None:
    client = Client()
    filled = answers(client, page)
    client.post(page, filled)
    filled["file"] = SimpleUploadedFile("scan.pdf", b"%PDF-1.7 autre %%EOF")
    assert "a déjà servi" in words(client.post(page, filled, follow=True))
    assert scan_bytes(SignedScan.objects.get()) == PDF


@pytest.mark.parametrize("days", [-1, 1])
def test_signature_is_dated_between_the_issue_and_today(quote: Quote, page: str, days: int) -> None:
    client = Client()
    wrong = str(timezone.localdate() + timedelta(days=days))
    told = words(client.post(page, answers(client, page, signed_on=wrong), follow=True))
    assert "date de signature" in told
    assert not Acceptance.objects.exists()


@pytest.mark.parametrize("missing", ["name", "role", "signed_on", "purpose", "file"])
def test_form_needs_all_its_answers(quote: Quote, page: str, missing: str) -> None:
    client = Client()
    filled = answers(client, page)
    del filled[missing]
    assert "Ce champ est obligatoire" in words(client.post(page, filled)) or missing == "file"
    assert not Acceptance.objects.exists()


def test_paper_after_an_online_acceptance_is_told_that_it_is_done(quote: Quote, page: str) -> None:
    client = Client()
    filled = answers(client, page)
    make_acceptance(quote)
    assert "a déjà été accepté" in words(client.post(page, filled, follow=True))
    assert not SignedScan.objects.exists()


def test_link_that_only_reads_sends_nothing(quote: Quote) -> None:
    token = mint_link(purpose=AccessLink.Purpose.READ_QUOTE, contact=quote.contact, quote=quote)
    assert Client().get(f"/devis/{token}/signature/").status_code == 404


def test_changed_file_is_never_sent(quote: Quote, page: str, alix: User, signed_in: SignIn) -> None:
    client = Client()
    client.post(page, answers(client, page))
    kept = SignedScan.objects.get()
    kept.path.write_bytes(b"%PDF-1.7 truque %%EOF")
    with pytest.raises(DamagedFile):
        scan_bytes(kept)
    assert signed_in(alix).get(f"/gestion/devis/{quote.pk}/signature/fichier/").status_code == 404
