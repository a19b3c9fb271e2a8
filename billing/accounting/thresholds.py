"""Ceilings of turnover above which VAT begins, as dated rows: a new ceiling is a new row (INV-17, INV-18)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from pricing.engine import VatRegime


@dataclass(frozen=True)
class Ceiling:
    """EUR without VAT for a calendar year: above `ceiling` VAT is due the next year, above `raised` at once."""

    regime: VatRegime
    valid_from: date
    ceiling: Decimal
    raised: Decimal | None
    source: str


TABLE = (
    Ceiling(
        VatRegime.FRANCHISE,
        date(2025, 1, 1),
        Decimal(37_500),
        Decimal(41_250),
        "CGI 293 B, prestations de services",
    ),
    Ceiling(
        VatRegime.EXEMPT,
        date(2025, 1, 1),
        Decimal(80_011),
        None,
        "CGI 206, 1 bis et 261, 7-1° b, recettes lucratives accessoires, chiffre de 2025 indexé chaque année",
    ),
)


def ceiling_of(regime: VatRegime, on: date) -> Ceiling | None:
    """The ceiling that watches a regime on a day; None where there is none, or none that we know."""
    rows = [row for row in TABLE if row.regime == regime and row.valid_from <= on]
    return max(rows, key=lambda row: row.valid_from, default=None)
