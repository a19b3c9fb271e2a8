"""How much of what an invoice received belongs to each VAT rate (INV-04, EIN-06). Plain arithmetic.

The share of a rate is what all the money received so far gives it, minus what earlier rows gave it: whatever the number
of partial payments, an invoice paid in full has exactly its own VAT, to the cent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal

from pricing.engine.money import ZERO, cents, share

#: VAT category of EN 16931 and rate in percent.
Rate = tuple[str, Decimal]


@dataclass(frozen=True)
class Part:
    """What belongs to one rate, EUR."""

    gross: Decimal = ZERO
    vat: Decimal = ZERO

    def __add__(self, other: "Part") -> "Part":
        return Part(self.gross + other.gross, self.vat + other.vat)

    def __sub__(self, other: "Part") -> "Part":
        return Part(self.gross - other.gross, self.vat - other.vat)


Parts = Mapping[Rate, Part]


def parts_of(rows: Iterable[Mapping[str, str]]) -> dict[Rate, Part]:
    """The VAT rows of one or several documents, added up by rate."""
    found: dict[Rate, Part] = {}
    for row in rows:
        rate = (row["category"], Decimal(row["rate"]))
        found[rate] = found.get(rate, Part()) + Part(Decimal(row["gross"]), Decimal(row["vat"]))
    return found


def shares(*, invoiced: Parts, credited: Parts, received: Decimal, already: Parts) -> dict[Rate, Part]:
    """What a new row gives to each rate, once `received` EUR came in all.

    Money pays first what credit notes left of the invoice, then what they took back (it awaits its refund). What
    exceeds the invoice belongs to no rate.
    """
    left = {rate: part - credited.get(rate, Part()) for rate, part in invoiced.items()}
    kept = max(min(received, _total(left)), ZERO)
    waiting = max(min(received - kept, _total(credited)), ZERO)
    target = _split(kept, left)
    for rate, part in _split(waiting, credited).items():
        target[rate] = target.get(rate, Part()) + part
    rates = dict.fromkeys([*target, *already])
    moved = {rate: target.get(rate, Part()) - already.get(rate, Part()) for rate in rates}
    return {rate: part for rate, part in moved.items() if part != Part()}


def _total(parts: Parts) -> Decimal:
    return sum((part.gross for part in parts.values()), ZERO)


def _split(amount: Decimal, parts: Parts) -> dict[Rate, Part]:
    whole = _total(parts)
    if not amount or not whole:
        return {}
    amounts = share(amount, [part.gross for part in parts.values()])
    return {
        rate: Part(gross, cents(part.vat * gross / part.gross) if part.gross else ZERO)
        for (rate, part), gross in zip(parts.items(), amounts, strict=True)
    }
