"""Costs covered: what is sold at a loss is known, and chosen."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from offers.linter.check import check
from offers.linter.context import Context
from offers.linter.facts import OfferFacts
from offers.linter.finding import Fault
from offers.linter.qualities import COSTS
from pricing.engine import Severity
from pricing.typography import euros


@check("Q-LOSS", COSTS, Severity.ERROR)
def covers_its_costs(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """Below the variable cost each client makes it worse; below the full cost something else pays (002-015)."""
    costs, revenue = offer.costs, _yearly_revenue(offer, context)
    if costs is None or costs.accepted or revenue is None:
        return
    told = {"name": offer.name, "revenue": euros(revenue)}
    if revenue < costs.variable:
        message = _(
            "« {name} » rapporte {revenue} HT par an et coûte {variable} à chaque client : "
            "plus elle se vend, plus vous perdez. Relevez le prix."
        )
        yield Fault("tariff.charges", message.format(**told, variable=euros(costs.variable)))
    elif revenue < costs.full:
        message = _(
            "« {name} » rapporte {revenue} HT par an pour un coût complet de {full} : "
            "dites quelle autre offre la finance, ou relevez le prix."
        )
        yield Fault(
            "tariff.charges", message.format(**told, full=euros(costs.full)), severity=Severity.WARNING
        )


def _yearly_revenue(offer: OfferFacts, context: Context) -> Decimal | None:
    """EUR HT of a year in regime, at the length that brings the least."""
    plan = context.sold(offer)
    bills = [answer.yearly_bill for answer in plan.answers] if plan else []
    return min((bill.net for bill in bills if bill is not None), default=None)
