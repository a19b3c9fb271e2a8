"""Which template makes which document, and what happens once its file is there."""

from django.template.loader import render_to_string
from django.utils import translation

from billing.documents import files, pdf
from billing.documents.invoice_page import invoice_page
from billing.documents.quote_page import quote_page
from billing.models import Document, Invoice, InvoiceLine, Quote, QuoteLine
from hosters.mail import queue_mail
from hosters.models import Mail


def render(document: Document) -> None:
    """Make the file of a document (called by its task). Rendering again keeps the first file.

    What follows the file is done again too: the worker may have been killed in between.
    """
    if not (document.sha256 and document.path.exists()):
        files.store(document, make_pdf(document))
    _announce(document)


def make_pdf(document: Document) -> bytes:
    """The PDF bytes of a frozen quote or invoice; the same row gives the same bytes."""
    source = source_of(document)
    with translation.override("fr"):  # the language of the contract (DEV-10), whoever started this worker
        if isinstance(source, Quote):
            html = quote_html(source, list(source.lines.all()))
        else:
            html = invoice_html(source, list(source.lines.all()))
    return pdf.write(html, identifier=document.name, hoster=document.hoster)


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


def source_of(document: Document) -> Quote | Invoice:
    """The frozen row that a document prints."""
    quote = Quote.objects.filter(document=document).first()
    return quote or Invoice.objects.get(document=document)


def _announce(document: Document) -> None:
    """An invoice leaves by mail as soon as it can be read, once."""
    source = source_of(document)
    if isinstance(source, Quote):
        return
    if not Mail.objects.filter(
        hoster=document.hoster, kind="invoice_issued", reference=str(source.pk)
    ).exists():
        contact = source.subscription.quote.contact
        queue_mail(hoster=document.hoster, kind="invoice_issued", to=contact.email, reference=source.pk)
