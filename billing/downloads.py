"""Sending a stored PDF: the very bytes that were issued."""

import logging

from django.http import Http404, HttpResponse

from billing.documents import files
from billing.facturx.files import xml_inside
from billing.models import Document

logger = logging.getLogger("chatiere.documents")


def pdf_response(document: Document) -> HttpResponse:
    """The file, shown in the browser, with the name that it has on paper.

    Raises:
        Http404: the file is missing or changed on the disk; the journal says which one to restore.
    """
    response = HttpResponse(stored_bytes(document), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{document.name}"'
    return response


def data_response(document: Document) -> HttpResponse:
    """The data of an invoice alone, the very ones that are inside its PDF.

    Raises:
        NoData: its PDF was made without data.
        Http404: the file is missing or changed on the disk.
    """
    response = HttpResponse(xml_inside(stored_bytes(document)), content_type="application/xml")
    name = document.name.removesuffix(".pdf")
    response["Content-Disposition"] = f'attachment; filename="{name}.xml"'
    return response


def stored_bytes(document: Document) -> bytes:
    """The bytes that were issued.

    Raises:
        Http404: the file is missing or changed on the disk; the journal says which one to restore.
    """
    try:
        return files.read(document)
    except files.DamagedFile as damaged:
        logger.critical("%s", damaged)
        raise Http404 from damaged
