"""Amounts typed in a text, and those that the engine computes for the same offer."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import chain

from offers.linter.sold import Sold
from pricing.engine import Breakdown, Selection, VatPolicy, price
from pricing.engine.curve import quantities
from pricing.engine.money import cents

YEAR = 12
_SPACE = "[ \u00a0\u202f]"
_AMOUNT = re.compile(
    rf"(?P<number>\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:,\d{{1,2}})?|\d+(?:[.,]\d{{1,2}})?){_SPACE}?(?:€|euros?\b|EUR\b)"
)
_REACH = 40  # characters after the amount in which its rhythm is looked for
_RHYTHM = re.compile(
    r"[^.;:!?€\d]{0,40}?"
    r"(?:(?P<month>(?:par|chaque|au|/)\s*mois)|(?P<year>(?:(?:par|chaque|/)\s*|à l[’'])(?:an|année)))\b"
)


@dataclass(frozen=True)
class TypedAmount:
    """EUR as typed, and its rhythm when the words say it (1: by month, 12: by year, 0: not said)."""

    words: str
    amount: Decimal
    months: int


def typed_amounts(text: str) -> Iterator[TypedAmount]:
    for found in _AMOUNT.finditer(text):
        rhythm = _RHYTHM.match(text, found.end(), found.end() + _REACH)
        months = 0 if rhythm is None else 1 if rhythm["month"] else YEAR
        end = rhythm.end() if rhythm else found.end()
        digits = re.sub(_SPACE, "", found["number"]).replace(",", ".")
        yield TypedAmount(text[found.start() : end], cents(Decimal(digits)), months)


@dataclass(frozen=True)
class Computed:
    """Amounts that a page may show, EUR: by month, by another rhythm, with any words, or only without a rhythm."""

    monthly: frozenset[Decimal]
    others: frozenset[Decimal]
    free: frozenset[Decimal]
    bare: frozenset[Decimal]

    def holds(self, typed: TypedAmount) -> bool:
        if typed.months == 1:
            return typed.amount in self.monthly or typed.amount in self.free
        known = self.others | self.free
        return typed.amount in (known if typed.months else known | self.monthly | self.bare)


def computed(plan: Sold, answers: Iterable[Breakdown] = ()) -> Computed:
    """What the engine says of the smallest configuration and of these other ones, and every figure of the tariff."""
    monthly, others, free = set(_typed(plan, 1)), set(_typed(plan, 0)), set(_one_off(plan))
    bare: set[Decimal] = set()
    for answer in (*plan.answers, *answers):
        (monthly if answer.months == 1 else others).update(_of_a_period(answer))
        monthly.update(_known(answer.monthly_equivalent))
        others.update(_known(answer.yearly_after, answer.first_year_total))
        bare.update(_known(answer.first_invoice))
        shorter = answer.saving_vs_shorter
        free.update(_known(answer.saving, shorter.amount if shorter else None))
    return Computed(frozenset(monthly), frozenset(others), frozenset(free), frozenset(bare))


def at_any_quantity(plan: Sold, vat: VatPolicy, upto: int) -> Iterator[Breakdown]:
    """Answers for each quantity of what is counted, one metric at a time: slower, so asked last."""
    for metric in plan.tariff.priced_metrics():
        for number in quantities(metric, upto):
            for term in plan.tariff.terms:
                asked = Selection({metric.code: number}, term_months=term.months, segment=plan.segment)
                yield price(plan.tariff, asked, vat=vat)


def _known(*amounts: Decimal | None) -> list[Decimal]:
    return [amount for amount in amounts if amount is not None]


def _of_a_period(answer: Breakdown) -> Iterator[Decimal]:
    yield from _known(answer.recurring_per_period, answer.recurring_after)
    for line in answer.lines:
        yield from _known(line.amount, line.unit_price)
    if bill := answer.period_bill:
        yield bill.net


def _typed(plan: Sold, months: int) -> Iterator[Decimal]:
    """Figures of charges and options that are prices of a month (1), or of anything longer (0)."""
    tariff = plan.tariff
    shapes = chain((each.shape for each in tariff.charges), (each.shape for each in tariff.options))
    for found in (each for shape in shapes for each in shape.prices()):
        for nested in (found, *(own for _code, own in found.by_segment)):
            typed = list(nested.by_months)
            typed += [(tariff.period_months, nested.base)] if nested.base is not None else []
            for length, figure in typed:
                if (length == 1) == (months == 1):
                    yield cents(figure)
                elif months == 1:
                    yield cents(figure / length)


def _one_off(plan: Sold) -> Iterator[Decimal]:
    """Set-up, membership, welcome price: said with or without a rhythm."""
    tariff = plan.tariff
    if tariff.setup_fee:
        yield from map(cents, tariff.setup_fee.figures())
    if tariff.membership:
        yield from (cents(figure) for each in tariff.membership.shape.prices() for figure in each.figures())
    if tariff.introductory and tariff.introductory.price is not None:
        yield cents(tariff.introductory.price)
