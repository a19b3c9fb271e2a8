"""Trial and rhythm: nobody commits for a year without having tried, and the price of a month or of a year exists."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from offers.linter.check import check
from offers.linter.context import Context
from offers.linter.facts import OfferFacts
from offers.linter.finding import Fault
from offers.linter.qualities import RHYTHM, TRIAL
from offers.linter.sold import Sold
from pricing.engine import Severity
from pricing.engine.text import span
from pricing.typography import euros

MONTH, YEAR = 1, 12


def _subscription(offer: OfferFacts, context: Context) -> Sold | None:
    """The plan when something is paid at each period."""
    plan = context.sold(offer)
    return plan if plan is not None and plan.is_subscription and not plan.is_trial_plan else None


@check("Q-TRIAL", TRIAL, Severity.ERROR)
def can_be_tried(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """A year or more needs a month without commitment, free months, or a trial plan beside (002-035)."""
    plan = _subscription(offer, context)
    if plan is None:
        return
    lengths = [term.months for term in plan.tariff.terms]
    if max(lengths) < context.thresholds.trial_from or MONTH in lengths or plan.tariff.trial:
        return
    if any(_is_a_trial(each, context) for each in context.side_by_side(offer)):
        return
    message = _(
        "« {name} » engage pour {span} sans essai : vendez-la aussi au mois sans engagement, "
        "ou offrez un ou deux mois d’essai."
    )
    yield Fault("tariff.trial", message.format(name=offer.name, span=span(max(lengths))))


def _is_a_trial(offer: OfferFacts, context: Context) -> bool:
    """A trial plan (Mica), or a free offer that the hoster calls its trial."""
    plan = context.sold(offer)
    return offer.is_trial or (plan is not None and plan.is_trial_plan)


@check("Q-PERIODS", RHYTHM, Severity.WARNING)
def is_sold_by_month_and_year(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """At least monthly and annual, at most four lengths (002-037, 002-040). It reports, staff decide (C12)."""
    plan = _subscription(offer, context)
    if plan is None:
        return
    lengths = {term.months for term in plan.tariff.terms}
    if MONTH not in lengths:
        message = _("« {name} » n’a pas de prix au mois : une petite trésorerie ne peut pas payer d’avance.")
        yield Fault("tariff.terms", message.format(name=offer.name))
    if YEAR not in lengths:
        message = _("« {name} » n’a pas de prix à l’année : une seule facture arrange la trésorière et vous.")
        yield Fault("tariff.terms", message.format(name=offer.name))
    elif (year := _sum_of_months(plan)) is not None:
        message = _(
            "« {name} » n’a pas de prix à l’année qui lui soit propre ({year}, douze fois le mois) : "
            "une remise, même petite, remercie de payer d’avance."
        )
        yield Fault("tariff.terms", message.format(name=offer.name, year=euros(year)))
    if len(lengths) > context.thresholds.periods:
        message = _(
            "« {name} » se vend pour {count} durées : {most} au plus, sinon le choix devient difficile."
        )
        told = message.format(name=offer.name, count=len(lengths), most=context.thresholds.periods)
        yield Fault("tariff.terms", told)


def _sum_of_months(plan: Sold) -> Decimal | None:
    """The price of a year that only changes the rhythm of the invoices (Marmule), EUR; None for another year."""
    if plan.tariff.monthly is None or plan.tariff.compares_terms:
        return None
    return next((each.recurring_per_period for each in plan.answers if each.months == YEAR), None)


@check("Q-DISCOUNT", RHYTHM, Severity.ERROR)
def rewards_commitment(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """Per month, a longer length never costs more than a shorter one (002-043). Found by the engine."""
    for problem in offer.tariff.problems if offer.tariff else ():
        if problem.code == "Q-DISCOUNT":
            message = _("{problem} Baissez le prix de la durée la plus longue.")
            yield Fault(f"tariff.{problem.path}", message.format(problem=problem.message))
