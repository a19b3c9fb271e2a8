"""What the template of an invoice shows, worked out from the frozen row: the template only lays it out."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.documents.transfer import Drawing, transfer_code
from billing.documents.vat_table import category_label, rate_label
from billing.documents.wording import amount_of, day, iban, period, rate, unbroken, unit_price, whole
from billing.invoicing.operations import WORDS, Operation, operation_of
from billing.models import Invoice, InvoiceLine
from billing.sepa.announcing import announced_debit
from pricing.engine import VatCategory

ONE = Decimal(1)
TITLES = {
    Invoice.Kind.INVOICE: gettext_lazy("Facture"),
    Invoice.Kind.DEPOSIT: gettext_lazy("Facture d’acompte"),
    Invoice.Kind.CREDIT_NOTE: gettext_lazy("Avoir"),
    Invoice.Kind.CORRECTIVE: gettext_lazy("Facture rectificative"),
}


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
class Debit:
    """What the notice before a debit must say (SEP-02)."""

    day: str
    amount: Decimal
    rum: str
    ics: str
    account: str


@dataclass(frozen=True)
class InvoicePage:
    """`tax` is « TTC », or "" when the hoster charges no VAT. `grand_total` is net + VAT, shown when it is rounded.

    `apart` are the lines out of the scope of VAT (INV-21); `delivery` is where objects go, when it is elsewhere.
    """

    title: str | Promise
    seller_mentions: list[str]
    buyer_mentions: list[str]
    tax: str
    issued: str
    due: str
    period: str
    origin: str
    operation: str | Promise
    delivery: list[str]
    sold: list[Row]
    apart: list[Row]
    vat_rows: list[VatRow]
    grand_total: Decimal
    iban: str
    account_holder: str
    code: Drawing | None
    debit: Debit | None


def invoice_page(invoice: Invoice, lines: Sequence[InvoiceLine]) -> InvoicePage:
    """The page of an issued invoice; `lines` are its own, in order."""
    charged = not invoice.mention
    apart = [line for line in lines if _is_apart(line, lines)]
    debit = _debit(invoice)
    return InvoicePage(
        title=_title(invoice),
        seller_mentions=unbroken(invoice.seller["mentions"]),
        buyer_mentions=unbroken(invoice.buyer["mentions"]),
        tax=_("TTC") if charged else "",
        issued=day(invoice.issued_on),
        due=day(invoice.due_on),
        period=_period(invoice),
        origin=_origin(invoice),
        operation=_("Cotisation") if invoice.fees else WORDS[operation_of(lines)],
        delivery=_delivery(invoice, lines),
        sold=[_row(line) for line in lines if line not in apart],
        apart=[_row(line) for line in apart],
        vat_rows=[_vat_row(row) for row in invoice.vat_rows] if charged else [],
        grand_total=invoice.net + invoice.vat,
        iban=iban(invoice.seller["iban"]),
        account_holder=invoice.seller["account_holder"],
        code=None if debit else _code(invoice),
        debit=debit,
    )


def _title(invoice: Invoice) -> str | Promise:
    if not invoice.number:
        return _("Brouillon de facture")
    fees = invoice.fees and invoice.kind == Invoice.Kind.INVOICE
    return _("Cotisation") if fees else TITLES[Invoice.Kind(invoice.kind)]


def _debit(invoice: Invoice) -> Debit | None:
    """With a mandate there is nothing to transfer: the day and the references of the debit stand here."""
    order = announced_debit(invoice)
    if order is None:
        return None
    mandate = order.mandate
    return Debit(
        day(order.collect_on), order.amount, mandate.rum, mandate.creditor["ics"], mandate.masked_iban
    )


def _period(invoice: Invoice) -> str:
    """What is sold over time names its days; the rest says nothing here."""
    if invoice.period_start is None or invoice.period_end is None:
        return ""
    return period(invoice.period_start, invoice.period_end)


def _origin(invoice: Invoice) -> str:
    """The document that a credit note or a corrective invoice names, with its date (NUM-04)."""
    if invoice.corrects is None:
        return ""
    told = {"number": invoice.corrects.number, "day": day(invoice.corrects.issued_on)}
    return _("%(number)s du %(day)s") % told


def _delivery(invoice: Invoice, lines: Sequence[InvoiceLine]) -> list[str]:
    """Where objects are handed over, when it is not where the client is (INV-15)."""
    buyer = invoice.buyer
    if operation_of(lines) == Operation.SERVICES or not buyer.get("delivery_town"):
        return []
    town = f"{buyer['delivery_postcode']} {buyer['delivery_town']}"
    return [buyer["delivery_street"], town]


def _code(invoice: Invoice) -> Drawing | None:
    """A credit note asks for no transfer, and a draft has no reference."""
    if invoice.is_credit or not invoice.number:
        return None
    return transfer_code(
        holder=invoice.seller["account_holder"],
        iban=invoice.seller["iban"],
        amount=invoice.gross,
        text=invoice.number,
    )


def _is_apart(line: InvoiceLine, lines: Sequence[InvoiceLine]) -> bool:
    """Out of scope beside lines that are not. For a hoster who is not taxable nothing is apart: all is out of scope."""
    others = any(each.category != VatCategory.OUT_OF_SCOPE for each in lines)
    return others and line.category == VatCategory.OUT_OF_SCOPE


def _row(line: InvoiceLine) -> Row:
    return Row(
        label=line.label,
        rule=line.rule,
        quantity=whole() if line.whole else amount_of(line.quantity, line.unit),
        unit_price=unit_price(line.net, ONE if line.whole else line.quantity),
        rate=rate_label(line.category, line.rate),
        net=line.net,
        gross=line.amount,
    )


def _vat_row(row: dict[str, str]) -> VatRow:
    taxed = row["category"] == VatCategory.STANDARD
    label = (
        _("TVA %(rate)s") % {"rate": rate(Decimal(row["rate"]))} if taxed else category_label(row["category"])
    )
    net, vat = Decimal(row["net"]), Decimal(row["vat"])
    return VatRow(label, net, vat, net + vat)
