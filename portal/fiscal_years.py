"""The fiscal years of an association: twelve months from the month it chose, whatever the calendar says."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.translation import gettext as _

from billing.models import Invoice
from pricing.dates import date_format


@dataclass(frozen=True)
class FiscalYear:
    """`year` is the one in which it begins."""

    year: int
    first_month: int

    @property
    def start(self) -> date:
        return date(self.year, self.first_month, 1)

    @property
    def end(self) -> date:
        return date(self.year + 1, self.first_month, 1) - timedelta(days=1)

    @property
    def label(self) -> str:
        """`2026`, or `septembre 2026 à août 2027`."""
        if self.first_month == 1:
            return str(self.year)
        ends = {"start": date_format(self.start, "F Y"), "end": date_format(self.end, "F Y")}
        return _("%(start)s à %(end)s") % ends

    @property
    def short(self) -> str:
        """For the name of a file."""
        return str(self.year) if self.first_month == 1 else f"{self.year}-{self.year + 1}"


def fiscal_year_of(day: date, *, first_month: int) -> FiscalYear:
    """The fiscal year in which a day falls."""
    return FiscalYear(day.year if day.month >= first_month else day.year - 1, first_month)


def by_fiscal_year(
    invoices: Iterable[Invoice], *, first_month: int
) -> list[tuple[FiscalYear, list[Invoice]]]:
    """Invoices, the latest first, under the fiscal year of their issue."""

    def year_of(invoice: Invoice) -> int:
        return fiscal_year_of(invoice.issued_on, first_month=first_month).year

    return [(FiscalYear(year, first_month), list(each)) for year, each in groupby(invoices, key=year_of)]
