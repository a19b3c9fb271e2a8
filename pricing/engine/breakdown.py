"""The answer to a selection: an outcome, its lines, its totals, and their bills on request."""

from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from typing import Any

from pricing.engine.bills import Bill, combined
from pricing.engine.lines import Line
from pricing.engine.money import PRECISION, ZERO
from pricing.engine.outcomes import Outcome
from pricing.engine.statement import Statement


@dataclass(frozen=True, slots=True)
class Subtotal:
    """The part of an answer that has a price; shown as « hors lignes à chiffrer », never firm."""

    recurring_per_period: Decimal
    first_invoice: Decimal
    first_year_total: Decimal
    yearly_after: Decimal


@dataclass(frozen=True, slots=True)
class Saving:
    """What the term saves against `months`-month periods over the same time."""

    months: int
    amount: Decimal
    percent: int


@dataclass(frozen=True, slots=True)
class Overrun:
    """Use beyond an included allowance; `amount` None: to be quoted, never zero."""

    metric: str
    label: str
    included: Decimal
    used: Decimal
    over: Decimal
    amount: Decimal | None


@dataclass(frozen=True, slots=True)
class Breakdown:
    """Amounts are EUR as the client pays them; None means *no amount*, never zero.

    `recurring_per_period`: each period's invoice (with the welcome discount while it lasts;
    `recurring_after` is the price once it is over). `monthly_equivalent` is for display, never
    multiplied back. `first_year_total`: everything invoiced in the first twelve months.
    `yearly_after`: a year in regime, membership included. `saving`: against the monthly price.
    """

    outcome: Outcome
    reason: str = ""
    reason_code: str = ""
    months: int = 1
    lines: tuple[Line, ...] = ()
    recurring_per_period: Decimal | None = None
    recurring_after: Decimal | None = None
    first_invoice: Decimal | None = None
    monthly_equivalent: Decimal | None = None
    first_year_total: Decimal | None = None
    yearly_after: Decimal | None = None
    saving: Decimal | None = None
    saving_percent: int | None = None
    saving_vs_shorter: Saving | None = None
    known_subtotal: Subtotal | None = None
    invoices_per_year: Decimal | None = None
    trial_months: int = 0
    overruns: tuple[Overrun, ...] = ()
    statements: tuple[Statement, ...] = ()
    _next_changes: Callable[[], tuple[str, ...]] | None = field(default=None, repr=False, compare=False)

    @property
    def is_firm(self) -> bool:
        """Whether the totals bind the hoster."""
        return self.outcome in (Outcome.PRICED, Outcome.TRIAL)

    @property
    def next_changes(self) -> tuple[str, ...]:
        """What changes the price next, in French sentences; worked out when read."""
        return self._next_changes() if self._next_changes else ()

    def _bill(self, of: Callable[[Statement], Bill]) -> Bill | None:
        if self.outcome is not Outcome.PRICED:
            return None
        with localcontext(PRECISION):
            bills = [of(statement) for statement in self.statements]
            return bills[0] if len(bills) == 1 else combined([(each, 1) for each in bills])

    @property
    def period_bill(self) -> Bill | None:
        """The invoice of a period."""
        return self._bill(Statement.period_bill)

    @property
    def first_bill(self) -> Bill | None:
        """The first invoice (empty during free months)."""
        return self._bill(Statement.first_bill)

    @property
    def first_year_bill(self) -> Bill | None:
        """The invoices of the first twelve months, added up."""
        return self._bill(Statement.first_year_bill)

    @property
    def yearly_bill(self) -> Bill | None:
        """A year in regime."""
        return self._bill(Statement.yearly_bill)

    def to_json(self) -> dict[str, Any]:
        """Plain types: amounts as strings, None where there is no amount."""
        return {
            "outcome": self.outcome.value,
            "reason": self.reason or None,
            "reason_code": self.reason_code or None,
            "months": self.months,
            "recurring_per_period": _text(self.recurring_per_period),
            "first_invoice": _text(self.first_invoice),
            "monthly_equivalent": _text(self.monthly_equivalent),
            "first_year_total": _text(self.first_year_total),
            "yearly_after": _text(self.yearly_after),
            "saving": _text(self.saving),
            "saving_percent": self.saving_percent,
            "total_is_firm": self.is_firm,
            "known_subtotal": _subtotal_json(self.known_subtotal),
            "lines": [_line_json(line) for line in self.lines],
        }


def no_amount(outcome: Outcome, reason_code: str, reason: str, months: int = 1) -> Breakdown:
    """An answer without any figure."""
    return Breakdown(outcome, reason, reason_code, months)


def free_trial(months: int) -> Breakdown:
    """A trial offer: nothing to pay, and nothing after unless a paid offer is ordered."""
    return Breakdown(
        Outcome.TRIAL,
        months=months,
        recurring_per_period=ZERO,
        recurring_after=ZERO,
        first_invoice=ZERO,
        monthly_equivalent=ZERO,
        first_year_total=ZERO,
        yearly_after=ZERO,
        invoices_per_year=Decimal(0),
        trial_months=months,
    )


def _text(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:.2f}"


def _subtotal_json(subtotal: Subtotal | None) -> dict[str, str | None] | None:
    if subtotal is None:
        return None
    return {
        "recurring_per_period": _text(subtotal.recurring_per_period),
        "first_invoice": _text(subtotal.first_invoice),
        "first_year_total": _text(subtotal.first_year_total),
        "yearly_after": _text(subtotal.yearly_after),
    }


def _line_json(line: Line) -> dict[str, str | None]:
    return {
        "code": line.code,
        "label": line.label,
        "rule": line.rule,
        "quantity": format(line.quantity.normalize(), "f"),
        "unit": line.unit,
        "unit_price": None if line.unit_price is None else str(line.unit_price),
        "amount": _text(line.amount),
        "cadence": line.cadence.value,
    }
