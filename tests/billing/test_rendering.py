"""A document goes from a row to a file and a mail, even when the worker dies on the way."""

import pytest

from billing.documents import render
from billing.models import Document, Invoice
from billing.tasks import render_document_task
from hosters.models import Mail
from offers.models import Offer
from tests.factories import make_fees, make_invoice, make_quote


@pytest.fixture(autouse=True)
def _quick_pdf(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(render, "make_pdf", lambda document: f"%PDF {document.name}".encode())


def announced() -> int:
    return Mail.objects.filter(kind="invoice_issued").count()


def test_invoice_leaves_by_mail_once_it_can_be_read(marmule: Offer) -> None:
    invoice = make_invoice(marmule)
    assert announced() == 0
    render_document_task(invoice.document_id)
    assert Document.objects.get(pk=invoice.document_id).ready
    mail = Mail.objects.get(kind="invoice_issued")
    assert (mail.to, mail.reference) == ("dominique@lavoir.example", str(invoice.pk))


@pytest.mark.parametrize("order", [(0, 1, 0), (1, 0, 1)])
def test_sales_and_fees_leave_in_one_mail_once_both_can_be_read(
    marmule: Offer, order: tuple[int, ...]
) -> None:
    """INV-21."""
    fees = make_fees(marmule)
    sale = Invoice.objects.get(fees=False)
    papers = [sale.document_id, fees.document_id]
    render_document_task(papers[order[0]])
    assert not Mail.objects.filter(kind__startswith="invoice").exists()
    for which in order[1:]:
        Document.objects.filter(pk=papers[which]).update(state=Document.State.QUEUED)
        render_document_task(papers[which])
    assert Mail.objects.get(kind__startswith="invoice").kind == "invoice_and_fees_issued"
    assert Mail.objects.get(kind="invoice_and_fees_issued").reference == str(sale.pk)


def test_rendering_twice_makes_one_file_and_one_mail(marmule: Offer) -> None:
    invoice = make_invoice(marmule)
    render_document_task(invoice.document_id)
    first = Document.objects.get(pk=invoice.document_id)
    Document.objects.filter(pk=first.pk).update(state=Document.State.QUEUED)
    render_document_task(first.pk)
    again = Document.objects.get(pk=first.pk)
    assert (again.sha256, again.rendered_at) == (first.sha256, first.rendered_at)
    assert announced() == 1


def test_worker_killed_between_file_and_mail_forgets_no_mail(
    marmule: Offer, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Killed(BaseException):
        """The process stops here."""

    def die(document: Document) -> None:
        raise Killed

    invoice = make_invoice(marmule)
    with monkeypatch.context() as patch, pytest.raises(Killed):
        patch.setattr(render, "_announce", die)
        render_document_task(invoice.document_id)
    assert announced() == 0
    Document.objects.filter(pk=invoice.document_id).update(state=Document.State.QUEUED)  # its lease is over
    render_document_task(invoice.document_id)
    assert announced() == 1


def test_what_a_killed_worker_was_writing_is_removed(marmule: Offer) -> None:
    """Killed before the file has its name, it leaves a part of it under another name."""
    document = make_quote(marmule).document
    document.path.parent.mkdir(parents=True)
    document.path.with_name(f".{document.path.name}.abcdefgh.tmp").write_bytes(b"%PDF-1")
    somebody_elses = document.path.with_name(f".{document.pk + 1}.pdf.abcdefgh.tmp")
    somebody_elses.write_bytes(b"%PDF-1")
    render_document_task(document.pk)
    assert set(document.path.parent.iterdir()) == {document.path, somebody_elses}


def test_quote_is_not_announced_again(marmule: Offer) -> None:
    """Its link left when it was asked."""
    quote = make_quote(marmule)
    before = Mail.objects.count()
    render_document_task(quote.document_id)
    assert Mail.objects.count() == before


def test_failure_is_kept_with_the_row(marmule: Offer, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(document: Document) -> bytes:
        raise RecursionError("trop profond")

    monkeypatch.setattr(render, "make_pdf", fail)
    quote = make_quote(marmule)
    render_document_task(quote.document_id)
    document = Document.objects.get(pk=quote.document_id)
    assert (document.state, document.last_error) == (Document.State.QUEUED, "RecursionError : trop profond")


def test_issuing_never_depends_on_rendering(marmule: Offer, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(document: Document) -> bytes:
        raise OSError

    monkeypatch.setattr(render, "make_pdf", fail)
    make_invoice(marmule)
    assert Invoice.objects.count() == 1
