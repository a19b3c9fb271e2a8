"""Length of commitment, discounts and free months. The total of a period is the authority."""

from dataclasses import dataclass
from decimal import Decimal

# Lengths a client may sensibly ask for: not offered means *on quote*, anything else is a mistake.
USUAL_TERMS = (1, 3, 6, 12, 24, 36, 60)


@dataclass(frozen=True, slots=True)
class Term:
    """A period sold, paid in advance. Prices not typed for it are derived.

    `charged_months`: months really charged (12 for the price of 10). `discount`: percentage off
    the derived lines, shown as a line of its own.
    """

    months: int
    discount: Decimal | None = None
    charged_months: int | None = None

    @property
    def billed_months(self) -> int:
        return self.charged_months or self.months

    @property
    def has_own_price(self) -> bool:
        return self.discount is not None or self.charged_months is not None


@dataclass(frozen=True, slots=True)
class Introductory:
    """Welcome price (16): `discount` percent off, or `price` per period, for the first `periods`.

    `terms` empty: whatever the term.
    """

    periods: int
    discount: Decimal | None = None
    price: Decimal | None = None
    terms: tuple[int, ...] = ()

    def concerns(self, months: int) -> bool:
        return not self.terms or months in self.terms

    @property
    def is_free(self) -> bool:
        return self.discount == 100 or self.price == 0


@dataclass(frozen=True, slots=True)
class Trial:
    """Free months before the first paid period, or (`plan`) an offer that is itself a trial (12)."""

    months: int
    plan: bool = False
    auto_renew: bool = False
