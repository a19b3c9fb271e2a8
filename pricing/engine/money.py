"""Euros and cents. `Decimal` only, half up (RND-01)."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Context, Decimal

CENT = Decimal("0.01")
ZERO = Decimal("0.00")
HUNDRED = Decimal(100)
# Whatever precision the caller works with, a price is the same.
PRECISION = Context(prec=40)


def cents(amount: Decimal) -> Decimal:
    """Round half up to the cent."""
    return amount.quantize(CENT, ROUND_HALF_UP)


def settle(exact: Sequence[Decimal], total: Decimal) -> list[Decimal]:
    """Round each exact amount to a cent so that they add up to `total`.

    Every amount goes down, then the missing cents go to the largest remainders (first come
    first on a tie). `total` must be the rounded sum of `exact`, or within a cent per amount.
    """
    floors = [amount.quantize(CENT, ROUND_FLOOR) for amount in exact]
    missing = int((total - sum(floors, ZERO)) / CENT)
    by_remainder = sorted(range(len(exact)), key=lambda i: floors[i] - exact[i])
    for index in by_remainder[:missing]:
        floors[index] += CENT
    return floors


def share(total: Decimal, weights: Sequence[Decimal]) -> list[Decimal]:
    """Split `total` in cents, in proportion to `weights`; equal parts when they are all zero."""
    whole = sum(weights, Decimal(0))
    if not whole:
        weights, whole = [Decimal(1)] * len(weights), Decimal(len(weights))
    return settle([total * weight / whole for weight in weights], total)


def percentage(part: Decimal, whole: Decimal) -> int:
    """Rounded half up to an integer; 0 of nothing is 0 %."""
    if not whole:
        return 0
    return int((part / whole * HUNDRED).quantize(Decimal(1), ROUND_HALF_UP))


def percentages(parts: Sequence[Decimal]) -> list[int]:
    """The part of each in their sum, in integers that add up to 100; 0 everywhere of nothing.

    A percent is a cent of one: what rounding leaves goes to the largest remainders, as in a bill.
    """
    if not sum(parts):
        return [0] * len(parts)
    return [int(each * HUNDRED) for each in share(Decimal(1), parts)]


@dataclass(frozen=True, slots=True)
class Taxed:
    """An amount before tax (net, HT), its VAT, and the amount to pay (gross, TTC)."""

    net: Decimal
    vat: Decimal
    gross: Decimal

    def __post_init__(self) -> None:
        if self.net + self.vat != self.gross:
            raise ValueError(f"{self.net} + {self.vat} is not {self.gross}")

    @classmethod
    def from_gross(cls, gross: Decimal, rate: Decimal) -> "Taxed":
        """An amount typed TTC is never altered: the net is rounded, VAT is the difference."""
        net = cents(gross * HUNDRED / (HUNDRED + rate))
        return cls(net, gross - net, gross)

    @classmethod
    def from_net(cls, net: Decimal, rate: Decimal) -> "Taxed":
        """An amount typed HT gets its VAT added."""
        vat = cents(net * rate / HUNDRED)
        return cls(net, vat, net + vat)
