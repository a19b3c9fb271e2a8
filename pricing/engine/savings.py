"""What a longer term saves (002-038, 002-041): computed, never typed by hand."""

from decimal import Decimal

from pricing.engine.assembly import silent_period_lines
from pricing.engine.basket import Basket
from pricing.engine.bills import gross_of
from pricing.engine.breakdown import Saving
from pricing.engine.discounts import segment_discount, term_discount
from pricing.engine.money import ZERO, cents, percentage
from pricing.engine.tariff import Tariff
from pricing.engine.terms import Term
from pricing.engine.vat import VatPolicy


def regular_price(tariff: Tariff, basket: Basket, policy: VatPolicy, term: Term) -> Decimal | None:
    """What a period of `term` costs for the same basket, welcome discount apart; None on quote."""
    lines = silent_period_lines(tariff, basket.over(term), policy)
    if any(line.amount is None for line in lines):
        return None
    lines += term_discount(term, lines)
    lines += segment_discount(tariff, basket.segment, lines)
    return gross_of(lines)


def saving_against(
    tariff: Tariff, basket: Basket, policy: VatPolicy, recurring: Decimal, term: Term
) -> Saving | None:
    """Saving of `recurring` against as many months paid in periods of `term`."""
    reference = regular_price(tariff, basket, policy, term)
    if reference is None:
        return None
    whole = cents(reference * basket.months / term.months)
    return Saving(term.months, whole - recurring, percentage(whole - recurring, whole))


def monthly_saving(
    tariff: Tariff, basket: Basket, policy: VatPolicy, recurring: Decimal
) -> tuple[Decimal | None, int | None]:
    """Saving and percentage against the monthly price.

    None without a monthly price; None too for the monthly term of a tariff whose other terms only
    change the rhythm of the invoices: there is nothing to compare.
    """
    monthly = tariff.monthly
    if monthly is None:
        return None, None
    if basket.months == monthly.months:
        return (ZERO, 0) if tariff.compares_terms else (None, None)
    saving = saving_against(tariff, basket, policy, recurring, monthly)
    return (saving.amount, saving.percent) if saving else (None, None)


def shorter_saving(tariff: Tariff, basket: Basket, policy: VatPolicy, recurring: Decimal) -> Saving | None:
    """Saving against the next shorter term, when there is one."""
    shorter = tariff.shorter_term(basket.months)
    return saving_against(tariff, basket, policy, recurring, shorter) if shorter else None
