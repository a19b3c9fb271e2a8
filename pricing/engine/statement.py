"""What is invoiced and when: the lines of an answer laid out over its first twelve months."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from pricing.engine.bills import Bill, bill, combined, gross_of, portion
from pricing.engine.lines import Line
from pricing.engine.money import ZERO, cents
from pricing.engine.outcomes import Cadence

YEAR = 12


def invoices_in(months: int, term_months: int) -> int:
    """How many periods start within `months` months, paid in advance."""
    return max(0, -(-months // term_months))


class Totals(NamedTuple):
    """EUR as paid: a period at first, a period in regime, the first invoice, both kinds of year."""

    period: Decimal
    regular: Decimal
    first: Decimal
    first_year: Decimal
    yearly: Decimal


@dataclass(frozen=True, slots=True)
class Statement:
    """Priced lines, a term and free months. Every figure is EUR, as the client pays it."""

    lines: tuple[Line, ...]
    months: int
    trial_months: int = 0

    def _of_period(self, index: int) -> list[Line]:
        """The lines of the n-th paid period, from 0."""
        return [
            line
            for line in self.lines
            if line.cadence is Cadence.PERIOD and (line.periods is None or index < line.periods)
        ]

    def regular_lines(self) -> list[Line]:
        """Every period once the welcome discount is over."""
        return [line for line in self.lines if line.cadence is Cadence.PERIOD and line.periods is None]

    def starting_lines(self) -> list[Line]:
        """Set-up, membership and other lines due with the first paid period only."""
        return [line for line in self.lines if line.cadence is not Cadence.PERIOD and line.from_year == 1]

    def yearly_lines(self) -> list[Line]:
        return [line for line in self.lines if line.cadence is Cadence.YEARLY]

    def first_paid_lines(self) -> list[Line]:
        return self._of_period(0) + self.starting_lines()

    def periods_in_first_year(self) -> int:
        return invoices_in(YEAR - self.trial_months, self.months)

    def _period_groups(self) -> list[tuple[Sequence[Line], int]]:
        """Lines of the invoices of the first year, with how many times each comes."""
        count = self.periods_in_first_year()
        if not count:
            return []
        welcome = max((line.periods for line in self.lines if line.periods), default=0)
        with_welcome = max(0, min(welcome, count) - 1)
        return [
            (self.first_paid_lines(), 1),
            (self._of_period(0), with_welcome),
            (self.regular_lines(), count - 1 - with_welcome),
        ]

    def _year_lines(self) -> list[tuple[Sequence[Line], int]]:
        regular = self.regular_lines()
        yearly = self.yearly_lines()
        if self.months > YEAR or YEAR % self.months:
            return [(portion(regular, YEAR, self.months) + yearly, 1)]
        return [(regular + yearly, 1), (regular, YEAR // self.months - 1)]

    def totals(self) -> "Totals":
        """The figures of the answer. Amounts typed TTC add up whatever the invoice they are on, so
        one pass is enough; HT amounts need the VAT of each invoice."""
        if all(line.tax_included for line in self.lines):
            return self._added_totals()
        return Totals(
            self.period_gross(),
            self.regular_gross(),
            self.first_gross(),
            self.first_year_gross(),
            self.yearly_gross(),
        )

    def _added_totals(self) -> "Totals":
        regular = welcome = starting = yearly = ZERO
        welcome_periods = 0
        for line in self.lines:
            amount = line.typed_amount or ZERO
            if line.cadence is not Cadence.PERIOD:
                starting += amount if line.from_year == 1 else ZERO
                yearly += amount if line.cadence is Cadence.YEARLY else ZERO
            elif line.periods is None:
                regular += amount
            else:
                welcome += amount
                welcome_periods = line.periods
        count = self.periods_in_first_year()
        return Totals(
            regular + welcome,
            regular,
            ZERO if self.trial_months else regular + welcome + starting,
            regular * count + welcome * min(welcome_periods, count) + starting if count else ZERO,
            yearly + self._of_a_year(regular),
        )

    def _of_a_year(self, regular: Decimal) -> Decimal:
        if self.months > YEAR or YEAR % self.months:
            return cents(regular * YEAR / self.months)
        return regular * (YEAR // self.months)

    def period_gross(self) -> Decimal:
        return gross_of(self._of_period(0))

    def regular_gross(self) -> Decimal:
        return gross_of(self.regular_lines())

    def first_gross(self) -> Decimal:
        return ZERO if self.trial_months else gross_of(self.first_paid_lines())

    def first_year_gross(self) -> Decimal:
        return sum((gross_of(lines) * times for lines, times in self._period_groups() if times), ZERO)

    def yearly_gross(self) -> Decimal:
        return sum((gross_of(lines) * times for lines, times in self._year_lines() if times), ZERO)

    def period_bill(self) -> Bill:
        return bill(self._of_period(0))

    def first_bill(self) -> Bill:
        return bill([] if self.trial_months else self.first_paid_lines())

    def first_year_bill(self) -> Bill:
        return combined([(bill(lines), times) for lines, times in self._period_groups() if times])

    def yearly_bill(self) -> Bill:
        return combined([(bill(lines), times) for lines, times in self._year_lines() if times])

    def until(self, months: int) -> Decimal:
        """What has been invoiced when `months` months have gone (yearly lines once a year)."""
        paid = invoices_in(months - self.trial_months, self.months)
        if not paid:
            return ZERO
        later = sum((gross_of(self._of_period(index)) for index in range(1, paid)), ZERO)
        anniversaries = (months - self.trial_months - 1) // YEAR
        return gross_of(self.first_paid_lines()) + later + gross_of(self.yearly_lines()) * anniversaries
