"""What the documents of the last twelve months say of the offers: three queries, whatever their number."""

from collections import Counter, defaultdict
from collections.abc import Mapping
from datetime import date

from django.db.models import Q

from billing.models import Quote, QuoteItem, Subscription
from crm.models import Request
from hosters.models import Hoster
from offers.sales import OfferSales, Sales
from pricing.periods import months_after

YEAR = 12


def sales(hoster: Hoster, today: date) -> Sales:
    """Quotes and options asked, requests that a person had to price, contracts that ran and that ended."""
    since = months_after(today, -YEAR)
    quotes, options = _asked(hoster, since)
    ran, ended = _contracts(hoster, since, today)
    known = quotes.keys() | ran.keys()
    bespoke = Request.objects.filter(
        hoster=hoster, kind=Request.Kind.ON_QUOTE, created_at__date__gte=since
    ).count()
    return Sales(
        quotes=quotes.total() + bespoke,
        bespoke=bespoke,
        offers={pk: OfferSales(quotes[pk], options[pk], ran[pk], ended[pk]) for pk in known},
    )


def _asked(hoster: Hoster, since: date) -> tuple[Counter[int], Mapping[int, Counter[str]]]:
    quotes: Counter[int] = Counter()
    options: defaultdict[int, Counter[str]] = defaultdict(Counter)
    rows = QuoteItem.objects.filter(
        Q(optional=False) | Q(chosen=True),
        quote__hoster=hoster,
        quote__version=1,
        quote__issued_on__gte=since,
    ).exclude(quote__state=Quote.State.DRAFT)
    for offer, selection in rows.exclude(offer=None).values_list("offer_id", "selection"):
        quotes[offer] += 1
        taken = selection.get("options", {}).items()
        options[offer].update(code for code, number in taken if number not in ("0", "None", "False"))
    return quotes, options


def _contracts(hoster: Hoster, since: date, today: date) -> tuple[Counter[int], Counter[int]]:
    """Those that ran at some time since then; of them, those that are over."""
    rows = Subscription.objects.filter(Q(ended_on=None) | Q(ended_on__gte=since), hoster=hoster)
    told = list(rows.values_list("quote__offer_id", "ended_on"))
    over = Counter(offer for offer, end in told if end is not None and end <= today)
    return Counter(offer for offer, _end in told), over
