"""What a client asks for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

Quantity = Decimal | int


@dataclass(frozen=True, slots=True)
class Selection:
    """Quantities by metric code (missing: the metric's own default) and options by code.

    `already_member`: the membership is paid for the coming 12 months. `joins`: takes an optional
    membership. `membership_elsewhere`: another line of the same order pays it. `free_amount` and
    `membership_amount`: amounts chosen at a free price, in EUR for the term and for the year.
    `trial_months`: free months taken among those the tariff offers. `used`: what was consumed of
    the included allowances, by metric.
    """

    quantities: Mapping[str, Quantity | None] = field(default_factory=dict)
    term_months: int = 1
    segment: str = "association"
    options: Mapping[str, Quantity | None] = field(default_factory=dict)
    already_member: bool = False
    joins: bool = False
    membership_elsewhere: bool = False
    free_amount: Decimal | None = None
    membership_amount: Decimal | None = None
    trial_months: int = 0
    used: Mapping[str, Quantity] = field(default_factory=dict)
