"""The computation: a tariff, a selection, the hoster's VAT, one explained answer."""

from decimal import Decimal, localcontext

from pricing.engine.assembly import charge_lines
from pricing.engine.basket import Basket
from pricing.engine.bills import gross_of
from pricing.engine.breakdown import Breakdown, Subtotal, free_trial, no_amount
from pricing.engine.charges.on_quote import no_public_price
from pricing.engine.discounts import introductory_discount, segment_discount, term_discount
from pricing.engine.extras import membership_line, setup_line
from pricing.engine.lines import Line
from pricing.engine.money import PRECISION, ZERO, cents, settle
from pricing.engine.next_step import next_changes
from pricing.engine.outcomes import Cadence, Outcome
from pricing.engine.overruns import overruns
from pricing.engine.reading import Stop, invalid, read
from pricing.engine.savings import monthly_saving, shorter_saving
from pricing.engine.selection import Selection
from pricing.engine.statement import YEAR, Statement
from pricing.engine.tariff import Tariff
from pricing.engine.terms import Term
from pricing.engine.text import NARROW_NBSP, _
from pricing.engine.vat import VatPolicy


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
    if not lines:
        raise invalid("nothing", _("Rien n’est choisi : prenez au moins une option."))
    priced = [line for line in lines if line.amount is not None]
    payable = _payable(priced)
    statement = Statement(tuple(payable), basket.months, selection.trial_months)
    if len(priced) < len(lines):
        known = iter(payable)
        return _on_quote([line if line.amount is None else next(known) for line in lines], statement)
    return _priced(tariff, selection, basket, policy, statement)


def answer_lines(tariff: Tariff, selection: Selection, basket: Basket, policy: VatPolicy) -> list[Line]:
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
    return {id(line): line._replace(amount=share) for line, share in zip(group, shares, strict=True)}


def _on_quote(lines: list[Line], statement: Statement) -> Breakdown:
    known = bool(statement.lines)
    return Breakdown(
        Outcome.ON_QUOTE,
        reason=_("À chiffrer sur devis : {lines}.").format(lines=_unpriced(lines)),
        reason_code="on_quote",
        months=statement.months,
        lines=tuple(lines),
        known_subtotal=subtotal(statement) if known else None,
        statements=(statement,) if known else (),
    )


def _unpriced(lines: list[Line]) -> str:
    """What has no price, and why when the line says it."""
    told = [
        line.label if line.rule == no_public_price() else f"{line.label} ({line.rule})"
        for line in lines
        if line.amount is None
    ]
    return f"{NARROW_NBSP}; ".join(told)


def subtotal(statement: Statement) -> Subtotal:
    totals = statement.totals()
    return Subtotal(totals.period, totals.first, totals.first_year, totals.yearly)


def _priced(
    tariff: Tariff, selection: Selection, basket: Basket, policy: VatPolicy, statement: Statement
) -> Breakdown:
    totals = statement.totals()
    saving, saving_percent = monthly_saving(tariff, basket, policy, totals.period)
    return Breakdown(
        Outcome.PRICED,
        months=basket.months,
        lines=statement.lines,
        recurring_per_period=totals.period,
        recurring_after=totals.regular,
        first_invoice=totals.first,
        monthly_equivalent=cents(totals.period / basket.months),
        first_year_total=totals.first_year,
        yearly_after=totals.yearly,
        saving=saving,
        saving_percent=saving_percent,
        saving_vs_shorter=shorter_saving(tariff, basket, policy, totals.period),
        invoices_per_year=cents(Decimal(YEAR) / basket.months).normalize(),
        trial_months=selection.trial_months,
        overruns=overruns(tariff, selection, basket),
        statements=(statement,),
        _next_changes=lambda: next_changes(tariff, selection, policy),
    )
