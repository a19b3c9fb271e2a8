"""E-reporting of payments: VAT on services is due when they are paid (EIN-06; CGI 290 A, 242 nonies P).

What was received of sales that are reported by the day is added up by day and rate, without any name; of an electronic
invoice it is told invoice by invoice, for its status « encaissée ». What goes back is below zero, on its own day.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.invoicing.routes import Route
from billing.models import Invoice, InvoiceLine, Payment
from hosters.models import Hoster
from hosters.spreadsheets import csv_bytes
from pricing.engine import VatCategory
from pricing.engine.money import ZERO, cents

#: Sales reported as sums of a day.
BY_DAY = {Route.B2C.value, Route.B2CINT.value}
#: Invoices whose payment is told one by one.
BY_INVOICE = {Route.B2B.value, Route.B2G.value, Route.B2BINT.value}
TOLD = [*BY_DAY, *BY_INVOICE]
#: Day, number of the invoice or "", category of VAT, rate.
Key = tuple[date, str, str, Decimal]


def receipts(payments: Iterable[Payment]) -> dict[Key, list[Decimal]]:
    """Amount paid and the VAT in it (EUR), and the number of movements, of payments whose shares and lines are loaded.
    Dues outside VAT are no sale; what exceeds an invoice has no share, since no tax is due on it; VAT of goods is due
    when they are handed over, not when they are paid (CGI 269, 2-a), so that their part is left out."""
    found: dict[Key, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO, ZERO])
    for payment in payments:
        number = payment.invoice.number if payment.invoice.route in BY_INVOICE else ""
        for share in payment.shares.all():
            if share.category == VatCategory.OUT_OF_SCOPE:
                continue
            part = _services(payment.invoice, share.category, share.rate)
            if not part:
                continue
            sums = found[payment.received_on, number, share.category, share.rate]
            for index, amount in enumerate((cents(share.gross * part), cents(share.vat * part), Decimal(1))):
                sums[index] += amount
    return dict(sorted(found.items()))


def goods_of(invoice: Invoice, row: Mapping[str, str]) -> Decimal:
    """The net of the goods (EUR) in a VAT row of a document whose lines are loaded."""
    wanted = (InvoiceLine.Nature.GOODS, row["category"], Decimal(row["rate"]))
    lines = [line for line in invoice.lines.all() if (line.nature, line.category, line.rate) == wanted]
    return sum((line.net for line in lines), ZERO)


def _services(invoice: Invoice, category: str, rate: Decimal) -> Decimal:
    """The part of services in what an invoice sells at a rate, from 0 to 1."""
    rows = [row for row in invoice.vat_rows if (row["category"], Decimal(row["rate"])) == (category, rate)]
    net = sum((Decimal(row["net"]) for row in rows), ZERO)
    goods = sum((goods_of(invoice, row) for row in rows), ZERO)
    return max(ZERO, 1 - goods / net) if net and goods else Decimal(1)


def receipts_table(hoster: Hoster, found: dict[Key, list[Decimal]]) -> str:
    """The file of these receipts."""
    header = [
        _("SIREN du vendeur"),
        _("Jour d’encaissement"),
        _("Facture électronique"),
        _("Catégorie de TVA"),
        _("Taux"),
        _("Montant encaissé TTC"),
        _("Dont TVA"),
        _("Devise"),
        _("Nombre d’encaissements"),
    ]
    rows = [
        [
            hoster.siren,
            day.isoformat(),
            number,
            category,
            f"{rate.normalize():f}",
            f"{gross:.2f}",
            f"{vat:.2f}",
            "EUR",
            f"{count:.0f}",
        ]
        for (day, number, category, rate), (gross, vat, count) in found.items()
    ]
    return csv_bytes(header, rows).decode()
