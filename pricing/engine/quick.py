"""The price of a period alone, without sentences: for curves and comparisons."""

from dataclasses import dataclass
from decimal import Decimal, localcontext

from pricing.engine.money import PRECISION
from pricing.engine.outcomes import Outcome
from pricing.engine.reading import Stop, read
from pricing.engine.savings import regular_price
from pricing.engine.selection import Selection
from pricing.engine.tariff import Tariff
from pricing.engine.terms import Term
from pricing.engine.vat import VatPolicy


@dataclass(frozen=True, slots=True)
class PeriodPrice:
    """What a period costs in regime, EUR as the client pays it; None when there is no amount."""

    outcome: Outcome
    amount: Decimal | None
    reason: str = ""


def period_price(tariff: Tariff, selection: Selection, policy: VatPolicy) -> PeriodPrice:
    """Like `price`, for the regular period only."""
    with localcontext(PRECISION):
        try:
            basket = read(tariff, selection)
            term = tariff.term(basket.months) or Term(basket.months)
            amount = regular_price(tariff, basket, policy, term)
        except Stop as stop:
            return PeriodPrice(stop.outcome, None, stop.reason)
    return PeriodPrice(Outcome.ON_QUOTE if amount is None else Outcome.PRICED, amount)
