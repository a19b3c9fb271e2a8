"""What a running contract would cost at another price: its lines worked out again, nothing written (CON-07)."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import QuoteItem, QuoteLine, Subscription
from billing.natures import natures_of
from billing.quoting.drafts import discount_of
from billing.quoting.pricing import NotPriced, price_items
from billing.solidarity import DiscountTooLarge
from billing.subscriptions.periods import lines_on
from billing.totals import TimedLine, engine_line, main_term, payable, quote_line, totals_of
from offers.tariffs import tariff_in_force
from pricing.engine import Cadence
from pricing.engine.money import HUNDRED, cents
from pricing.presentation import caption, main_price, period_words
from pricing.typography import euros

#: What a line of a contract keeps; `quote` is known, and every line of a contract counts.
FIELDS = [each.name for each in QuoteLine._meta.concrete_fields if each.name not in {"id", "quote"}]


class NoNewPrice(Exception):
    """No other price can be worked out; the message says why, in French."""


@dataclass(frozen=True)
class NewPrice:
    """The lines of a contract at its new price, as plain data, and the price that people speak of first."""

    lines: list[dict[str, Any]]
    words: str


def at_the_tariff(subscription: Subscription) -> NewPrice:
    """The same quantities at the tariff in force; what was written by hand keeps its price.

    Raises:
        NoNewPrice: no tariff, no firm price, or another period than that of the contract.
    """
    quote = subscription.quote
    items = list(quote.items.select_related("offer"))
    if not any(each.offer for each in items):
        raise NoNewPrice(_("Ce contrat est écrit à la main : choisissez un pourcentage."))
    for each in items:
        if each.offer:
            each.tariff_version = tariff_in_force(each.offer, on=timezone.localdate())
    if any(each.offer and each.tariff_version is None for each in items):
        raise NoNewPrice(_("Une offre de ce contrat n’a plus de tarif : choisissez un pourcentage."))
    return _priced(subscription, items)


def _priced(subscription: Subscription, items: list[QuoteItem]) -> NewPrice:
    quote = subscription.quote
    try:
        found = price_items(hoster=quote.hoster, items=items, discount=discount_of(quote))
    except (NotPriced, DiscountTooLarge) as problem:
        raise NoNewPrice(str(problem)) from None
    natures = natures_of(found.lines, items)
    told = [(each, nature) for each, nature in zip(found.lines, natures, strict=True) if each.kept]
    return _new_price(subscription, told)


def by_percent(subscription: Subscription, percent: Decimal) -> NewPrice:
    """What comes back at each period, changed by so many percent; a membership is the choice of its assembly.

    Raises:
        NoNewPrice: nothing comes back at each period.
    """
    prefetch_related_objects([subscription.quote], "lines")
    lines = lines_on(subscription, timezone.localdate())
    factor = 1 + percent / HUNDRED
    return _new_price(subscription, [(_scaled(each, factor), each.nature) for each in lines])


def _scaled(line: QuoteLine, factor: Decimal) -> TimedLine:
    found = engine_line(line)
    if line.cadence == Cadence.PERIOD:
        typed = cents(line.typed_amount * factor)
        unit = None if found.unit_price is None else typed / line.quantity
        found = found._replace(typed_amount=typed, amount=typed, unit_price=unit)
    return TimedLine(found, line.term_months, line.item)


def _new_price(subscription: Subscription, told: Iterable[tuple[TimedLine, str]]) -> NewPrice:
    """Without what is paid once, nor a welcome discount: this is no start. Each line comes with its nature."""
    pairs = [
        (each, nature) for each, nature in told if each.cadence != Cadence.ONE_OFF and each.periods is None
    ]
    kept = [replace(each, line=each.line._replace(from_year=1)) for each, _nature in pairs]
    if not any(each.cadence == Cadence.PERIOD for each in kept):
        raise NoNewPrice(_("Rien ne revient à chaque période dans ce contrat."))
    if main_term(kept) != subscription.term_months:
        raise NoNewPrice(_("La période n’est plus la même dans ce tarif : proposez un changement d’offre."))
    kept = payable(kept)
    rows = [
        quote_line(subscription.quote, rank, each, nature)
        for rank, (each, (_line, nature)) in enumerate(zip(kept, pairs, strict=True), start=1)
    ]
    return NewPrice([_to_json(each) for each in rows], _words(subscription, kept))


def _to_json(line: QuoteLine) -> dict[str, Any]:
    values = {name: getattr(line, name) for name in FIELDS}
    return {name: str(value) if isinstance(value, Decimal) else value for name, value in values.items()}


def _words(subscription: Subscription, lines: list[TimedLine]) -> str:
    bills = totals_of(lines)
    period, first, yearly = (Decimal(bills[name]["gross"]) for name in ("period", "first", "yearly"))
    amount, rhythm = main_price(subscription.term_months, period=period, first=first, yearly=yearly)
    told = caption(subscription.term_months, with_vat=subscription.quote.with_vat)
    return f"{euros(amount)} {told if rhythm == period_words(subscription.term_months) else rhythm}"
