"""What a quote costs, in the words of a sentence that a meeting reads."""

from collections.abc import Iterable
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.due import YEAR, committed_months, is_due
from billing.models import Quote, QuoteLine
from billing.totals import bill_of
from pricing.typography import euros


def bill_words(quote: Quote, bill: str) -> str:
    """`430,00 € TTC`; without the word where no VAT is charged (DEV-06)."""
    return _amount_words(quote, Decimal(quote.totals[bill]["gross"]))


def _amount_words(quote: Quote, amount: Decimal) -> str:
    return f"{euros(amount)} {_('TTC')}" if quote.with_vat else euros(amount)


def commitment_words(quote: Quote) -> str:
    """What whoever accepts commits the association to pay: what binds (`committed_months`), never a year for a
    contract that runs a month at a time (DEV-05, 002-042)."""
    months = committed_months(quote.kept_lines)
    year = bill_words(quote, "first_year")
    if months is None:
        return year
    if months == YEAR:
        return _("%(year)s pour la première année") % {"year": year}
    amount = sum((_invoice(quote, month) for month in range(months)), Decimal(0))
    told = {"amount": _amount_words(quote, amount), "months": months, "year": year}
    if months > YEAR:
        return _("%(amount)s pour les %(months)s premiers mois") % told
    if months > 1:
        return (
            _(
                "%(amount)s pour les %(months)s premiers mois, sans durée minimale ensuite (%(year)s si nous restons "
                "un an)"
            )
            % told
        )
    if amount == quote.period_gross and not _changes_price(quote):
        return _("%(price)s, sans durée minimale (%(year)s si nous restons un an)") % (
            told | {"price": quote.main_price_words}
        )
    return (
        _("%(amount)s pour le premier mois, sans durée minimale ensuite (%(year)s si nous restons un an)")
        % told
    )


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
    return _("Sur trois ans : %(amount)s.") % {"amount": _amount_words(quote, total)}


def _invoice(quote: Quote, month: int) -> Decimal:
    """What is invoiced that many months after the start, VAT included (EUR)."""
    return bill_of([line for line in quote.kept_lines if is_due(line, month)]).gross


def _changes_price(quote: Quote) -> bool:
    """Whether a welcome discount makes the first months cheaper than the next ones."""
    return any(line.periods is not None for line in quote.kept_lines)
