"""What the team noted, as facts: the market, the costs, the people asked, the words explained, the year’s
quotes. One query."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from hosters.models import Hoster
from offers.linter.facts import CostFacts, MarketFacts, UsageFacts
from offers.models import GlossaryTerm, Offer
from offers.sales import Sales, sales_of
from offers.study.reading import (
    Prices,
    cost_lines,
    cost_of,
    latest,
    planned_clients,
    prices_seen,
    reference_need,
    study_of,
    times_asked,
)
from pricing.cost_price import Cost, cost_price
from pricing.engine import Tariff


@dataclass(frozen=True)
class StudyFacts:
    """Everything noted by a hoster, by offer."""

    prices: Prices
    costs: Sequence[Cost]
    clients: dict[str, int]
    asked: Counter[int | None]
    glossary: frozenset[str]
    sales: Sales

    def market(self, offer: Offer, tariff: Tariff | None) -> MarketFacts:
        study = study_of(offer)
        seen = self.prices.get(offer.pk, {})
        prices = {name: each.amount for name, each in seen.items() if each.amount is not None}
        return MarketFacts(study.strategy, prices, reference_need(study, tariff) if tariff else {})

    def cost(self, offer: Offer) -> CostFacts | None:
        """None while no cost of the year is noted."""
        if not self.costs:
            return None
        found = cost_price(offer.slug, self.costs, self.clients)
        return CostFacts(found.variable, found.full, study_of(offer).accepted_reason)

    def usage(self, offer: Offer) -> UsageFacts:
        """The quotes of the year and the options they took (002-075)."""
        asked = self.sales.of(offer.pk)
        return UsageFacts(asked.quotes, options=asked.options)

    def evidence(self, offer: Offer) -> int:
        """What was asked for this offer, and for all of them."""
        return self.asked[offer.pk] + self.asked[None]


def study_facts(hoster: Hoster, offers: Sequence[Offer], today: date) -> StudyFacts:
    """Read with the hoster in scope, offers with their `study`."""
    seen, lines, asked = prices_seen(hoster), cost_lines(hoster, today.year), times_asked(hoster)
    terms = GlossaryTerm.objects.filter(hoster=hoster)
    sales = sales_of(hoster, today, seen, lines, asked, terms)
    return StudyFacts(
        prices=latest(seen),
        costs=[cost_of(line) for line in lines],
        clients=planned_clients(offers),
        asked=Counter(dict(asked)),
        glossary=frozenset(writing for term in terms for writing in term.writings),
        sales=sales,
    )
