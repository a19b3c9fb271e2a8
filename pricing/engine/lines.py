"""A line of an answer: what is paid for, how much, when, and by which rule."""

from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from pricing.engine.outcomes import Cadence
from pricing.engine.vat import VatCategory


class LineKind(StrEnum):
    CHARGE = "charge"
    OPTION = "option"
    SETUP = "setup"
    MEMBERSHIP = "membership"
    DISCOUNT = "discount"


class Line(NamedTuple):
    """A named tuple, not a dataclass: an answer builds ten of them and must stay cheap.

    `amount` is what the client pays (TTC when the hoster charges VAT), in EUR, for the term,
    the year or once, as `cadence` says; None when it must be quoted.

    `typed_amount` is the same in the tariff's own terms (HT when `tax_included` is false) and is
    what `rule` tells. `periods` limits a welcome discount to the first periods; `from_year` is 2
    for a membership already paid. `discountable`: derived from the tariff's period, so that the
    discount of a term applies.
    """

    code: str
    label: str
    rule: str
    quantity: Decimal
    unit: str
    unit_price: Decimal | None
    amount: Decimal | None
    cadence: Cadence
    vat_rate: Decimal
    vat_category: VatCategory
    typed_amount: Decimal | None
    tax_included: bool
    kind: LineKind = LineKind.CHARGE
    periods: int | None = None
    from_year: int = 1
    discountable: bool = True
