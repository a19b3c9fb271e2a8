"""The file of debits that a bank takes: pain.008.001.08, checked against its schema before it is kept (SEP-03)."""

from collections.abc import Sequence
from dataclasses import dataclass

from defusedxml.ElementTree import fromstring
from sepaxml import SepaDD
from sepaxml.validation import ValidationError

from billing.models import DebitOrder
from billing.sepa.mandates import MandateRefused
from hosters.models import Hoster, PostalAddress
from pricing.engine.money import HUNDRED

VERSION = "pain.008.001.08"
#: A first collection needs no code of its own since November 2016 (SEP-03).
RECURRENT = "RCUR"


@dataclass(frozen=True)
class DebitFile:
    """The XML, and the identifier that the bank quotes when it answers."""

    content: str
    message_id: str


def debit_file(*, hoster: Hoster, scheme: str, orders: Sequence[DebitOrder]) -> DebitFile:
    """The file that collects these debits, each on its own day.

    Raises:
        MandateRefused: something in it is not what the schema allows.
    """
    file = SepaDD(
        {
            "name": hoster.account_holder or hoster.legal_name,
            "IBAN": hoster.iban,
            "batch": True,
            "creditor_id": hoster.sepa_ics,
            "currency": "EUR",
            "instrument": scheme,
            "address": _address(hoster),
        },
        schema=VERSION,
    )
    for order in orders:
        file.add_payment(_payment(order))
    try:
        content: bytes = file.export(validate=True)
    except ValidationError as wrong:
        raise MandateRefused(str(wrong)) from None
    said = fromstring(content).find("./{*}CstmrDrctDbtInitn/{*}GrpHdr/{*}MsgId")
    return DebitFile(content.decode(), said.text or "")


def _address(place: PostalAddress) -> dict[str, str]:
    """Structured, as banks want it since November 2026 (SEP-04)."""
    return {
        "street_name": place.street[:70],
        "postcode": place.postcode,
        "town": place.town[:35],
        "country": place.country,
    }


def _payment(order: DebitOrder) -> dict[str, object]:
    debtor = order.mandate.debtor
    return {
        "name": debtor["name"],
        "IBAN": order.mandate.iban,
        "amount": int(order.amount * HUNDRED),
        "type": RECURRENT,
        "collection_date": order.collect_on,
        "mandate_id": order.mandate.rum,
        "mandate_date": order.mandate.signed_on,
        "description": order.invoice.number,
        "endtoend_id": order.end_to_end,
        "address": {
            "street_name": debtor["street"][:70],
            "postcode": debtor["postcode"],
            "town": debtor["town"][:35],
            "country": debtor["country"],
        },
    }
