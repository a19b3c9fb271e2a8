"""The XML of an invoice inside its PDF/A-3: the file, and the metadata that announce it (Factur-X 1.09, §6)."""

from datetime import UTC, datetime, time
from typing import Any

from weasyprint import Attachment, Document

from billing.facturx.data import FILE_NAME, InvoiceData

RDF_END = b"</rdf:RDF>"

#: The four properties of Factur-X and their schema: PDF/A wants each foreign namespace described.
ANNOUNCEMENT = """<rdf:Description xmlns:fx="urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#" rdf:about="">
<fx:DocumentType>INVOICE</fx:DocumentType>
<fx:DocumentFileName>factur-x.xml</fx:DocumentFileName>
<fx:Version>1.0</fx:Version>
<fx:ConformanceLevel>EN 16931</fx:ConformanceLevel>
</rdf:Description>
<rdf:Description xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/" \
xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" \
xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#" rdf:about="">
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:schema>Factur-X PDFA Extension Schema</pdfaSchema:schema>
<pdfaSchema:namespaceURI>urn:factur-x:pdfa:CrossIndustryDocument:invoice:1p0#</pdfaSchema:namespaceURI>
<pdfaSchema:prefix>fx</pdfaSchema:prefix>
<pdfaSchema:property><rdf:Seq>
{properties}
</rdf:Seq></pdfaSchema:property>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description>
"""
PROPERTY = """<rdf:li rdf:parseType="Resource">
<pdfaProperty:name>{name}</pdfaProperty:name>
<pdfaProperty:valueType>Text</pdfaProperty:valueType>
<pdfaProperty:category>external</pdfaProperty:category>
<pdfaProperty:description>{meaning}</pdfaProperty:description>
</rdf:li>"""
PROPERTIES = {
    "DocumentFileName": "The name of the embedded XML document",
    "DocumentType": "The type of the hybrid document in capital letters, e.g. INVOICE or ORDER",
    "Version": "The actual version of the standard applying to the embedded XML document",
    "ConformanceLevel": "The conformance level of the embedded XML document",
}


def attachment_of(data: InvoiceData) -> Attachment:
    """The XML as a file of the PDF. Its dates are the day of issue: no clock is read, bytes can be compared."""
    moment = datetime.combine(data.issued_on, time(), UTC)
    return Attachment(
        string=data.xml,
        name=FILE_NAME,
        description="Factur-X",
        created=moment,
        modified=moment,
        relationship="Data",
    )


def announce(_document: Document, pdf: Any) -> None:
    """Finisher of `write_pdf`: complete the packet of metadata, and name the file once in the catalog.

    WeasyPrint's own way of adding metadata makes a second `rdf:RDF`, which readers do not see.
    """
    packet = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    described = "\n".join(PROPERTY.format(name=name, meaning=said) for name, said in PROPERTIES.items())
    said = ANNOUNCEMENT.format(properties=described).encode()
    packet.stream = [part.replace(RDF_END, said + RDF_END) for part in packet.stream]
    pdf.catalog["AF"][:] = dict.fromkeys(pdf.catalog["AF"])
