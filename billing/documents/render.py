"""Which template makes which document, and what happens once its file is there."""

from django.template.loader import render_to_string

from billing.documents import files, pdf
from billing.models import Document, Invoice, Quote
from hosters.mail import queue_mail


def render(document: Document) -> None:
    """Make the file of a document (called by its task). Rendering again is a no-op that keeps the first file."""
    if document.sha256 and document.path.exists():
        return
    files.store(document, make_pdf(document))
    _announce(document)


def make_pdf(document: Document) -> bytes:
    """The PDF bytes of a frozen quote or invoice; the same row gives the same bytes."""
    source = source_of(document)
    template = "documents/quote.html" if isinstance(source, Quote) else "documents/invoice.html"
    context = {"document": source, "lines": list(source.lines.all()), "hoster": document.hoster}
    return pdf.write(render_to_string(template, context), identifier=document.name, hoster=document.hoster)


def source_of(document: Document) -> Quote | Invoice:
    """The frozen row that a document prints."""
    quote = Quote.objects.filter(document=document).first()
    return quote or Invoice.objects.get(document=document)


def _announce(document: Document) -> None:
    """An invoice leaves by mail as soon as it can be read."""
    source = source_of(document)
    if isinstance(source, Invoice):
        contact = source.subscription.quote.contact
        queue_mail(hoster=document.hoster, kind="invoice_issued", to=contact.email, reference=source.pk)
