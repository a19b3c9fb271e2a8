"""What was noted about offers, read in a fixed number of queries, for the pages of the team and for the linter."""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from hosters.models import Hoster
from offers.models import CostLine, Evidence, Observation, Offer, OfferStudy
from offers.need_search import PEOPLE, SPACE
from offers.tariffs import tariff_in_force
from pricing.cost_price import Cost
from pricing.engine import Breakdown, Selection, Tariff, price
from pricing.engine.money import cents

YEAR = 12
Prices = dict[int, dict[str, Observation]]


def study_of(offer: Offer) -> OfferStudy:
    """How its price was thought; a blank one while nobody wrote it. Select `study` with the offer."""
    try:
        return offer.study
    except OfferStudy.DoesNotExist:
        return OfferStudy(offer=offer)


def justification_of(offer: Offer) -> str:
    """What the hoster tells visitors of a higher price (002-031); "" when it says nothing."""
    study = study_of(offer)
    if not study.argument:
        return ""
    told = capfirst(study.get_argument_display())
    return (
        _("%(what)s : %(words)s") % {"what": told, "words": study.argument_words}
        if study.argument_words
        else told
    )


def reference_need(study: OfferStudy, tariff: Tariff) -> dict[str, Decimal]:
    """What every price is compared for, by metric: what the tariff does not count is left out."""
    asked = {PEOPLE: study.reference_people, SPACE: study.reference_gb}
    return {code: Decimal(n) for code, n in asked.items() if n and code in tariff.metrics_by_code}


def prices_seen(hoster: Hoster) -> "QuerySet[Observation]":
    """The prices seen at competitors, the last first."""
    seen = Observation.objects.filter(competitor__hoster=hoster, kind=Observation.Kind.PRICE)
    return seen.select_related("competitor").order_by("-seen_on", "-pk")


def latest(seen: Iterable[Observation]) -> Prices:
    """Of prices, the last first, the one to keep for each competitor, by offer then by name."""
    found: Prices = {}
    for each in seen:
        assert each.offer_id is not None  # a constraint of the table
        found.setdefault(each.offer_id, {}).setdefault(each.competitor.name, each)
    return found


def cost_lines(hoster: Hoster, year: int) -> "QuerySet[CostLine]":
    """The costs of a year, to be read with `cost_of`."""
    return CostLine.objects.filter(hoster=hoster, year=year).select_related("offer")


def cost_of(line: CostLine) -> Cost:
    owner = line.offer.slug if line.offer else ""
    return Cost(line.family, line.amount, line.nature == CostLine.Nature.PER_CLIENT, owner)


def planned_clients(offers: Iterable[Offer]) -> dict[str, int]:
    return {offer.slug: study_of(offer).planned_clients for offer in offers}


def times_asked(hoster: Hoster) -> "QuerySet[Evidence, Any]":
    """How many times people were asked, as pairs: an offer, or None for all of them, and a number."""
    return Evidence.objects.filter(hoster=hoster).order_by().values_list("offer").annotate(n=Count("pk"))


def answers_for(offer: Offer) -> list[Breakdown]:
    """The price of the reference need at each term sold; nothing without a tariff. Give its `hoster` with it."""
    version = tariff_in_force(offer)
    if version is None:
        return []
    need = reference_need(study_of(offer), version.tariff)
    return [
        price(
            version.tariff,
            Selection(need, term_months=term.months, segment=offer.segment),
            vat=offer.hoster.vat_policy,
        )
        for term in version.tariff.terms
    ]


def monthly_price(offer: Offer) -> Decimal | None:
    """EUR a month as clients pay, in regime, at the cheapest term; None without a firm price."""
    years = [each.yearly_after for each in answers_for(offer) if each.yearly_after is not None]
    return cents(min(years) / YEAR) if years else None


def yearly_revenue(offer: Offer) -> Decimal | None:
    """EUR HT that a client brings in a year in regime, at the term that brings the least."""
    bills = [each.yearly_bill for each in answers_for(offer)]
    return min((bill.net for bill in bills if bill is not None), default=None)
