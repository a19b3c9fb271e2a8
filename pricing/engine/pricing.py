"""The computation: a tariff, a selection, the hoster's VAT, one explained answer."""

from dataclasses import replace
from decimal import Context, Decimal, localcontext

from pricing.engine.assembly import charge_lines
from pricing.engine.basket import Basket
from pricing.engine.bills import gross_of
from pricing.engine.breakdown import Breakdown, Subtotal, free_trial, no_amount
from pricing.engine.discounts import introductory_discount, segment_discount, term_discount
from pricing.engine.extras import membership_line, setup_line
from pricing.engine.lines import Line
from pricing.engine.money import ZERO, cents, settle
from pricing.engine.outcomes import Cadence, Outcome
from pricing.engine.overruns import overruns
from pricing.engine.reading import Stop, read
from pricing.engine.savings import monthly_saving, shorter_saving
from pricing.engine.selection import Selection
from pricing.engine.statement import YEAR, Statement
from pricing.engine.tariff import Tariff
from pricing.engine.terms import Term
from pricing.engine.text import _
from pricing.engine.vat import VatPolicy

# Whatever precision the caller works with, a price is the same.
PRECISION = Context(prec=40)


def price(tariff: Tariff, selection: Selection, *, vat: VatPolicy) -> Breakdown:
    """Price a selection. Never raises: a request that makes no sense is `invalid`, with a reason.

    Amounts are what the client pays, in EUR; see `Breakdown` for the meaning of each.
    """
    with localcontext(PRECISION):
        try:
            return _price(tariff, selection, vat)
        except Stop as stop:
            return no_amount(stop.outcome, stop.reason_code, stop.reason, _months(selection))


def _months(selection: Selection) -> int:
    months: object = selection.term_months
    return months if isinstance(months, int) and months > 0 else 1


def _price(tariff: Tariff, selection: Selection, policy: VatPolicy) -> Breakdown:
    basket = read(tariff, selection)
    if tariff.trial and tariff.trial.plan:
        return free_trial(tariff.trial.months)
    lines = answer_lines(tariff, selection, basket, policy)
    priced = [line for line in lines if line.amount is not None]
    statement = Statement(
        tuple(_payable(priced)), basket.months, selection.trial_months
    )
    if len(priced) < len(lines):
        return _on_quote(lines, statement)
    return _priced(tariff, selection, basket, policy, statement)


def answer_lines(
    tariff: Tariff, selection: Selection, basket: Basket, policy: VatPolicy
) -> list[Line]:
    """Every line of the answer, discounts after the charges they reduce."""
    term = tariff.term(basket.months) or Term(basket.months)
    lines = charge_lines(tariff, basket, policy)
    lines += term_discount(term, lines)
    lines += segment_discount(tariff, basket.segment, lines)
    lines += introductory_discount(tariff.introductory, basket.months, lines)
    extras = (
        setup_line(tariff, basket, policy),
        membership_line(tariff, selection, basket, policy),
    )
    return lines + [line for line in extras if line is not None]


def _payable(lines: list[Line]) -> list[Line]:
    """Turn amounts typed HT into what the client pays, so that lines add up to the invoices."""
    if all(line.tax_included for line in lines):
        return lines
    period = [line for line in lines if line.cadence is Cadence.PERIOD]
    others = [line for line in lines if line.cadence is not Cadence.PERIOD]
    now = [line for line in others if line.from_year == 1]
    later = [line for line in others if line.from_year != 1]
    recurring = gross_of(period)
    payable = {}
    for group, total in (
        (period, recurring),
        (now, gross_of(period + now) - recurring),
        (later, gross_of(later)),
    ):
        payable.update(_gross_shares(group, total))
    return [payable[id(line)] for line in lines]


def _gross_shares(group: list[Line], total: Decimal) -> dict[int, Line]:
    exact = [
        (line.typed_amount or ZERO) * (1 if line.tax_included else 1 + line.vat_rate / 100) for line in group
    ]
    shares = settle(exact, total)
    return {id(line): replace(line, amount=share) for line, share in zip(group, shares, strict=True)}


def _on_quote(lines: list[Line], statement: Statement) -> Breakdown:
    missing = [line.label for line in lines if line.amount is None]
    reason = "\u202f; ".join(
        _("{label} : {rule}").format(label=line.label, rule=line.rule) for line in lines if line.amount is None
    )
    known = bool(statement.lines)
    return Breakdown(
        Outcome.ON_QUOTE,
        reason=reason,
        reason_code="on_quote" if missing else "",
        months=statement.months,
        lines=tuple(lines),
        known_subtotal=subtotal(statement) if known else None,
        statements=(statement,) if known else (),
    )


def subtotal(statement: Statement) -> Subtotal:
    return Subtotal(
        statement.period_gross(),
        statement.first_gross(),
        statement.first_year_gross(),
        statement.yearly_gross(),
    )


def _priced(
    tariff: Tariff, selection: Selection, basket: Basket, policy: VatPolicy, statement: Statement
) -> Breakdown:
    from pricing.engine.next_step import next_changes

    totals = subtotal(statement)
    saving, saving_percent = monthly_saving(tariff, basket, policy, totals.recurring_per_period)
    return Breakdown(
        Outcome.PRICED,
        months=basket.months,
        lines=statement.lines,
        recurring_per_period=totals.recurring_per_period,
        recurring_after=statement.regular_gross(),
        first_invoice=totals.first_invoice,
        monthly_equivalent=cents(totals.recurring_per_period / basket.months),
        first_year_total=totals.first_year_total,
        yearly_after=totals.yearly_after,
        saving=saving,
        saving_percent=saving_percent,
        saving_vs_shorter=shorter_saving(tariff, basket, policy, totals.recurring_per_period),
        invoices_per_year=cents(Decimal(YEAR) / basket.months).normalize(),
        trial_months=selection.trial_months,
        overruns=overruns(tariff, selection, basket),
        statements=(statement,),
        _next_changes=lambda: next_changes(tariff, selection, policy),
    )
