"""VAT regimes of a hoster and the treatment of a line.

The engine never chooses a rate by itself: the hoster's `VatPolicy` is resolved outside, from
dated tables (INV-20: the VAT printed is the VAT due).
"""

from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pricing.engine.money import ZERO


class VatRegime(StrEnum):
    LIABLE = "redevable"
    FRANCHISE = "franchise_293b"
    EXEMPT = "exonere_261_7"
    NOT_TAXABLE = "non_assujetti"


class VatCategory(StrEnum):
    """EN 16931 codes: standard rate, exempt, outside the scope of VAT."""

    STANDARD = "S"
    EXEMPT = "E"
    OUT_OF_SCOPE = "O"


class VatKey(NamedTuple):
    """One row of VAT on a document. `rate` is a percentage."""

    category: VatCategory
    rate: Decimal


OUT_OF_SCOPE = VatKey(VatCategory.OUT_OF_SCOPE, Decimal(0))
EXEMPT = VatKey(VatCategory.EXEMPT, Decimal(0))


@dataclass(frozen=True, slots=True)
class VatTreatment:
    """How a line stands towards VAT: the policy's rate, another rate, exempt or out of scope."""

    category: VatCategory = VatCategory.STANDARD
    rate: Decimal | None = None


STANDARD = VatTreatment()
# Without direct counterpart a membership fee is not a sale (INV-21): its own line, no VAT.
MEMBERSHIP = VatTreatment(VatCategory.OUT_OF_SCOPE)


@dataclass(frozen=True, slots=True)
class VatPolicy:
    """The regime of the hoster and the rate it charges, in percent (20, 8.5…)."""

    regime: VatRegime
    rate: Decimal = ZERO
    _standard: VatKey = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_standard", self._key(STANDARD))

    @property
    def charges_vat(self) -> bool:
        return self.regime is VatRegime.LIABLE

    def key(self, treatment: VatTreatment) -> VatKey:
        """The VAT row on which a line falls under this policy (INV-16 to INV-21)."""
        return self._standard if treatment is STANDARD else self._key(treatment)

    def _key(self, treatment: VatTreatment) -> VatKey:
        if treatment.category is VatCategory.OUT_OF_SCOPE:
            return OUT_OF_SCOPE
        if self.regime is VatRegime.NOT_TAXABLE:
            return OUT_OF_SCOPE
        if self.regime is not VatRegime.LIABLE or treatment.category is VatCategory.EXEMPT:
            return EXEMPT
        rate = self.rate if treatment.rate is None else treatment.rate
        return VatKey(VatCategory.STANDARD, rate)
