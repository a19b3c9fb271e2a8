"""The solidarity discount of a quote: a line of its own for each rhythm and VAT rate, printed with its reason."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.totals import TimedLine, main_term
from pricing.engine import Cadence, VatCategory
from pricing.engine.bills import gross_of
from pricing.engine.lines import LineKind
from pricing.engine.money import HUNDRED, ZERO, cents, share
from pricing.typography import euros, quantity


class DiscountTooLarge(Exception):
    """The discount exceeds what it reduces; the message says what it may be, in French."""


@dataclass(frozen=True)
class Discount:
    """Either `percent` off everything but memberships, or `amount` (EUR to pay) off each main period."""

    percent: Decimal | None
    amount: Decimal | None
    reason: str


Key = tuple[Cadence, int, int | None, int, VatCategory, Decimal, bool]


def discounted(lines: Sequence[TimedLine], discount: Discount, *, item: int) -> list[TimedLine]:
    """The lines that reduce these ones, on the same rhythm and at the same VAT.

    Raises:
        DiscountTooLarge: an amount above the price of the period.
    """
    sold = [
        each for each in lines if each.line.vat_category is not VatCategory.OUT_OF_SCOPE or not _yearly(each)
    ]
    if discount.percent:
        return _percentage(_grouped(sold), discount.percent, discount.reason, item)
    term = main_term(sold)
    regular = [each for each in sold if _of_period(each, term)] or [
        each for each in sold if not _yearly(each)
    ]
    return _amount(regular, discount.amount or ZERO, discount.reason, item)


def _yearly(each: TimedLine) -> bool:
    return each.cadence == Cadence.YEARLY


def _of_period(each: TimedLine, term: int) -> bool:
    return each.cadence == Cadence.PERIOD and each.term_months == term and each.periods is None


def _grouped(lines: Sequence[TimedLine]) -> dict[Key, list[TimedLine]]:
    groups: dict[Key, list[TimedLine]] = {}
    for each in lines:
        line = each.line
        key = (
            line.cadence,
            each.term_months,
            line.periods,
            line.from_year,
            line.vat_category,
            line.vat_rate,
            line.tax_included,
        )
        groups.setdefault(key, []).append(each)
    return groups


def _percentage(
    groups: dict[Key, list[TimedLine]], percent: Decimal, reason: str, item: int
) -> list[TimedLine]:
    reductions = []
    for group in groups.values():
        base = sum((each.line.typed_amount or ZERO for each in group), ZERO)
        off = cents(base * percent / HUNDRED)
        words = {"percent": quantity(percent), "base": euros(base), "reason": reason}
        rule = _("%(reason)s – %(percent)s %% de %(base)s") % words
        if off:
            reductions.append(_reduction(group[0], -off, rule, item))
    return reductions


def _amount(lines: Sequence[TimedLine], amount: Decimal, reason: str, item: int) -> list[TimedLine]:
    groups = list(_grouped(lines).values())
    weights = [gross_of([each.line for each in group]) for group in groups]
    if amount > sum(weights, ZERO):
        most = euros(sum(weights, ZERO))
        raise DiscountTooLarge(
            _("La remise dépasse le prix qu’elle réduit : %(most)s au plus.") % {"most": most}
        )
    parts = share(amount, weights) if groups else []
    return [
        _reduction(group[0], -part, reason, item, tax_included=True)
        for group, part in zip(groups, parts, strict=True)
        if part
    ]


def _reduction(
    like: TimedLine, amount: Decimal, rule: str, item: int, *, tax_included: bool | None = None
) -> TimedLine:
    line = like.line._replace(
        code="solidarity",
        label=_("Remise solidaire"),
        rule=rule,
        quantity=Decimal(1),
        unit="",
        unit_price=None,
        amount=amount,
        typed_amount=amount,
        tax_included=like.line.tax_included if tax_included is None else tax_included,
        kind=LineKind.DISCOUNT,
        discountable=False,
    )
    return TimedLine(line, like.term_months, item)
