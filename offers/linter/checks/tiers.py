"""Sound tiers, and nobody penalised for one person more."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from itertools import pairwise

from django.utils.translation import gettext as _

from offers.linter.check import check
from offers.linter.context import Context
from offers.linter.facts import OfferFacts, TierRow
from offers.linter.finding import Fault
from offers.linter.qualities import FAIR, SOUND_TIERS
from offers.linter.sold import Sold
from pricing.engine import Metric, Selection, Severity, Tariff, curve
from pricing.engine.charges.tiers import Beyond, Tiered
from pricing.engine.text import euros, number, percent

#: The code that catalogues give to people with an account, whether or not the accounts are said nominative.
PEOPLE = "users"
_TOLD = 3  # cliffs in one sentence


@check("Q-TIERS", SOUND_TIERS, Severity.ERROR)
def has_sound_tiers(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """From 1, no hole, no overlap, and something above the last one (002-051, 002-052)."""
    yield from (Fault("tiers", message) for message in _printed(offer.tiers))
    if offer.tariff is None:
        return
    for problem in offer.tariff.problems:
        if problem.code == "Q-TIERS":
            yield Fault(f"tariff.{problem.path}", problem.message)
    if offer.tariff.tariff is not None:
        yield from _ends(offer.tariff.tariff)


def _printed(rows: Sequence[TierRow]) -> Iterator[str]:
    if not rows:
        return
    if rows[0].first > 1:
        yield _("Les paliers commencent à {first} : que paie-t-on avant ? Partez de 1.").format(
            first=rows[0].first
        )
    for lower, upper in pairwise(rows):
        if lower.last is None or upper.first <= lower.last:
            message = _("Deux paliers valent pour {first} : arrêtez le précédent à {end}.")
            yield message.format(first=upper.first, end=upper.first - 1)
        elif upper.first > lower.last + 1:
            message = _("Aucun prix de {start} à {end} : le palier doit commencer à {start}.")
            yield message.format(start=lower.last + 1, end=upper.first - 1)
    if rows[-1].last is not None and not rows[-1].on_quote:
        yield _("Rien au-delà de {last} : écrivez « sur devis » ou un prix.").format(last=rows[-1].last)


def _ends(tariff: Tariff) -> Iterator[Fault]:
    """A tariff stores upper bounds only: what may fail is where it starts and how it stops."""
    for index, charge in enumerate(tariff.charges):
        if not isinstance(charge.shape, Tiered):
            continue
        metric, last = tariff.metrics_by_code[charge.shape.metric], charge.shape.tiers[-1].up_to
        if metric.minimum > max(metric.step, Decimal(1)):
            message = _("« {label} » commence à {minimum} : que paie-t-on avant ? Partez de 1.")
            told = message.format(label=charge.label, minimum=metric.words(metric.minimum))
            yield Fault(f"tariff.charges[{index}]", told)
        if last is not None and charge.shape.beyond is Beyond.MAXIMUM:
            message = _("« {label} » s’arrête à {last} sans rien au-delà : ouvrez un palier « sur devis ».")
            told = message.format(label=charge.label, last=metric.words(last))
            yield Fault(f"tariff.charges[{index}].beyond", told)


@check("Q-CLIFF", FAIR, Severity.INFO)
def penalises_nobody(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """One person more never makes the price per person jump (002-053)."""
    plan = context.sold(offer)
    if plan is None or plan.is_trial_plan or plan.is_on_quote:
        return
    for metric in plan.tariff.priced_metrics():
        if metric.nominative or metric.code == PEOPLE:
            cliffs = list(_cliffs(plan, metric, context))
            if cliffs:
                yield _told(offer, metric, cliffs)


@dataclass(frozen=True)
class _Cliff:
    """Between two neighbouring quantities: the price per person before and after, EUR, and its rise in percent."""

    low: Decimal
    high: Decimal
    before: Decimal
    after: Decimal
    rise: Decimal


def _cliffs(plan: Sold, metric: Metric, context: Context) -> Iterator[_Cliff]:
    asked = Selection(term_months=plan.tariff.terms[0].months, segment=plan.segment)
    rows = curve(plan.tariff, metric.code, asked, context.vat, context.thresholds.cliff_upto)
    for low, high in pairwise(rows):
        if low.per_unit is None or high.per_unit is None or high.rise_percent is None:
            continue
        if high.rise_percent > context.thresholds.cliff_percent:
            yield _Cliff(low.quantity, high.quantity, low.per_unit, high.per_unit, high.rise_percent)


def _told(offer: OfferFacts, metric: Metric, cliffs: Sequence[_Cliff]) -> Fault:
    steps = [
        _("de {low} à {high}, chaque {unit} passe de {before} à {after} (+{rise})").format(
            low=number(cliff.low),
            high=metric.words(cliff.high),
            unit=metric.unit,
            before=euros(cliff.before),
            after=euros(cliff.after),
            rise=percent(cliff.rise.quantize(Decimal(1), ROUND_HALF_UP)),
        )
        for cliff in cliffs[:_TOLD]
    ]
    message = _("« {name} » : {steps}. Adoucissez la marche, ou vendez la personne de plus à l’unité.")
    return Fault("tariff.charges", message.format(name=offer.name, steps=" ; ".join(steps)))
