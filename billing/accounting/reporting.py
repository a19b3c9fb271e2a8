"""E-reporting of sales to those who pay no VAT: sums of each day, without any name, in lots (EIN-05; 242 nonies M).

A lot holds what the seller or its platform sends: the sales, one line a day, category and rate, and beside them
what was received (`receipts`, EIN-06). A piece that came late keeps its own day and is in the next lot, as a
correction of that day.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from django.db import models, transaction
from django.utils.translation import gettext as _

from billing.accounting.batches import (
    Made,
    NothingToExport,
    begin,
    invoices_left,
    keep_batch,
    next_span,
    payments_left,
)
from billing.accounting.receipts import TOLD, goods_of, receipts, receipts_table
from billing.invoicing.routes import Route
from billing.models import ExportBatch, Invoice, Payment
from hosters.models import Hoster, User
from hosters.spreadsheets import csv_bytes
from pricing.engine import VatCategory
from pricing.engine.money import ZERO, cents

E_REPORTING = ExportBatch.Kind.E_REPORTING
#: Clients who receive no electronic invoice: the seller reports their sales.
REPORTED = [Route.B2C.value, Route.B2CINT.value]
#: Services subject to VAT, and goods, even at no rate (franchise).
SERVICES = "TPS1"
GOODS = "TLB1"
#: Day, category of operation, category of VAT, rate.
Key = tuple[date, str, str, Decimal]


@transaction.atomic
def make_report(*, hoster: Hoster, end: date, by: User | None = None) -> ExportBatch:
    """The lot of the sales and payments to report since the last one, until a day or the end of its financial year.

    Raises:
        NothingToExport: nothing new, a day to come, or no SIREN.
    """
    if not hoster.siren:
        raise NothingToExport(
            _("L’e-reporting porte votre SIREN : écrivez-le d’abord dans les réglages, « Identité ».")
        )
    begin(hoster)
    span = next_span(hoster, E_REPORTING, end)
    invoices = list(invoices_left(hoster, E_REPORTING, span.end).filter(route__in=REPORTED))
    payments = list(_payments_left(hoster, span.end))
    days, received = by_day(invoices), receipts(payments)
    if not (days or received):
        raise NothingToExport(_("Aucune vente ni aucun encaissement à déclarer jusqu’à cette date."))
    number = ExportBatch.objects.filter(hoster=hoster, kind=E_REPORTING).count() + 1
    files = {"ventes": _table(hoster, days) if days else ""}
    files["encaissements"] = receipts_table(hoster, received) if received else ""
    made = Made(
        files=[
            (f"e-reporting-{name}-{hoster.siren}-{number:04d}.csv", text)
            for name, text in files.items()
            if text
        ],
        total=sum((sums[0] + sums[1] for sums in days.values()), ZERO),
    )
    return keep_batch(
        hoster=hoster, kind=E_REPORTING, span=span, made=made, pieces=[*invoices, *payments], by=by
    )


def _payments_left(hoster: Hoster, end: date) -> "models.QuerySet[Payment]":
    rows = payments_left(hoster, E_REPORTING, end).filter(invoice__route__in=TOLD)
    return rows.prefetch_related("shares", "invoice__lines")


def by_day(invoices: Iterable[Invoice]) -> dict[Key, list[Decimal]]:
    """Net, VAT (EUR) and number of documents of each day, category and rate, of documents whose lines are loaded;
    credit notes are taken off. What sells both services and goods counts once for each."""
    days: dict[Key, list[Decimal]] = defaultdict(lambda: [ZERO, ZERO, ZERO])
    for invoice in invoices:
        for row in invoice.vat_rows:
            if row["category"] == VatCategory.OUT_OF_SCOPE.value:
                continue  # dues are no sale (CGI 256)
            for kind, net, vat in _by_kind(row, goods_of(invoice, row)):
                sums = days[invoice.issued_on, kind, row["category"], Decimal(row["rate"])]
                sums[0] += invoice.sign * net
                sums[1] += invoice.sign * vat
                sums[2] += 1
    return dict(sorted(days.items()))


def _by_kind(row: dict[str, str], goods: Decimal) -> Iterable[tuple[str, Decimal, Decimal]]:
    """A VAT row as (category of operation, net, VAT): goods, the rest services, adding up to the row."""
    net, vat = Decimal(row["net"]), Decimal(row["vat"])
    of_goods = cents(vat * goods / net) if net else ZERO
    if goods:
        yield GOODS, goods, of_goods
    if net != goods or not goods:
        yield SERVICES, net - goods, vat - of_goods


def _table(hoster: Hoster, days: dict[Key, list[Decimal]]) -> str:
    header = [
        _("SIREN du vendeur"),
        _("Jour"),
        _("Catégorie d’opérations"),
        _("Catégorie de TVA"),
        _("Taux"),
        _("Base HT"),
        _("TVA"),
        _("Devise"),
        _("Nombre de transactions"),
    ]
    rows = [
        [
            hoster.siren,
            day.isoformat(),
            kind,
            category,
            f"{rate.normalize():f}",
            f"{net:.2f}",
            f"{vat:.2f}",
            "EUR",
            f"{count:.0f}",
        ]
        for (day, kind, category, rate), (net, vat, count) in days.items()
    ]
    return csv_bytes(header, rows).decode()
