"""A PDF/A-3 that announces its data as Factur-X wants, and the same pages without them."""

from io import BytesIO

import pytest
from django.test import Client
from lxml import etree
from pypdf import PdfReader

from billing.documents import render
from billing.facturx.files import NoData, without_data, xml_inside
from billing.models import Invoice
from hosters.models import Hoster
from tests.billing.documents.reading import letters, text_of
from tests.billing.facturx.test_xml import SALE
from tests.factories import make_file, make_invoice, make_offer, make_staff

RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}RDF"


@pytest.fixture
def invoice(artifaille: Hoster) -> Invoice:
    return make_invoice(make_offer(artifaille, tariff=SALE))


def packet_of(reader: PdfReader) -> bytes:
    return bytes(reader.root_object["/Metadata"].get_object().get_data())


def test_pdf_announces_its_data_once(invoice: Invoice) -> None:
    """One packet, one `rdf:RDF`, the four properties; the file named once in `/AF`, as data."""
    reader = PdfReader(BytesIO(render.make_pdf(invoice.document)))
    packet = packet_of(reader)
    root = etree.fromstring(packet.split(b"?>", 1)[1].rsplit(b"<?", 1)[0])
    assert len(list(root.iter(RDF))) == 1
    for said in (b"<fx:ConformanceLevel>EN 16931<", b"<fx:DocumentType>INVOICE<", b">factur-x.xml<"):
        assert said in packet
    [file] = reader.root_object["/AF"]
    assert file.get_object()["/AFRelationship"] == "/Data"
    assert b'pdfaid:part="3"' in packet
    assert b'pdfaid:conformance="A"' in packet


def test_page_says_the_totals_of_the_data(invoice: Invoice) -> None:
    text = text_of(PdfReader(BytesIO(render.make_pdf(invoice.document))))
    for amount in (invoice.net, invoice.vat, invoice.gross):
        assert letters(f"{amount} €".replace(".", ",")) in text
    assert invoice.number in text


def test_same_invoice_gives_the_same_bytes(invoice: Invoice) -> None:
    assert render.make_pdf(invoice.document) == render.make_pdf(invoice.document)


def test_plain_pdf_has_the_same_page_and_no_data(invoice: Invoice) -> None:
    content = render.make_pdf(invoice.document)
    plain = without_data(content)
    with pytest.raises(NoData):
        xml_inside(plain)
    reader = PdfReader(BytesIO(plain))
    assert text_of(reader) == text_of(PdfReader(BytesIO(content)))
    assert b"factur-x" not in packet_of(reader)
    assert b"EmbeddedFile" not in plain
    assert without_data(plain) == plain


def test_staff_download_the_data_and_the_plain_pdf(invoice: Invoice, client: Client) -> None:
    make_file(invoice.document, render.make_pdf(invoice.document))
    client.force_login(make_staff(invoice.hoster))
    page = invoice.get_absolute_url()
    xml = client.get(page + "donnees/")
    assert (xml["Content-Type"], xml.content[:5]) == ("application/xml", b"<?xml")
    assert f'filename="facture-{invoice.number}.xml"' in xml["Content-Disposition"]
    assert client.get(page + "pdf-simple/").content[:5] == b"%PDF-"
    assert "Données seules (XML)" in client.get(page).content.decode()


def test_pdf_issued_without_data_is_told(invoice: Invoice, client: Client) -> None:
    make_file(invoice.document)
    client.force_login(make_staff(invoice.hoster))
    answer = client.get(invoice.get_absolute_url() + "donnees/", follow=True)
    assert "a été fait sans données" in answer.content.decode()
