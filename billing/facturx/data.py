"""The data that goes into the PDF of an invoice."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from billing.facturx.adapter import to_xml
from billing.facturx.fields import invoice_fields
from billing.facturx.gaps import gaps
from billing.models import Invoice, InvoiceLine

FILE_NAME = "factur-x.xml"


@dataclass(frozen=True)
class InvoiceData:
    """The XML of an invoice, and its day of issue: the same invoice always gives the same bytes."""

    xml: bytes
    issued_on: date


def invoice_data(invoice: Invoice, lines: Sequence[InvoiceLine]) -> InvoiceData | None:
    """The data of an issued invoice, whose schema was checked; None when something is missing (`gaps`).

    Raises:
        InvalidXml: it does not follow the schema of Factur-X, which is an error of ours.
    """
    if missing(invoice):
        return None
    return InvoiceData(to_xml(invoice_fields(invoice, lines)), invoice.issued_on)


def missing(invoice: Invoice) -> list[str]:
    """What kept an issued invoice from being Factur-X, in French; nothing when it is."""
    return gaps(seller=invoice.seller, buyer=invoice.buyer, vat_rows=invoice.vat_rows)
