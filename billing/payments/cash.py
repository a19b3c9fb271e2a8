"""How much cash may settle one debt, as a dated table with its source (CASH-01)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal


@dataclass(frozen=True)
class CashLimit:
    """EUR at most for one debt, from a day on."""

    valid_from: date
    amount: Decimal
    source: str


LIMITS = (CashLimit(date(2015, 9, 1), Decimal(1000), "CMF art. L112-6 et D112-3 (CASH-01)"),)


def cash_limit(on: date) -> Decimal | None:
    """The most that may be paid in cash on that day for one invoice, however many times; None before the rule."""
    due = [limit for limit in LIMITS if limit.valid_from <= on]
    return max(due, key=lambda limit: limit.valid_from).amount if due else None
