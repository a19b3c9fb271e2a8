"""Who sells and who buys (BG-4, BG-7), from their frozen copies."""

from typing import Any

from billing.facturx.texts import plain
from pricing.engine import VatCategory

Party = dict[str, Any]
SIREN = "0002"  # ISO/IEC 6523 code of the register (BT-30, BT-47)
SIRET = "0009"  # and of one place of it (BT-46), which Chorus Pro knows its clients by (EIN-12)
FRENCH_ADDRESS = "0225"  # EAS code of the French directory, an address made of the SIREN (BR-FR-12, BR-FR-13)
EMAIL = "EM"


def seller_fields(seller: Party, categories: set[str]) -> Party:
    """BG-4. Out of the scope of VAT no VAT number may be written (BR-O-02); a seller without one has its SIREN as tax
    identifier (BR-E-02, BR-FR-CO-16)."""
    fields = _party_fields(seller)
    contact = {key: plain(seller[known]) for key, known in CONTACT.items() if plain(seller[known])}
    if contact:
        fields["contacts"] = [contact]
    if categories == {VatCategory.OUT_OF_SCOPE}:
        return fields
    if seller["vat_number"]:
        fields["vat_identifier"] = plain(seller["vat_number"])
    elif seller["siren"]:
        fields["tax_identifier"] = seller["siren"]
    return fields


CONTACT = {"name": "person", "phone": "phone", "email": "email"}


def buyer_fields(buyer: Party, categories: set[str]) -> Party:
    """BG-7."""
    fields = _party_fields(buyer)
    if buyer.get("vat_number") and categories != {VatCategory.OUT_OF_SCOPE}:
        fields["vat_identifier"] = plain(buyer["vat_number"])
    if buyer.get("siret"):
        fields["identifiers"] = {SIRET: buyer["siret"]}
    return fields


def place_fields(party: Party) -> Party:
    """BG-13: whom the service is for, and where."""
    return {
        "name": plain(party["name"]),
        "addr_l1": plain(party["street"]),
        "postcode": plain(party["postcode"]),
        "city": plain(party["town"]),
        "country_code": party["country"],
    }


def delivery_fields(party: Party) -> Party:
    """BG-13: where goods are handed over, when it is not where the client is (INV-15)."""
    if not party.get("delivery_town"):
        return place_fields(party)
    return {
        "name": plain(party["name"]),
        "addr_l1": plain(party["delivery_street"]),
        "postcode": plain(party["delivery_postcode"]),
        "city": plain(party["delivery_town"]),
        "country_code": party["country"],
    }


def _party_fields(party: Party) -> Party:
    fields = place_fields(party)
    if party["siren"]:
        fields |= {"legal_identifier": party["siren"], "legal_identifier_schemeid": SIREN}
    address = electronic_address(party)
    if address:
        fields |= {"einvoicing_addr": address[1], "einvoicing_addr_schemeid": address[0]}
    return fields


def electronic_address(party: Party) -> tuple[str, str] | None:
    """Scheme and value of BT-34 or BT-49: the SIREN, else the e-mail address; None when there is neither."""
    if party["siren"]:
        return FRENCH_ADDRESS, party["siren"]
    return (EMAIL, plain(party["email"])) if plain(party["email"]) else None
