"""From the engine's answer to the rows of a document, and from those rows to the bill of a later invoice."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from billing.models import Invoice, InvoiceLine, Quote, QuoteLine
from pricing.engine import Bill, BilledLine, Breakdown, Cadence, Line, VatCategory
from pricing.engine.bills import bill


def totals_of(breakdown: Breakdown) -> dict[str, Any]:
    """The four bills of a priced answer, as plain data kept with the quote (amounts as strings, EUR)."""
    bills = {
        "period": breakdown.period_bill,
        "first": breakdown.first_bill,
        "first_year": breakdown.first_year_bill,
        "yearly": breakdown.yearly_bill,
    }
    return {name: _bill_to_json(each) for name, each in bills.items() if each is not None}


def quote_line(quote: Quote, position: int, line: Line) -> QuoteLine:
    """The frozen copy of an engine line."""
    assert line.amount is not None and line.typed_amount is not None, "a priced answer has priced lines"
    return QuoteLine(
        quote=quote,
        position=position,
        label=line.label,
        rule=line.rule,
        quantity=line.quantity,
        unit=line.unit,
        cadence=line.cadence.value,
        category=line.vat_category.value,
        rate=line.vat_rate,
        amount=line.amount,
        typed_amount=line.typed_amount,
        tax_included=line.tax_included,
        periods=line.periods,
        from_year=line.from_year,
    )


def bill_of(lines: Iterable[QuoteLine]) -> Bill:
    """The bill of frozen quote lines: VAT once per rate on the total, shared so that every sum closes (RND-01)."""
    return bill([_engine_line(line) for line in lines])


def invoice_line(invoice: Invoice, position: int, billed: BilledLine) -> InvoiceLine:
    """The frozen copy of a billed line."""
    line = billed.line
    return InvoiceLine(
        invoice=invoice,
        position=position,
        label=line.label,
        rule=line.rule,
        quantity=line.quantity,
        unit=line.unit,
        cadence=line.cadence.value,
        category=line.vat_category.value,
        rate=line.vat_rate,
        amount=billed.gross,
        net=billed.net,
        vat=billed.vat,
    )


def vat_rows_to_json(each: Bill) -> list[dict[str, str]]:
    """One row per VAT category and rate (INV-10, 11°)."""
    return [
        {
            "category": row.category.value,
            "rate": str(row.rate),
            "net": str(row.net),
            "vat": str(row.vat),
            "gross": str(row.gross),
        }
        for row in each.vat_rows
    ]


def _bill_to_json(each: Bill) -> dict[str, Any]:
    return {
        "net": str(each.net),
        "vat": str(each.vat),
        "gross": str(each.gross),
        "vat_rows": vat_rows_to_json(each),
    }


def _engine_line(line: QuoteLine) -> Line:
    return Line(
        code="",
        label=line.label,
        rule=line.rule,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=None,
        amount=line.amount,
        cadence=Cadence(line.cadence),
        vat_rate=Decimal(line.rate),
        vat_category=VatCategory(line.category),
        typed_amount=line.typed_amount,
        tax_included=line.tax_included,
        periods=line.periods,
        from_year=line.from_year,
    )
