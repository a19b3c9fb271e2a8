"""What a year costs, what each offer costs, and whether the plan pays for it (002-015 to 002-023)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from hosters.models import Hoster
from offers.models import CostLine, Offer, OfferStudy, Strategy
from offers.study.reading import (
    cost_of,
    latest,
    monthly_price,
    planned_clients,
    prices_seen,
    study_of,
    yearly_revenue,
)
from pricing.cost_price import (
    CostPrice,
    PlannedSales,
    Scenario,
    break_even,
    cost_price,
    fixed_costs,
    missing_families,
    scenario,
)
from pricing.engine.money import ZERO, cents
from pricing.market_position import position

#: Percent above the median from which a higher price asks too much (002-031).
MOST_ABOVE = 50


@dataclass(frozen=True)
class FamilyCosts:
    label: str
    lines: list[CostLine]

    @property
    def total(self) -> Decimal:
        """What is due whoever comes, EUR HT a year."""
        return sum((each.amount for each in self.lines if each.nature == CostLine.Nature.FIXED), ZERO)


@dataclass(frozen=True)
class OfferCosts:
    """One offer in the plan. `price`: EUR HT a year of one client; None without a firm price. `alone`: how many
    clients would pay all fixed costs by themselves; None when no number would. `gap`: percent above the median."""

    offer: Offer
    study: OfferStudy
    price: Decimal | None
    cost: CostPrice
    alone: int | None
    gap: int | None
    viable: bool

    @property
    def margin(self) -> Decimal | None:
        """EUR HT that a client leaves once its whole cost is paid."""
        return None if self.price is None else cents(self.price - self.cost.full)

    @property
    def warnings(self) -> list[str]:
        """What the chosen strategy asks for and the figures do not give."""
        return list(self._warned())

    def _warned(self) -> Iterator[str]:
        if self.price is None:
            return
        if self.study.strategy == Strategy.LOWER and self.price < self.cost.full:
            yield _("Viser plus bas demande de couvrir au moins le coût complet : ce n’est pas le cas.")
        if self.study.strategy == Strategy.ALIGN and not self.viable:
            yield _("S’aligner demande une prévision qui tient : il manque des ventes.")
        if self.study.strategy == Strategy.HIGHER and self.gap is not None and self.gap > MOST_ABOVE:
            yield _("L’écart avec la médiane (%(gap)s %%) dépasse %(most)s %%.") % {
                "gap": self.gap,
                "most": MOST_ABOVE,
            }
        if self.price < self.cost.full and not self.study.accepted_reason:
            yield _("Le prix ne couvre pas le coût : relevez-le, ou dites qui paie la différence.")


@dataclass(frozen=True)
class CostPlan:
    """A year. `years`: those for which something is noted."""

    year: int
    years: list[int]
    families: list[FamilyCosts]
    missing: list[str]
    scenario: Scenario
    offers: list[OfferCosts]


def read_costs(hoster: Hoster, *, year: int) -> CostPlan:
    """The plan of a year: a number of queries that does not grow."""
    noted = list(CostLine.objects.filter(hoster=hoster).select_related("offer"))
    lines = [line for line in noted if line.year == year]
    rows = Offer.objects.filter(hoster=hoster).order_by("position", "pk")
    offers = list(rows.select_related("study", "hoster").prefetch_related("tariff_versions"))
    labels = dict(CostLine.Family.choices)
    costs = [cost_of(line) for line in lines]
    prices = {offer.slug: yearly_revenue(offer) for offer in offers}
    clients = planned_clients(offers)
    sales = [PlannedSales(slug, price, clients[slug]) for slug, price in prices.items() if price is not None]
    planned = scenario(costs, sales)
    return CostPlan(
        year=year,
        years=sorted({line.year for line in noted} | {year}, reverse=True),
        families=[
            FamilyCosts(str(label), [line for line in lines if line.family == code])
            for code, label in labels.items()
        ],
        missing=[str(labels[code]) for code in missing_families(costs, labels)] if lines else [],
        scenario=planned,
        offers=_offers(hoster, offers, prices, lines, planned),
    )


def _offers(
    hoster: Hoster,
    offers: Sequence[Offer],
    prices: dict[str, Decimal | None],
    lines: Sequence[CostLine],
    planned: Scenario,
) -> list[OfferCosts]:
    costs, clients, seen = (
        [cost_of(line) for line in lines],
        planned_clients(offers),
        latest(prices_seen(hoster)),
    )
    told = []
    for offer in offers:
        cost, own = cost_price(offer.slug, costs, clients), prices[offer.slug]
        others = [each.amount for each in seen.get(offer.pk, {}).values() if each.amount is not None]
        place = position(monthly_price(offer), others)
        told.append(
            OfferCosts(
                offer=offer,
                study=study_of(offer),
                price=own,
                cost=cost,
                alone=None if own is None else break_even(fixed_costs(costs), own, cost.variable),
                gap=place.gap if place else None,
                viable=not planned.gap,
            )
        )
    return told


def year_asked(typed: str, *, today: date) -> int:
    """The year of an address; this one when none is told, or none that makes sense."""
    asked = int(typed) if typed.isascii() and typed.isdigit() and len(typed) == 4 else 0
    return asked if 2000 <= asked <= 2100 else today.year
