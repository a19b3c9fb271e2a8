"""Reading the XML of an invoice back in a test."""

from decimal import Decimal

from lxml import etree

NAMESPACES = {
    "rsm": "urn:un:unece:uncefact:data:standard:CrossIndustryInvoice:100",
    "ram": "urn:un:unece:uncefact:data:standard:ReusableAggregateBusinessInformationEntity:100",
}


def texts(xml: bytes, path: str) -> list[str]:
    """The texts of the elements at `//ram:<path>`, in order."""
    return [found.text or "" for found in etree.fromstring(xml).xpath(f"//ram:{path}", namespaces=NAMESPACES)]


def amounts(xml: bytes, path: str) -> list[Decimal]:
    return [Decimal(text) for text in texts(xml, path)]
