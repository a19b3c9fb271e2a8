"""Several lines at once (sur mesure): services priced one by one, then added up."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from pricing.engine.breakdown import Breakdown, Subtotal, no_amount
from pricing.engine.lines import Line
from pricing.engine.money import ZERO
from pricing.engine.outcomes import Outcome
from pricing.engine.pricing import price
from pricing.engine.selection import Selection
from pricing.engine.tariff import Tariff
from pricing.engine.text import NBSP, _
from pricing.engine.vat import VatPolicy

# A feature nobody else has asked for is probably one to refuse (002: keep it simple).
FEWEST_ASKERS = 2
WORST_FIRST = (Outcome.INVALID, Outcome.REFUSED, Outcome.NOT_ELIGIBLE, Outcome.ON_QUOTE)


@dataclass(frozen=True, slots=True)
class Request:
    """One line of a bespoke order."""

    label: str
    tariff: Tariff
    selection: Selection


@dataclass(frozen=True, slots=True)
class FeatureRequest:
    """Something to build, and how many organisations asked for it. `accepted`: staff decided so."""

    label: str
    askers: int
    accepted: bool = False


def price_several(requests: Sequence[Request | FeatureRequest], *, vat: VatPolicy) -> Breakdown:
    """One answer for several lines. The membership of the organisation is counted once.

    The worst outcome wins; a line on quote leaves the others as a known subtotal, never firm.
    """
    if not requests:
        return no_amount(Outcome.INVALID, "empty", _("Il n’y a rien à chiffrer."))
    parts = [(request.label, part) for request, part in _parts(requests, vat)]
    reasons = " ".join(
        f"{label}{NBSP}: {part.reason}" if label else part.reason for label, part in parts if part.reason
    )
    for outcome in WORST_FIRST:
        if any(part.outcome is outcome for _label, part in parts):
            return _without_total(outcome, reasons, parts)
    return _added(parts)


def _parts(
    requests: Sequence[Request | FeatureRequest], vat: VatPolicy
) -> list[tuple[Request | FeatureRequest, Breakdown]]:
    parts: list[tuple[Request | FeatureRequest, Breakdown]] = []
    membership_paid = False
    for request in requests:
        if isinstance(request, FeatureRequest):
            parts.append((request, _feature(request)))
            continue
        selection = request.selection
        if membership_paid:
            selection = replace(selection, membership_elsewhere=True)
        part = price(request.tariff, selection, vat=vat)
        membership_paid = membership_paid or any(line.kind == "membership" for line in part.lines)
        parts.append((request, part))
    return parts


def _feature(request: FeatureRequest) -> Breakdown:
    if request.askers < FEWEST_ASKERS and not request.accepted:
        reason = _("Une seule structure le demande : sans doute faut-il refuser.")
        return no_amount(Outcome.REFUSED, "single_asker", reason)
    return no_amount(Outcome.ON_QUOTE, "feature", _("À chiffrer sur devis."))


def _lines(parts: Sequence[tuple[str, Breakdown]]) -> tuple[Line, ...]:
    return tuple(
        line._replace(label=f"{label}{NBSP}: {line.label}") if label else line
        for label, part in parts
        for line in part.lines
    )


def _sum(amounts: Sequence[Decimal | None]) -> Decimal:
    return sum((amount for amount in amounts if amount is not None), ZERO)


def _known(part: Breakdown) -> Subtotal | None:
    if part.outcome is not Outcome.PRICED:
        return part.known_subtotal
    return Subtotal(
        part.recurring_per_period or ZERO,
        part.first_invoice or ZERO,
        part.first_year_total or ZERO,
        part.yearly_after or ZERO,
    )


def _without_total(outcome: Outcome, reason: str, parts: Sequence[tuple[str, Breakdown]]) -> Breakdown:
    answer = Breakdown(outcome, reason, outcome.value, lines=_lines(parts))
    if outcome is not Outcome.ON_QUOTE:
        return answer
    known = [subtotal for _label, part in parts if (subtotal := _known(part)) is not None]
    if not known:
        return answer
    subtotal = Subtotal(
        _sum([each.recurring_per_period for each in known]),
        _sum([each.first_invoice for each in known]),
        _sum([each.first_year_total for each in known]),
        _sum([each.yearly_after for each in known]),
    )
    statements = tuple(statement for _label, part in parts for statement in part.statements)
    return replace(answer, known_subtotal=subtotal, statements=statements)


def _added(parts: Sequence[tuple[str, Breakdown]]) -> Breakdown:
    """Totals added up. Different terms have no common period: only the month and the year add up."""
    answers = [part for _label, part in parts]
    months = {part.months for part in answers if part.outcome is Outcome.PRICED}
    same = len(months) <= 1
    return Breakdown(
        Outcome.PRICED,
        months=max(months, default=1),
        lines=_lines(parts),
        recurring_per_period=_sum([part.recurring_per_period for part in answers]) if same else None,
        recurring_after=_sum([part.recurring_after for part in answers]) if same else None,
        first_invoice=_sum([part.first_invoice for part in answers]),
        monthly_equivalent=_sum([part.monthly_equivalent for part in answers]),
        first_year_total=_sum([part.first_year_total for part in answers]),
        yearly_after=_sum([part.yearly_after for part in answers]),
        invoices_per_year=max((part.invoices_per_year or Decimal(0) for part in answers), default=None),
        overruns=tuple(overrun for part in answers for overrun in part.overruns),
        statements=tuple(statement for part in answers for statement in part.statements),
    )
