"""A competitive price, judged against the strategy that the hoster chose (contradiction C17)."""

from collections.abc import Iterator
from decimal import Decimal
from statistics import median

from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from offers.linter.check import check
from offers.linter.context import Context
from offers.linter.facts import MarketFacts, OfferFacts
from offers.linter.finding import Fault
from offers.linter.qualities import COMPETITIVE
from pricing.engine import Severity
from pricing.engine.money import cents, percentage
from pricing.typography import euros

YEAR = 12
STRATEGIES = {
    "lower": gettext_noop("plus bas"),
    "align": gettext_noop("s’aligner"),
    "higher": gettext_noop("plus haut"),
}


@check("Q-PRICE", COMPETITIVE, Severity.WARNING)
def is_competitive(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """The gap to the median of the competitors for the same need (002-065, 002-031)."""
    market = offer.market
    if market is None:
        return
    if not market.prices:
        message = _("Aucun concurrent noté pour « {name} » : relevez au moins un prix pour le même besoin.")
        yield Fault("market", message.format(name=offer.name))
        return
    own = _monthly(offer, market, context)
    middle = median(market.prices.values())
    if own is None or not middle:
        return
    gap, most = percentage(own - middle, middle), context.thresholds.price_gap[market.strategy]
    if gap > most:
        message = _(
            "« {name} » coûte {own} par mois, {gap} % de plus que la médiane des concurrents ({middle}) ; "
            "votre stratégie ({strategy}) admet {most} %. Dites ce qui le justifie, ou revoyez le prix."
        )
        told = {"name": offer.name, "own": euros(own), "gap": gap, "middle": euros(middle), "most": most}
        yield Fault("tariff.charges", message.format(**told, strategy=_(STRATEGIES[market.strategy])))


def _monthly(offer: OfferFacts, market: MarketFacts, context: Context) -> Decimal | None:
    """EUR a month in regime for the reference need."""
    plan = context.sold(offer)
    yearly = plan.yearly_for(market.need, context.vat) if plan else None
    return None if yearly is None else cents(yearly / YEAR)
