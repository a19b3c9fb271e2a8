"""VAT shown as a table: a column for each way a bill is taxed, a row for each bill."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from billing.documents.wording import rate
from pricing.engine import VatCategory

ZERO = Decimal(0)
Row = dict[str, str]


@dataclass(frozen=True)
class VatTable:
    """Amounts in EUR; `rows` are a label and one amount a column."""

    columns: list[str]
    rows: list[tuple[str, list[Decimal]]]


def vat_table(bills: Iterable[tuple[str, dict[str, Any]]]) -> VatTable:
    """The bills of a quote (`billing.totals`), in the order given: HT, VAT of each rate, then TTC (DEV-01, DEV-06)."""
    named = list(bills)
    rates = _rates(row for _name, bill in named for row in bill["vat_rows"])
    untaxed = [each for each in (VatCategory.EXEMPT, VatCategory.OUT_OF_SCOPE) if _used(each, named)]
    columns = [_("HT"), *(_("TVA %(rate)s") % {"rate": rate(each)} for each in rates)]
    columns += [*(category_label(each) for each in untaxed), _("TTC")]
    rows = []
    for name, bill in named:
        vat_rows = bill["vat_rows"]
        amounts = [_sum(vat_rows, "net", VatCategory.STANDARD)]
        amounts += [_sum(vat_rows, "vat", VatCategory.STANDARD, each) for each in rates]
        amounts += [_sum(vat_rows, "gross", each) for each in untaxed]
        rows.append((name, [*amounts, Decimal(bill["gross"])]))
    return VatTable(columns, rows)


def category_label(category: str) -> str:
    """What replaces a rate on a line or in a table."""
    return _("Exonéré") if category == VatCategory.EXEMPT else _("Hors champ de la TVA")


def rate_label(category: str, of_rate: Decimal) -> str:
    """The rate of a line, or the word that replaces it in a narrow column."""
    if category == VatCategory.STANDARD:
        return rate(of_rate)
    return _("Exonéré") if category == VatCategory.EXEMPT else _("Hors champ")


def _rates(rows: Iterable[Row]) -> list[Decimal]:
    standard = {Decimal(row["rate"]) for row in rows if row["category"] == VatCategory.STANDARD}
    return sorted(standard, reverse=True)


def _used(category: VatCategory, bills: Iterable[tuple[str, dict[str, Any]]]) -> bool:
    return any(row["category"] == category for _name, bill in bills for row in bill["vat_rows"])


def _sum(rows: Iterable[Row], field: str, category: VatCategory, of_rate: Decimal | None = None) -> Decimal:
    return sum(
        (
            Decimal(row[field])
            for row in rows
            if row["category"] == category and of_rate in (None, Decimal(row["rate"]))
        ),
        ZERO,
    )
