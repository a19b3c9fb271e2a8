"""One invoice worked out: VAT once per rate on the total, shared so that every sum closes (RND-01).

An amount typed TTC is never altered: the VAT of a rate is `gross - round(gross / (1 + rate))` on
the total. An amount typed HT gets VAT on the total of its rate. The cents of net (or of VAT) are
then given back to the lines by largest remainder.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from pricing.engine.lines import Line
from pricing.engine.money import HUNDRED, ZERO, Taxed, cents, settle
from pricing.engine.vat import VatCategory, VatKey


@dataclass(frozen=True, slots=True)
class BilledLine:
    """A line on a bill, its net, VAT and gross summed over its `times` occurrences."""

    line: Line
    net: Decimal
    vat: Decimal
    gross: Decimal
    times: int = 1


@dataclass(frozen=True, slots=True)
class VatRow:
    category: VatCategory
    rate: Decimal
    net: Decimal
    vat: Decimal
    gross: Decimal


@dataclass(frozen=True, slots=True)
class Bill:
    """Net + VAT = gross on each line, each VAT row, and in total."""

    lines: tuple[BilledLine, ...]
    vat_rows: tuple[VatRow, ...]
    net: Decimal
    vat: Decimal
    gross: Decimal


def _key(line: Line) -> VatKey:
    return VatKey(line.vat_category, line.vat_rate)


def _groups(lines: Iterable[Line]) -> dict[tuple[VatKey, bool], list[Line]]:
    groups: dict[tuple[VatKey, bool], list[Line]] = {}
    for line in lines:
        groups.setdefault((_key(line), line.tax_included), []).append(line)
    return groups


def _typed_total(lines: Iterable[Line]) -> Decimal:
    return sum((line.typed_amount or ZERO for line in lines), ZERO)


def taxed_total(lines: Sequence[Line], tax_included: bool, rate: Decimal) -> Taxed:
    """VAT of lines of one rate, typed the same way, on their total."""
    total = _typed_total(lines)
    return Taxed.from_gross(total, rate) if tax_included else Taxed.from_net(total, rate)


def gross_of(lines: Sequence[Line]) -> Decimal:
    """What the client pays for these lines on one invoice; TTC amounts are simply added."""
    typed_net = [line for line in lines if not line.tax_included]
    total = _typed_total(line for line in lines if line.tax_included) if typed_net else _typed_total(lines)
    for (key, _included), group in _groups(typed_net).items():
        total += taxed_total(group, False, key.rate).gross
    return total


def _shared(group: Sequence[Line], tax_included: bool, rate: Decimal, taxed: Taxed) -> list[Taxed]:
    typed = [line.typed_amount or ZERO for line in group]
    if tax_included:
        nets = settle([gross * HUNDRED / (HUNDRED + rate) for gross in typed], taxed.net)
        return [Taxed(net, gross - net, gross) for net, gross in zip(nets, typed, strict=True)]
    vats = settle([net * rate / HUNDRED for net in typed], taxed.vat)
    return [Taxed(net, vat, net + vat) for net, vat in zip(typed, vats, strict=True)]


def bill(lines: Sequence[Line]) -> Bill:
    """The bill of priced lines, in the order given."""
    shares: dict[int, BilledLine] = {}
    rows: dict[VatKey, Taxed] = {}
    for (key, tax_included), group in _groups(lines).items():
        taxed = taxed_total(group, tax_included, key.rate)
        rows[key] = _added(rows.get(key), taxed)
        for line, part in zip(group, _shared(group, tax_included, key.rate, taxed), strict=True):
            shares[id(line)] = BilledLine(line, part.net, part.vat, part.gross)
    return _closed([shares[id(line)] for line in lines], rows)


def combined(bills: Sequence[tuple[Bill, int]]) -> Bill:
    """Several invoices seen as one total, each as many times as given."""
    lines: dict[int, BilledLine] = {}
    rows: dict[VatKey, Taxed] = {}
    for each, times in bills:
        if times <= 0:
            continue
        for billed in each.lines:
            lines[id(billed.line)] = _repeated(lines.get(id(billed.line)), billed, times)
        for row in each.vat_rows:
            taxed = Taxed(row.net * times, row.vat * times, row.gross * times)
            key = VatKey(row.category, row.rate)
            rows[key] = _added(rows.get(key), taxed)
    return _closed(list(lines.values()), rows)


def _added(so_far: Taxed | None, more: Taxed) -> Taxed:
    if so_far is None:
        return more
    return Taxed(so_far.net + more.net, so_far.vat + more.vat, so_far.gross + more.gross)


def _repeated(so_far: BilledLine | None, billed: BilledLine, times: int) -> BilledLine:
    net, vat, gross = billed.net * times, billed.vat * times, billed.gross * times
    count = billed.times * times
    if so_far is None:
        return BilledLine(billed.line, net, vat, gross, count)
    return BilledLine(
        billed.line, so_far.net + net, so_far.vat + vat, so_far.gross + gross, so_far.times + count
    )


def _closed(lines: list[BilledLine], rows: dict[VatKey, Taxed]) -> Bill:
    ordered = sorted(rows.items(), key=lambda item: (-item[0].rate, item[0].category))
    vat_rows = tuple(VatRow(key.category, key.rate, t.net, t.vat, t.gross) for key, t in ordered)
    net = sum((row.net for row in vat_rows), ZERO)
    vat = sum((row.vat for row in vat_rows), ZERO)
    return Bill(tuple(lines), vat_rows, net, vat, net + vat)


def portion(lines: Sequence[Line], numerator: int, denominator: int) -> list[Line]:
    """The part of these lines that falls in a year, for a term longer than a year.

    The cents go to the VAT rates first, in an order of their own, so that the order of the lines moves no total.
    """
    groups = sorted(_groups(lines).items())
    exact = [
        [(line.typed_amount or ZERO) * numerator / denominator for line in group] for _key, group in groups
    ]
    sums = [sum(each, ZERO) for each in exact]
    totals = settle(sums, cents(sum(sums, ZERO)))
    parts: dict[int, Decimal] = {}
    for (_key, group), each, total in zip(groups, exact, totals, strict=True):
        parts.update(zip(map(id, group), settle(each, total), strict=True))
    return [line._replace(typed_amount=parts[id(line)], amount=parts[id(line)]) for line in lines]
