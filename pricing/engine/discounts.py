"""Discounts are lines of their own, one per VAT rate, so that they can be read and checked."""

from collections.abc import Sequence
from decimal import Decimal

from pricing.engine.lines import Line, LineKind
from pricing.engine.money import HUNDRED, ZERO, cents, share
from pricing.engine.outcomes import Cadence
from pricing.engine.tariff import Tariff
from pricing.engine.terms import Introductory, Term
from pricing.engine.text import _, euros, ngettext, percent, span
from pricing.engine.vat import VatKey

Bases = dict[tuple[VatKey, bool], Decimal]


def _bases(lines: Sequence[Line], derived_only: bool = False) -> Bases:
    """Typed totals of a period by VAT row, in an order of their own: that of the charges must move no cent."""
    bases: Bases = {}
    for line in lines:
        if line.cadence is not Cadence.PERIOD or line.typed_amount is None:
            continue
        if line.discountable or not derived_only:
            key = (VatKey(line.vat_category, line.vat_rate), line.tax_included)
            bases[key] = bases.get(key, ZERO) + line.typed_amount
    return {key: bases[key] for key in sorted(bases) if bases[key]}


def _line(code: str, label: str, rule: str, key: tuple[VatKey, bool], amount: Decimal) -> Line:
    (category, rate), tax_included = key
    return Line(
        code=code,
        label=label,
        rule=rule,
        quantity=Decimal(1),
        unit="",
        unit_price=None,
        amount=amount,
        cadence=Cadence.PERIOD,
        vat_rate=rate,
        vat_category=category,
        typed_amount=amount,
        tax_included=tax_included,
        kind=LineKind.DISCOUNT,
    )


def _percentage(code: str, label: str, discount: Decimal, bases: Bases) -> list[Line]:
    lines = []
    for key, base in bases.items():
        amount = -cents(base * discount / HUNDRED)
        rule = _("{percent} de {base} = {amount}").format(
            percent=percent(discount), base=euros(base), amount=euros(amount)
        )
        lines.append(_line(code, label, rule, key, amount))
    return lines


def term_discount(term: Term, lines: Sequence[Line]) -> list[Line]:
    """Off what was derived from the tariff's own period; a price typed for the term stands."""
    if not term.discount:
        return []
    label = _("Remise pour {span}").format(span=span(term.months))
    return _percentage("term_discount", label, term.discount, _bases(lines, derived_only=True))


def segment_discount(tariff: Tariff, code: str, lines: Sequence[Line]) -> list[Line]:
    """Off the whole period, for a public."""
    segment = tariff.segment(code)
    if segment is None or not segment.discount:
        return []
    label = _("Remise {segment}").format(segment=segment.label)
    return _percentage("segment_discount", label, segment.discount, _bases(lines))


def introductory_discount(offer: Introductory | None, months: int, lines: Sequence[Line]) -> list[Line]:
    """The welcome discount of the first periods (KSU-11: then the regular price)."""
    if offer is None or not offer.concerns(months):
        return []
    count = ngettext("la première période", "les {n} premières périodes", offer.periods)
    label = _("Remise de bienvenue, {periods}").format(periods=count.format(n=offer.periods))
    bases = _bases(lines)
    if offer.discount is not None:
        return _limited(_percentage("introductory", label, offer.discount, bases), offer.periods)
    return _limited(_down_to(offer.price or ZERO, label, bases), offer.periods)


def _down_to(price: Decimal, label: str, bases: Bases) -> list[Line]:
    total = sum(bases.values(), ZERO)
    if price >= total:
        return []
    rule = _("{price} au lieu de {total}").format(price=euros(price), total=euros(total))
    amounts = share(price - total, list(bases.values()))
    return [
        _line("introductory", label, rule, key, amount) for key, amount in zip(bases, amounts, strict=True)
    ]


def _limited(lines: Sequence[Line], periods: int) -> list[Line]:
    return [line._replace(periods=periods) for line in lines]
