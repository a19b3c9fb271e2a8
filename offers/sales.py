"""What was asked and kept of the offers these last twelve months: an upper app knows, and says it here."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from hosters.models import Hoster
from hosters.together import Part, read_together
from pricing.engine.money import percentage


@dataclass(frozen=True)
class OfferSales:
    """Quotes of the year, those that took each option; contracts that ran at some time of the year, those that
    ended (000-024)."""

    quotes: int = 0
    options: Mapping[str, int] = field(default_factory=dict)
    contracts: int = 0
    ended: int = 0

    @property
    def lost_percent(self) -> int:
        """The share of contracts that ended, the key figure of what is sold by subscription."""
        return percentage(Decimal(self.ended), Decimal(self.contracts))


@dataclass(frozen=True)
class Sales:
    """`bespoke`: requests whose price a person had to make, beside the `quotes`; `offers` by primary key."""

    quotes: int = 0
    bespoke: int = 0
    offers: Mapping[int, OfferSales] = field(default_factory=dict)

    @property
    def bespoke_percent(self) -> int:
        """The share of requests that no pack answered (002-066)."""
        return percentage(Decimal(self.bespoke), Decimal(self.quotes))

    def of(self, offer: int) -> OfferSales:
        """Blank for an offer that nobody asked for."""
        return self.offers.get(offer, OfferSales())


Teller = Callable[[Hoster, date], Part[Sales]]
_tellers: list[Teller] = []


def register_teller(teller: Teller) -> None:
    """Say who knows. Called in `ready()`."""
    _tellers.append(teller)


def sales_of(hoster: Hoster, today: date, *others: "QuerySet[Any, Any]") -> Sales:
    """The year that ends today; blank while no app knows. `others` are read in the same query."""
    told = read_together([teller(hoster, today) for teller in _tellers[:1]], *others)
    return next(told[0]) if told else Sales()
