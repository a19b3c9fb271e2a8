"""Which template makes which document, and what happens once its file is there."""

from collections.abc import Mapping
from typing import Any

from django.db.models import QuerySet
from django.template.loader import render_to_string
from django.utils import timezone, translation

from billing.documents import files, pdf
from billing.documents.brief_page import brief_page
from billing.documents.certificate_page import certificate_page
from billing.documents.contract_page import contract_page
from billing.documents.invoice_page import invoice_page
from billing.documents.proof_page import proof_page
from billing.documents.quote_page import quote_page
from billing.documents.summary_page import summary_page
from billing.documents.wording import day, unbroken
from billing.facturx.data import invoice_data
from billing.invoicing.telling import tell_invoice
from billing.models import (
    Acceptance,
    BoardSummary,
    Contract,
    Departure,
    Document,
    Invoice,
    InvoiceLine,
    Quote,
    QuoteLine,
)
from billing.parties import seller_of
from hosters.mail import queue_mail
from hosters.models import Hoster, Mail

Source = Quote | BoardSummary | Invoice | Contract | Acceptance | Departure


def render(document: Document) -> None:
    """Make the file of a document (called by its task). Rendering again keeps the first file.

    What follows the file is done again too: the worker may have been killed in between.
    """
    if not (document.sha256 and document.path.exists()):
        files.store(document, make_pdf(document))
    _announce(document)


def make_pdf(document: Document) -> bytes:
    """The PDF bytes of a frozen row; the same row gives the same bytes. An invoice holds its own data (Factur-X).

    Raises:
        InvalidXml: the data of an invoice do not follow their schema.
    """
    source = source_of(document)
    with translation.override("fr"):  # the language of the contract (DEV-10), whoever started this worker
        html = _html(source)
        data = invoice_data(source, lines_of(source)) if isinstance(source, Invoice) else None
    return pdf.write(html, identifier=document.name, hoster=document.hoster, data=data)


def _html(source: Source) -> str:
    if isinstance(source, Quote):
        return quote_html(source, list(source.lines.all()))
    if isinstance(source, BoardSummary):
        return summary_html(source)
    if isinstance(source, Invoice):
        return invoice_html(source, lines_of(source))
    if isinstance(source, Contract):
        return contract_html(source, list(source.quote.lines.all()))
    if isinstance(source, Departure):
        return certificate_html(source)
    return proof_html(source)


def lines_of(invoice: Invoice) -> list[InvoiceLine]:
    """The lines of a document, in order, each with the line of another one that it takes back."""
    return list(invoice.lines.select_related("against__invoice"))


def preview_pdf(draft: Quote) -> bytes:
    """The PDF that a draft would give today, without a number and kept nowhere."""
    with translation.override("fr"):
        html = quote_html(draft, list(draft.lines.all()))
    return pdf.write(html, identifier=f"brouillon-{draft.pk}", hoster=draft.hoster)


def draft_invoice_pdf(invoice: Invoice, lines: list[InvoiceLine]) -> bytes:
    """The PDF that a draft of an invoice would give today, without a number and kept nowhere."""
    with translation.override("fr"):
        html = invoice_html(invoice, lines)
    return pdf.write(html, identifier="brouillon", hoster=invoice.hoster)


def brief_pdf(*, hoster: Hoster, name: str, brief: Mapping[str, Any]) -> bytes:
    """The PDF of a brief as a promise keeps it (003-013), made when it is asked for and kept nowhere.

    `name` is its organisation, "" while nobody sent it.
    """
    today = timezone.localdate()
    with translation.override("fr"):
        seller = seller_of(hoster)
        context = {
            "document": {"seller": seller.to_json(), "issued_on": today},
            "hoster": hoster,
            "page": {"seller_mentions": unbroken(seller.mentions)},
            "name": name,
            "brief": brief_page(brief),
            "today": day(today),
        }
        html = render_to_string("documents/brief.html", context)
    return pdf.write(html, identifier="cahier-des-charges", hoster=hoster)


def quote_html(quote: Quote, lines: list[QuoteLine]) -> str:
    """The page of a quote, before it becomes a PDF; `lines` are its own, in order."""
    context = {"document": quote, "lines": lines, "hoster": quote.hoster, "page": quote_page(quote, lines)}
    return render_to_string("documents/quote.html", context)


def invoice_html(invoice: Invoice, lines: list[InvoiceLine]) -> str:
    """The page of an invoice, before it becomes a PDF; `lines` are its own, in order."""
    context = {
        "document": invoice,
        "lines": lines,
        "hoster": invoice.hoster,
        "page": invoice_page(invoice, lines),
    }
    return render_to_string("documents/invoice.html", context)


def summary_html(summary: BoardSummary) -> str:
    """The one page made for a vote, before it becomes a PDF."""
    quote = summary.quote
    meeting = quote.meetings.filter(told_at__lte=summary.created_at).first()
    page = summary_page(quote, summary, meeting=meeting, until=summary.valid_until)
    return render_to_string(
        "documents/summary.html", {"document": quote, "hoster": quote.hoster, "page": page}
    )


def contract_html(contract: Contract, lines: list[QuoteLine]) -> str:
    """The page of a contract; `lines` are those of its quote, in order."""
    context = {"document": contract, "hoster": contract.hoster, "page": contract_page(contract, lines)}
    return render_to_string("documents/contract.html", context)


def proof_html(acceptance: Acceptance) -> str:
    """The page of a proof of acceptance (DEV-04)."""
    context = {
        "document": acceptance,
        "hoster": acceptance.quote.hoster,
        "page": proof_page(acceptance),
    }
    return render_to_string("documents/proof.html", context)


def certificate_html(departure: Departure) -> str:
    """The page of a certificate of erasure (CON-13)."""
    page = certificate_page(departure)
    context = {"document": departure, "hoster": departure.hoster, "page": page}
    return render_to_string("documents/certificate.html", context)


def source_of(document: Document) -> Source:
    """The frozen row that a document prints: one query says which kind it is, another reads it."""
    kinds: dict[str, QuerySet[Any]] = {
        "quote": Quote.objects.all(),
        "board_summary": BoardSummary.objects.select_related("quote__hoster"),
        "invoice": Invoice.objects.all(),
        "contract": Contract.objects.select_related("quote"),
        "departure": Departure.objects.select_related("end__subscription__quote", "erased_by", "hoster"),
        "proven_acceptance": Acceptance.objects.select_related("quote"),
    }
    keys = Document.objects.filter(pk=document.pk).values(*kinds).get()
    kind = next(name for name, key in keys.items() if key)
    found: Source = kinds[kind].get(pk=keys[kind])
    return found


def _announce(document: Document) -> None:
    """An invoice leaves by mail as soon as it can be read, once."""
    source = source_of(document)
    if isinstance(source, Departure):
        _send_once(source.end.told_to, "erasure_certificate", source)
    if isinstance(source, Invoice):
        tell_invoice(source)


def _send_once(to: str, kind: str, source: Departure) -> None:
    """A mail that leaves when the file is there; rendering again sends nothing again."""
    reference = str(source.pk)
    if not Mail.objects.filter(hoster=source.hoster, kind=kind, reference=reference).exists():
        queue_mail(hoster=source.hoster, kind=kind, to=to, reference=reference)
