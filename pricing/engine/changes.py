"""A change of quantities or of offer during the contract, and its end."""

from dataclasses import dataclass
from decimal import Decimal

from pricing.engine.breakdown import Breakdown
from pricing.engine.money import ZERO, cents
from pricing.engine.outcomes import Outcome
from pricing.engine.statement import YEAR, Statement, invoices_in
from pricing.engine.tariff import Tariff

# Without a clock, days become months of average length.
DAYS_PER_YEAR = 365


@dataclass(frozen=True, slots=True)
class Change:
    """`invoice_now`: what an upgrade in the middle of a period costs at once (0 when the change
    waits for the next period). `first_year_total`: what is invoiced in the first 12 months."""

    before: Breakdown
    after: Breakdown
    invoice_now: Decimal
    first_year_total: Decimal
    yearly_after: Decimal


def change(before: Breakdown, after: Breakdown, *, after_months: int) -> Change | None:
    """Go from one priced answer to another `after_months` months from the start (MAR-11, SLE-06).

    On a period boundary the new price simply starts. Inside a period, the whole months left are
    credited at the old price and charged at the new one, the anniversary is kept; a change to less
    waits for the next period. No new set-up or membership. None unless both are priced.
    """
    if Outcome.PRICED not in (before.outcome, after.outcome) or before.outcome is not after.outcome:
        return None
    old, new = before.statements[0], after.statements[0]
    boundary = invoices_in(after_months, old.months) * old.months
    now = _prorated(old, new, boundary - after_months)
    paid_before = old.until(min(boundary, YEAR)) if boundary else ZERO
    later = invoices_in(YEAR - boundary, new.months) if boundary < YEAR else 0
    return Change(
        before=before,
        after=after,
        invoice_now=now,
        first_year_total=paid_before + now + new.regular_gross() * later,
        yearly_after=new.yearly_gross(),
    )


def _prorated(old: Statement, new: Statement, months_left: int) -> Decimal:
    """To pay at once for the whole months left in the period; never negative."""
    credit = cents(old.regular_gross() * months_left / old.months)
    charge = cents(new.regular_gross() * months_left / new.months)
    return max(ZERO, charge - credit)


@dataclass(frozen=True, slots=True)
class Cancellation:
    """`refund`: credit note. `first_year_total`: what stays paid over the first 12 months."""

    refund: Decimal
    first_year_total: Decimal
    yearly_after: Decimal


def cancel(tariff: Tariff, answer: Breakdown, *, after_days: int) -> Cancellation | None:
    """End a priced contract: all is refunded within the guarantee, the period stays due after it
    (PRO-07, PRO-08). None unless the answer is priced."""
    if answer.outcome is not Outcome.PRICED:
        return None
    if after_days <= tariff.guarantee_days:
        return Cancellation(answer.first_invoice or ZERO, ZERO, ZERO)
    months = -(-after_days * YEAR // DAYS_PER_YEAR)
    return Cancellation(ZERO, answer.statements[0].until(min(months, YEAR)), ZERO)
