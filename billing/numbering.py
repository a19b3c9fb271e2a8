"""Gapless numbers (NUM-01): one row a series, locked inside the transaction that issues the document.

A rollback gives the number back; two issues at once wait for each other. The year is in the number, so that no
two documents of a year share one (NUM-02: at most 35 characters among letters, digits, `-`).
"""

from datetime import date

from django.db import connection
from django_scopes import scope

from billing.ledger.chain import hold
from billing.models import NumberSeries
from hosters.models import Hoster

#: Contracts and batches of debits have series of their own; nobody files them by a prefix.
CONTRACT_PREFIX = "C"
DEBIT_PREFIX = "PRLV"
#: What follows the prefix of invoices: a prefix holds no hyphen, so that no two series ever meet.
AFTER_INVOICE_PREFIX = {
    NumberSeries.Kind.DEPOSIT: "AC",
    NumberSeries.Kind.CREDIT_NOTE: "AV",
    NumberSeries.Kind.CORRECTIVE: "R",
}
#: Series whose documents are told by the ledger.
TOLD = {NumberSeries.Kind.INVOICE, *AFTER_INVOICE_PREFIX}


def take_number(*, hoster: Hoster, kind: NumberSeries.Kind, on: date) -> str:
    """The next number of a series, such as `F-2026-0042`, or `F-AV-2026-0003` for a credit note.

    Must be called inside the transaction that writes the document.
    """
    assert connection.in_atomic_block, "a number is only taken in the issuing transaction"
    if kind in TOLD:
        hold(hoster)  # always before the series: two issues wait in the same order
    NumberSeries.objects.get_or_create(hoster=hoster, kind=kind, year=on.year)
    series = NumberSeries.objects.select_for_update(of=("self",)).get(hoster=hoster, kind=kind, year=on.year)
    number = series.next_number
    series.next_number = number + 1
    series.save(update_fields=["next_number"])
    return f"{_prefix(hoster, kind)}-{on.year}-{number:04d}"


def _prefix(hoster: Hoster, kind: NumberSeries.Kind) -> str:
    if kind in AFTER_INVOICE_PREFIX:
        return f"{hoster.invoice_prefix}-{AFTER_INVOICE_PREFIX[kind]}"
    prefixes = {
        NumberSeries.Kind.QUOTE: hoster.quote_prefix,
        NumberSeries.Kind.INVOICE: hoster.invoice_prefix,
        NumberSeries.Kind.CONTRACT: CONTRACT_PREFIX,
        NumberSeries.Kind.DEBIT: DEBIT_PREFIX,
    }
    return prefixes[kind]


def has_numbered(hoster: Hoster) -> bool:
    """Whether a quote or an invoice of this hoster took a number already."""
    with scope(hoster=hoster):
        return NumberSeries.objects.filter(next_number__gt=1).exists()
