"""From a basket to lines: each charge computes its sum and tells its rule."""

from collections.abc import Iterator

from pricing.engine.basket import Basket
from pricing.engine.charge import Charge
from pricing.engine.charges import Sum
from pricing.engine.lines import Line, LineKind
from pricing.engine.outcomes import Cadence, Outcome
from pricing.engine.reading import Stop
from pricing.engine.tariff import Tariff
from pricing.engine.text import _
from pricing.engine.vat import VatPolicy

# A charge that concerns the basket, with the basket it must be given.
Due = tuple[Charge, Basket, LineKind]


def due(tariff: Tariff, basket: Basket) -> Iterator[Due]:
    """Charges and chosen options of this basket, in the order typed."""
    once: Basket | None = None
    for charge in tariff.charges:
        if charge.concerns(basket.segment, basket.member):
            if charge.cadence is Cadence.PERIOD:
                yield charge, basket, LineKind.CHARGE
            else:
                once = once or basket.once()
                yield charge, once, LineKind.CHARGE
    for code, quantity in basket.options.items():
        if quantity:
            option = tariff.options_by_code[code]
            own = basket.with_option(option.metric, quantity)
            period = option.cadence is Cadence.PERIOD
            yield option.charge, own if period else own.once(), LineKind.OPTION


def charge_lines(tariff: Tariff, basket: Basket, policy: VatPolicy) -> list[Line]:
    """A line per charge: the sum, and the rule told by the object that made it."""
    lines = []
    for charge, own, kind in due(tariff, basket):
        found = charge.shape.sum(own)
        if found.amount is None:
            _refuse(charge, own, found)
        lines.append(make_line(tariff, charge, found, charge.shape.rule(own, found), policy, kind))
    return lines


def silent_period_lines(tariff: Tariff, basket: Basket, policy: VatPolicy) -> list[Line]:
    """The lines of a period without their sentences, to compare terms or quantities."""
    lines = []
    for charge, own, kind in due(tariff, basket):
        if charge.cadence is Cadence.PERIOD:
            found = charge.shape.sum(own)
            if found.amount is None:
                _refuse(charge, own, found)
            lines.append(make_line(tariff, charge, found, "", policy, kind))
    return lines


def _refuse(charge: Charge, basket: Basket, found: Sum) -> None:
    """Stop when a charge cannot take the basket at all; *on quote* goes on with the other lines."""
    if found.outcome in (Outcome.NOT_ELIGIBLE, Outcome.INVALID):
        rule = charge.shape.rule(basket, found)
        reason = _("{label} : {rule}.").format(label=charge.label, rule=rule)
        raise Stop(found.outcome, charge.code, reason)


def make_line(
    tariff: Tariff, charge: Charge, found: Sum, rule: str, policy: VatPolicy, kind: LineKind
) -> Line:
    category, rate = policy.key(charge.vat)
    net_typed = not tariff.tax_included and rate and found.amount
    told = _("{rule} HT").format(rule=rule) if net_typed else rule
    unit_price = None if found.rate is None else found.rate.unit
    # By position: this is the hottest call of the engine.
    return Line(
        charge.code,
        charge.label,
        told,
        found.quantity,
        found.unit,
        unit_price,
        found.amount,
        charge.cadence,
        rate,
        category,
        found.amount,
        tariff.tax_included or not rate,
        kind,
        None,
        1,
        not found.typed,
    )
