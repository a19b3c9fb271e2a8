"""Sending a stored PDF: the very bytes that were issued."""

from django.http import HttpResponse

from billing.documents import files
from billing.models import Document


def pdf_response(document: Document) -> HttpResponse:
    """The file, shown in the browser, with the name that it has on paper."""
    response = HttpResponse(files.read(document), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{document.name}"'
    return response
