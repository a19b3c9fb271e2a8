"""From a document or a payment to a balanced entry. Frozen rows are read, nothing is worked out again."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.accounting.plan import Account, account_of
from billing.models import AccountPlan, Invoice, InvoiceKind, InvoiceLine, Payment
from pricing.engine import Cadence, VatCategory
from pricing.engine.money import ZERO
from pricing.engine.vat_rates import TABLE

#: Every standard rate there is or was (CGI 278, 296): the others have their own account.
STANDARD_RATES = {row.standard for row in TABLE if row.standard is not None}
#: More than this between lines and total is no rounding (a partial credit note at 2,1 % has the largest): the document
#: is wrong.
ROUNDING = Decimal("0.15")


class Unbalanced(Exception):
    """The lines of a document and its totals tell two different things; the message names it, in French."""


@dataclass(frozen=True)
class Posting:
    """One line of an entry: an amount (EUR) at the debit or at the credit of an account, never both."""

    account: Account
    debit: Decimal = ZERO
    credit: Decimal = ZERO
    client: tuple[str, str] = ("", "")


@dataclass(frozen=True)
class Entry:
    """A balanced entry of a journal and the piece that it comes from."""

    journal: tuple[str, str]
    on: date
    piece: str
    piece_on: date
    label: str
    postings: tuple[Posting, ...]

    @property
    def total(self) -> Decimal:
        return sum((posting.debit for posting in self.postings), ZERO)


def invoice_entry(plan: AccountPlan, invoice: Invoice) -> Entry | None:
    """The entry of an issued document, with its lines loaded; None when it is of no amount."""
    sums: dict[str, Decimal] = defaultdict(Decimal)
    for line in invoice.lines.all():
        sums[_income(invoice, line)] -= line.net
    for row in invoice.vat_rows:
        sums[_vat(Decimal(row["rate"]))] -= Decimal(row["vat"])
    sums["clients"] += invoice.gross
    gap = sum(sums.values(), ZERO)
    if abs(gap) > ROUNDING:
        raise Unbalanced(_("Les lignes de %(number)s ne font pas son total.") % {"number": invoice.number})
    sums["gains" if gap > 0 else "losses"] -= gap
    return _entry(
        plan,
        ("VE", _("Ventes")),
        {name: invoice.sign * amount for name, amount in sums.items()},
        invoice,
        on=invoice.issued_on,
        label=f"{invoice.kind_label} {invoice.number} {invoice.buyer['name']}",
    )


def _income(invoice: Invoice, line: InvoiceLine) -> str:
    """Dues outside VAT are no sale; a deposit is a debt until the service is rendered."""
    if _origin(line).invoice.kind == InvoiceKind.DEPOSIT:
        return "deposits"
    if invoice.fees:
        return "dues"
    outside = line.category == VatCategory.OUT_OF_SCOPE.value
    if outside and line.cadence == Cadence.YEARLY:
        return "dues"
    return "goods" if line.nature == InvoiceLine.Nature.GOODS else "sales"


def _origin(line: InvoiceLine) -> InvoiceLine:
    """The line that was sold first: a credit note, a deduction of a deposit take back another one."""
    while line.against is not None:
        line = line.against
    return line


def _vat(rate: Decimal) -> str:
    return "vat_standard" if rate in STANDARD_RATES else "vat_other"


#: Where the money of each means goes, and the journal that tells it. A move between invoices moves no money.
MEANS = {"cheque": "cheques", "card": "cards", "cash": "cash"}
WITHOUT_MONEY = "none"


def payment_entry(plan: AccountPlan, payment: Payment) -> Entry | None:
    """The entry of money received, or sent back when the amount is below zero; None when no money moved."""
    if payment.method == WITHOUT_MONEY:
        return None
    place = MEANS.get(payment.method, "bank")
    journal = ("CA", _("Caisse")) if place == "cash" else ("BQ", _("Banque"))
    invoice = payment.invoice
    return _entry(
        plan,
        journal,
        {place: payment.amount, "clients": -payment.amount},
        invoice,
        on=payment.received_on,
        label=f"{payment.get_method_display()} {invoice.number} {invoice.buyer['name']}",
    )


def _entry(
    plan: AccountPlan,
    journal: tuple[str, str],
    sums: dict[str, Decimal],
    invoice: Invoice,
    *,
    on: date,
    label: str,
) -> Entry | None:
    postings = tuple(_postings(plan, sums, invoice))
    text = label[0].upper() + label[1:]
    return Entry(journal, on, invoice.number, on, text, postings) if postings else None


def _postings(plan: AccountPlan, sums: dict[str, Decimal], invoice: Invoice) -> Iterable[Posting]:
    """Above zero at the debit, below at the credit; the client first."""
    client = (f"C{invoice.organization_id:06d}", invoice.buyer["name"])
    for name in sorted(sums, key=lambda name: name != "clients"):
        amount = sums[name]
        aside = client if name == "clients" else ("", "")
        if amount > 0:
            yield Posting(account_of(plan, name), debit=amount, client=aside)
        elif amount < 0:
            yield Posting(account_of(plan, name), credit=-amount, client=aside)
