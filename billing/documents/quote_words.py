"""What a quote costs, in the words of a sentence that a meeting reads."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.due import YEAR, is_due
from billing.models import Quote, QuoteLine
from billing.totals import bill_of
from pricing.typography import euros


def bill_words(quote: Quote, bill: str) -> str:
    """`430,00 € TTC`; without the word where no VAT is charged (DEV-06)."""
    amount = euros(Decimal(quote.totals[bill]["gross"]))
    return f"{amount} {_('TTC')}" if quote.with_vat else amount


def budget_words(quote: Quote) -> str:
    """`430,00 € TTC la première année, puis 380,00 € TTC par an`; a quote that is paid once says so."""
    first = {"first_year": bill_words(quote, "first_year")}
    if not Decimal(quote.totals["yearly"]["gross"]):
        return _("%(first_year)s la première année, rien ensuite") % first
    return _("%(first_year)s la première année, puis %(yearly)s par an") % (
        first | {"yearly": bill_words(quote, "yearly")}
    )


def three_years_words(quote: Quote, lines: Iterable[QuoteLine]) -> str:
    """`Sur trois ans : 1 190,00 € TTC.`, the sum of the very invoices of those years; "" when nothing comes back
    after the first one (003-002). `lines` are those of the quote that count."""
    if not Decimal(quote.totals["yearly"]["gross"]):
        return ""
    kept, bills = list(lines), dict[tuple[int, ...], Decimal]()
    total = Decimal(0)
    for month in range(3 * YEAR):
        due = [line for line in kept if is_due(line, month)]
        key = tuple(line.position for line in due)
        if key not in bills:
            bills[key] = bill_of(due).gross
        total += bills[key]
    amount = f"{euros(total)} {_('TTC')}" if quote.with_vat else euros(total)
    return _("Sur trois ans : %(amount)s.") % {"amount": amount}
