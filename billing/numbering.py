"""Gapless numbers (NUM-01): one row a series, locked inside the transaction that issues the document.

A rollback gives the number back; two issues at once wait for each other. The year is in the number, so that no
two documents of a year share one (NUM-02: at most 35 characters among letters, digits, `-`).
"""

from datetime import date

from django.db import connection

from billing.models import NumberSeries
from hosters.models import Hoster


def take_number(*, hoster: Hoster, kind: NumberSeries.Kind, on: date) -> str:
    """The next number of a series, such as `F-2026-0042`.

    Must be called inside the transaction that writes the document.
    """
    assert connection.in_atomic_block, "a number is only taken in the issuing transaction"
    NumberSeries.objects.get_or_create(hoster=hoster, kind=kind, year=on.year)
    series = NumberSeries.objects.select_for_update(of=("self",)).get(hoster=hoster, kind=kind, year=on.year)
    number = series.next_number
    series.next_number = number + 1
    series.save(update_fields=["next_number"])
    prefix = hoster.quote_prefix if kind == NumberSeries.Kind.QUOTE else hoster.invoice_prefix
    return f"{prefix}-{on.year}-{number:04d}"
