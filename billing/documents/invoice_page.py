"""What the template of an invoice shows, worked out from the frozen row: the template only lays it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.documents.transfer import Drawing, transfer_code
from billing.documents.vat_table import category_label, rate_label
from billing.documents.wording import amount_of, day, iban, period, rate, unbroken, unit_price
from billing.models import Invoice, InvoiceLine
from pricing.engine import VatCategory


@dataclass(frozen=True)
class Row:
    """Amounts in EUR; `net` and `gross` are equal when no VAT is charged."""

    label: str
    rule: str
    quantity: str
    unit_price: str
    rate: str
    net: Decimal
    gross: Decimal


@dataclass(frozen=True)
class VatRow:
    label: str
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True)
class InvoicePage:
    """`tax` is « TTC », or "" when the hoster charges no VAT.

    `apart` are the lines out of the scope of VAT (INV-21).
    """

    seller_mentions: list[str]
    buyer_mentions: list[str]
    tax: str
    issued: str
    due: str
    period: str
    sold: list[Row]
    apart: list[Row]
    vat_rows: list[VatRow]
    iban: str
    account_holder: str
    code: Drawing | None


def invoice_page(invoice: Invoice, lines: Sequence[InvoiceLine]) -> InvoicePage:
    """The page of an issued invoice; `lines` are its own, in order."""
    charged = not invoice.mention
    apart = [line for line in lines if _is_apart(line, lines)]
    return InvoicePage(
        seller_mentions=unbroken(invoice.seller["mentions"]),
        buyer_mentions=unbroken(invoice.buyer["mentions"]),
        tax=_("TTC") if charged else "",
        issued=day(invoice.issued_on),
        due=day(invoice.due_on),
        period=period(invoice.period_start, invoice.period_end),
        sold=[_row(line) for line in lines if line not in apart],
        apart=[_row(line) for line in apart],
        vat_rows=[_vat_row(row) for row in invoice.vat_rows] if charged else [],
        iban=iban(invoice.seller["iban"]),
        account_holder=invoice.seller["account_holder"],
        code=transfer_code(
            holder=invoice.seller["account_holder"],
            iban=invoice.seller["iban"],
            amount=invoice.gross,
            text=invoice.number,
        ),
    )


def _is_apart(line: InvoiceLine, lines: Sequence[InvoiceLine]) -> bool:
    """Out of scope beside lines that are not. For a hoster who is not taxable nothing is apart: all is out of scope."""
    others = any(each.category != VatCategory.OUT_OF_SCOPE for each in lines)
    return others and line.category == VatCategory.OUT_OF_SCOPE


def _row(line: InvoiceLine) -> Row:
    return Row(
        label=line.label,
        rule=line.rule,
        quantity=amount_of(line.quantity, line.unit),
        unit_price=unit_price(line.net, line.quantity),
        rate=rate_label(line.category, line.rate),
        net=line.net,
        gross=line.amount,
    )


def _vat_row(row: dict[str, str]) -> VatRow:
    taxed = row["category"] == VatCategory.STANDARD
    label = (
        _("TVA %(rate)s") % {"rate": rate(Decimal(row["rate"]))} if taxed else category_label(row["category"])
    )
    return VatRow(label, Decimal(row["net"]), Decimal(row["vat"]), Decimal(row["gross"]))
