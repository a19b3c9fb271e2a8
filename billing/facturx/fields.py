"""An issued invoice as EN 16931 business terms (`BT-1`, `BG-25`…), copied from its frozen rows.

Totals are copied too: the XML, the page, the accounts and the transfer asked for all come from one calculation.
"""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, Final

from stdnum import iban as iban_number

from billing.facturx.lines import discounts, sold_lines
from billing.facturx.notes import NEIGHBOURLY, PATH
from billing.facturx.parties import buyer_fields, delivery_fields, place_fields, seller_fields
from billing.facturx.texts import money, plain
from billing.facturx.vat import vat_fields
from billing.invoicing.operations import Operation, operation_of
from billing.invoicing.routes import Route
from billing.models import Invoice, InvoiceKind, InvoiceLine
from pricing.engine import VatCategory

CURRENCY: Final = "EUR"
#: UNTDID 1001 (BT-3).
TYPES: Final = {
    InvoiceKind.INVOICE: "380",
    InvoiceKind.DEPOSIT: "386",
    InvoiceKind.CREDIT_NOTE: "381",
    InvoiceKind.CORRECTIVE: "384",
}
DEPOSIT_CREDIT_NOTE: Final = "503"
#: Where a bill stands (BT-23, BR-FR-08), after the letter of what it sells: to be paid; the last one, after a deposit.
TO_PAY: Final = "1"
AFTER_DEPOSIT: Final = "4"
#: UNTDID 4461 (BT-81).
TRANSFER: Final = "30"
#: VAT of services is due when they are paid (CGI art. 269, 2-c; UNTDID 2475 as CII writes it); that of goods when they
#: are handed over, which is what the norm supposes: nothing is written as soon as there are some.
DUE_ON_PAYMENT: Final = "72"
ZERO = Decimal(0)

Fields = dict[str, Any]


def invoice_fields(invoice: Invoice, lines: Sequence[InvoiceLine]) -> Fields:
    """Every term of a document; `lines` are its own, in order, each with the line that it takes back."""
    categories = {row["category"] for row in invoice.vat_rows}
    deposits, operation = deducted_deposits(lines), operation_of(lines)
    on_payment = VatCategory.STANDARD in categories and operation == Operation.SERVICES
    return {
        **_about(invoice, operation, after_deposit=bool(deposits)),
        "BG-1": _notes(invoice),
        "BG-3": [_reference(each) for each in ([invoice.corrects] if invoice.corrects else deposits)],
        "BG-4": seller_fields(invoice.seller, categories),
        "BG-7": buyer_fields(invoice.buyer, categories),
        "BG-13": delivery_fields(invoice.buyer)
        if operation != Operation.SERVICES
        else place_fields(invoice.buyer),
        "BG-20": discounts(lines),
        "BG-23": vat_fields(invoice),
        "BG-25": sold_lines(lines),
        **({"BT-8": DUE_ON_PAYMENT} if on_payment else {}),
        **_totals(invoice, lines),
        **_payment(invoice),
    }


def deducted_deposits(lines: Sequence[InvoiceLine]) -> list[Invoice]:
    """The deposit invoices that a final invoice takes off, in the order of its lines."""
    taken = [line.against.invoice for line in lines if line.against and line.net < 0]
    return list({each.pk: each for each in taken if each.kind == InvoiceKind.DEPOSIT}.values())


def _about(invoice: Invoice, operation: Operation, *, after_deposit: bool) -> Fields:
    fields: Fields = {
        "BT-1": invoice.number,
        "BT-2": invoice.issued_on,
        "BT-3": _type(invoice),
        "BT-5": CURRENCY,
        "BT-9": invoice.due_on,
        "BT-23": f"{operation}{AFTER_DEPOSIT if after_deposit else TO_PAY}",
    }
    if plain(invoice.buyer.get("service_code", "")):
        fields["BT-10"] = plain(invoice.buyer["service_code"])
    if plain(invoice.order_number):
        fields["BT-13"] = plain(invoice.order_number)
    if invoice.period_start and invoice.period_end:
        fields |= {"BT-73": invoice.period_start, "BT-74": invoice.period_end}
    return fields


def _type(invoice: Invoice) -> str:
    """A credit note of a deposit has a code of its own (INV-03)."""
    if invoice.is_credit and invoice.corrects and invoice.corrects.kind == InvoiceKind.DEPOSIT:
        return DEPOSIT_CREDIT_NOTE
    return TYPES[InvoiceKind(invoice.kind)]


def _notes(invoice: Invoice) -> list[Fields]:
    """What the invoice prints, and in the place of what the law does not let us claim, that nothing is claimed; which
    way it travels (BR-FR-20); then why it corrects another one."""
    coded = NEIGHBOURLY | {each["code"]: plain(each["text"]) for each in invoice.mentions}
    if invoice.route:
        coded[PATH] = Route(invoice.route).on_platform
    notes: list[Fields] = [{"BT-21": code, "BT-22": text} for code, text in coded.items()]
    return [*notes, {"BT-22": plain(invoice.reason)}] if plain(invoice.reason) else notes


def _reference(invoice: Invoice) -> Fields:
    return {"BT-25": invoice.number, "BT-26": invoice.issued_on}


def _totals(invoice: Invoice, lines: Sequence[InvoiceLine]) -> Fields:
    """BG-22. What is paid may be a cent away from the total: a price typed TTC never moves (BT-114)."""
    off = sum((line.net for line in lines if line.net < 0), ZERO)
    rounding = invoice.gross - invoice.net - invoice.vat
    fields = {
        "BT-106": money(invoice.net - off),
        "BT-109": money(invoice.net),
        "BT-110": money(invoice.vat),
        "BT-112": money(invoice.net + invoice.vat),
        "BT-115": money(invoice.gross),
    }
    if off:
        fields["BT-107"] = money(-off)
    if rounding:
        fields["BT-114"] = money(rounding)
    return fields


def _payment(invoice: Invoice) -> Fields:
    """A transfer to the seller's account, when it has one, with the number as reference; nothing for a credit note,
    on which nothing is to pay."""
    seller = invoice.seller
    if invoice.is_credit or not iban_number.is_valid(seller["iban"]):
        return {}
    return {
        "BT-81": TRANSFER,
        "BT-83": invoice.number,
        "BT-84": iban_number.compact(seller["iban"]),
        "BT-85": plain(seller["account_holder"]),
    }
