"""From the engine's answer to the rows of a document, and from those rows to the bill of a later invoice."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from billing.due import YEAR, is_due
from billing.models import InvoiceLine, Quote, QuoteLine
from pricing.engine import Bill, BilledLine, Cadence, Line, VatCategory
from pricing.engine.bills import bill, combined, portion
from pricing.engine.money import HUNDRED, ZERO, settle


@dataclass(frozen=True, slots=True)
class TimedLine:
    """A line of the engine with its own period, where it comes from in the quote, and whether it counts."""

    line: Line
    term_months: int
    item: int = 1
    optional: bool = False
    kept: bool = True

    @property
    def cadence(self) -> str:
        return self.line.cadence

    @property
    def periods(self) -> int | None:
        return self.line.periods

    @property
    def from_year(self) -> int:
        return self.line.from_year


def main_term(lines: Iterable[TimedLine]) -> int:
    """The period that a quote speaks of first: its shortest, a year when nothing comes back more often."""
    return min((each.term_months for each in lines if each.cadence == Cadence.PERIOD), default=YEAR)


def totals_of(lines: Sequence[TimedLine]) -> dict[str, Any]:
    """The four bills of the lines that count, as plain data kept with the quote (amounts as strings, EUR).

    The first year is the sum of the very invoices that will be issued (`billing.due`), VAT closed on each of them.
    """
    kept = [each for each in lines if each.kept]
    term = main_term(kept)
    period = [each for each in kept if each.cadence == Cadence.PERIOD and each.term_months == term]
    year = [_bill([each for each in kept if is_due(each, months)]) for months in range(YEAR)]
    bills = {
        "period": _bill(period),
        "first": year[0],
        "first_year": combined([(each, 1) for each in year]),
        "yearly": _yearly(kept),
    }
    return {name: _bill_to_json(each) for name, each in bills.items()}


def payable(lines: Sequence[TimedLine]) -> list[TimedLine]:
    """The lines with what the client pays for each, so that they add up to the invoices: what comes back first, then
    what is added to the first invoice, then what comes in later years; each spare option by itself."""
    kept = [each for each in lines if each.kept]
    recurring = [each for each in kept if each.cadence == Cadence.PERIOD]
    others = [each for each in kept if each.cadence != Cadence.PERIOD]
    paid: dict[int, Decimal] = {}
    before: list[TimedLine] = []
    for term in sorted({each.term_months for each in recurring}):
        _share([each for each in recurring if each.term_months == term], before, paid)
    _share([each for each in others if each.from_year == 1], before, paid)
    _share([each for each in others if each.from_year != 1], [], paid)
    for each in lines:
        if not each.kept:
            _share([each], [], paid)
    return [replace(each, line=each.line._replace(amount=paid[id(each)])) for each in lines]


def _share(group: list[TimedLine], before: list[TimedLine], paid: dict[int, Decimal]) -> None:
    """Give each line of a group its part of what it adds to a bill that already holds the lines before it."""
    total = _gross(before + group) - _gross(before)
    exact = [
        (each.line.typed_amount or ZERO) * (1 if each.line.tax_included else 1 + each.line.vat_rate / HUNDRED)
        for each in group
    ]
    paid.update(zip(map(id, group), settle(exact, total), strict=True))
    before += group


def _gross(lines: Sequence[TimedLine]) -> Decimal:
    return _bill(lines).gross


def _bill(lines: Sequence[TimedLine]) -> Bill:
    return bill([each.line for each in lines])


def _yearly(kept: Sequence[TimedLine]) -> Bill:
    """A year in regime: no welcome discount, a period that does not divide a year counts for its part of it."""
    regular = [each for each in kept if each.cadence == Cadence.PERIOD and each.periods is None]
    whole = [each for each in regular if YEAR % each.term_months == 0]
    parts: list[Line] = []
    for term in sorted({each.term_months for each in regular if YEAR % each.term_months}):
        parts += portion([each.line for each in regular if each.term_months == term], YEAR, term)
    each_year = [each.line for each in kept if each.cadence == Cadence.YEARLY]
    start = bill([each.line for each in whole] + parts + each_year)
    later = [_bill([each for each in whole if is_due(each, months)]) for months in range(1, YEAR)]
    return combined([(start, 1), *((each, 1) for each in later)])


def quote_line(quote: Quote, position: int, timed: TimedLine, nature: str) -> QuoteLine:
    """The frozen copy of a priced line."""
    line = timed.line
    assert line.amount is not None and line.typed_amount is not None, "a priced answer has priced lines"
    return QuoteLine(
        quote=quote,
        position=position,
        label=line.label,
        rule=line.rule,
        quantity=line.quantity,
        unit=line.unit,
        whole=is_whole(line),
        cadence=line.cadence.value,
        nature=nature,
        category=line.vat_category.value,
        rate=line.vat_rate,
        amount=line.amount,
        typed_amount=line.typed_amount,
        tax_included=line.tax_included,
        periods=line.periods,
        from_year=line.from_year,
        term_months=timed.term_months,
        optional=timed.optional,
        kept=timed.kept,
        item=timed.item,
    )


def is_whole(line: Line) -> bool:
    """Whether there is a price for the quantity but none for one, such as a tier: dividing would invent one."""
    return line.unit_price is None and bool(line.amount) and line.quantity != 1


def bill_of(lines: Iterable[QuoteLine]) -> Bill:
    """The bill of frozen quote lines: VAT once per rate on the total, shared so that every sum closes (RND-01)."""
    return bill([engine_line(line) for line in lines])


def invoice_lines(lines: Sequence[QuoteLine]) -> list[InvoiceLine]:
    """The lines of the invoice of these lines, in their order, still without it."""
    billed = bill_of(lines).lines
    return [invoice_line(each, line.nature) for each, line in zip(billed, lines, strict=True)]


def invoice_line(billed: BilledLine, nature: str) -> InvoiceLine:
    """The frozen copy of a billed line, still without its invoice."""
    line = billed.line
    return InvoiceLine(
        label=line.label,
        rule=line.rule,
        quantity=line.quantity,
        unit=line.unit,
        whole=is_whole(line),
        cadence=line.cadence.value,
        nature=nature,
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


def engine_line(line: QuoteLine) -> Line:
    """A frozen line as the engine reads it."""
    return Line(
        code="",
        label=line.label,
        rule=line.rule,
        quantity=line.quantity,
        unit=line.unit,
        unit_price=None if line.whole or not line.quantity else line.typed_amount / line.quantity,
        amount=line.amount,
        cadence=Cadence(line.cadence),
        vat_rate=Decimal(line.rate),
        vat_category=VatCategory(line.category),
        typed_amount=line.typed_amount,
        tax_included=line.tax_included,
        periods=line.periods,
        from_year=line.from_year,
    )
