"""What the documents of the last twelve months say of the offers: one query, whatever their number."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet

from billing.models import Quote, QuoteItem, Subscription
from crm.models import Request
from hosters.models import Hoster
from hosters.together import Part
from offers.sales import OfferSales, Sales
from pricing.periods import months_after

YEAR = 12


def sales(hoster: Hoster, today: date) -> Part[Sales]:
    """Quotes and options asked, requests that a person had to price, contracts that ran and that ended."""
    since = months_after(today, -YEAR)
    items, contracts = _items(hoster, since), _contracts(hoster, since)
    bespoke = Request.objects.filter(
        hoster=hoster, kind=Request.Kind.ON_QUOTE, created_at__date__gte=since
    ).values_list("pk")
    yield items, contracts, bespoke
    quotes, options = _asked(items)
    ran = Counter(offer for offer, _end in contracts)
    ended = Counter(offer for offer, end in contracts if end is not None and end <= today)
    known = quotes.keys() | ran.keys()
    yield Sales(
        quotes=quotes.total() + len(bespoke),
        bespoke=len(bespoke),
        offers={pk: OfferSales(quotes[pk], options[pk], ran[pk], ended[pk]) for pk in known},
    )


def _items(hoster: Hoster, since: date) -> "QuerySet[QuoteItem, Any]":
    rows = QuoteItem.objects.filter(
        Q(optional=False) | Q(chosen=True),
        quote__hoster=hoster,
        quote__version=1,
        quote__issued_on__gte=since,
    ).exclude(quote__state=Quote.State.DRAFT)
    return rows.exclude(offer=None).values_list("offer_id", "selection")


def _asked(items: Iterable[tuple[int, Any]]) -> tuple[Counter[int], Mapping[int, Counter[str]]]:
    quotes: Counter[int] = Counter()
    options: defaultdict[int, Counter[str]] = defaultdict(Counter)
    for offer, selection in items:
        quotes[offer] += 1
        taken = selection.get("options", {}).items()
        options[offer].update(code for code, number in taken if number not in ("0", "None", "False"))
    return quotes, options


def _contracts(hoster: Hoster, since: date) -> "QuerySet[Subscription, Any]":
    """Those that ran at some time since then, with their last day."""
    rows = Subscription.objects.filter(Q(ended_on=None) | Q(ended_on__gte=since), hoster=hoster)
    return rows.values_list("quote__offer_id", "ended_on")
