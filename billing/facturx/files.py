"""An issued PDF read back: its data, or the same pages without them for a platform that wants a plain PDF."""

from io import BytesIO
from typing import Any

from billing.facturx.data import FILE_NAME

#: What says in the catalog that data are inside; a description of the metadata says it too.
KEYS = ("/AF", "/Names")
ANNOUNCED = b"urn:factur-x:"


class NoData(Exception):
    """This PDF holds no invoice data."""


def xml_inside(content: bytes) -> bytes:
    """The XML of an issued invoice, as it was issued.

    Raises:
        NoData: the PDF has none.
    """
    from pypdf import PdfReader  # noqa: PLC0415 - thirteen megabytes, for the few who ask
    from pypdf.errors import PyPdfError  # noqa: PLC0415 - idem

    try:
        found = PdfReader(BytesIO(content)).attachments.get(FILE_NAME)
    except PyPdfError as error:
        raise NoData from error
    if not found:
        raise NoData
    return bytes(found[0])


def without_data(content: bytes) -> bytes:
    """The same pages, tags and fonts, without the embedded file and without what announces it."""
    from pypdf import PdfWriter  # noqa: PLC0415 - idem

    try:
        xml_inside(content)
    except NoData:
        return content
    writer = PdfWriter(clone_from=BytesIO(content))
    catalog: Any = writer.root_object
    for file in catalog["/AF"]:
        file.get_object().clear()
    catalog["/Names"]["/EmbeddedFiles"].get_object().clear()
    for key in KEYS:
        del catalog[key]
    packet: Any = catalog["/Metadata"].get_object()
    packet.set_data(_unannounced(packet.get_data()))
    writer.compress_identical_objects(remove_duplicates=False, remove_unreferenced=True)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def _unannounced(packet: bytes) -> bytes:
    """The metadata without the descriptions that name Factur-X."""
    opening, closing = b"<rdf:Description", b"</rdf:Description>"
    while (at := packet.find(ANNOUNCED)) >= 0:
        start = packet.rfind(opening, 0, at)
        end = packet.index(closing, at) + len(closing)
        packet = packet[:start] + packet[end:]
    return packet
