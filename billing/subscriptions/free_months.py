"""Free months of an association: trials set by hand and free welcomes, twelve at most in all (DEV-08).

Code de commerce, L442-12. Days are counted, and those of two free things at once count once.
"""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import groupby

from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import Quote, QuoteLine, Subscription, Trial
from billing.subscriptions.change_effect import effect_of, subscription_to_change
from crm.models import Organization
from pricing.engine import Cadence
from pricing.engine.money import ZERO
from pricing.periods import months_after

#: Free months that an association may have at most.
MOST_MONTHS = 12
DAY = timedelta(days=1)

#: The first and the last day of something free.
Span = tuple[date, date]


def trial_refusal(organization: Organization, starts_on: date, ends_on: date) -> str:
    """Why a trial would give too many free months, alone or with a free welcome already offered; or ""."""
    trial = starts_on, ends_on
    had = [*_spans_of(organization), trial]
    if _too_long(had, since=starts_on):
        return _(
            "Avec ce qu’elle a déjà eu, essais et prix de bienvenue, cette association aurait plus de douze mois "
            "gratuits : la loi n’en permet pas davantage."
        )
    offered = Quote.objects.undecided().filter(organization=organization).prefetch_related("lines")
    for quote in offered:
        if _too_long([*had, *_welcomes(quote.kept_lines, ends_on + DAY)], since=starts_on):
            told = _(
                "Le devis %(number)s offre déjà des mois gratuits : avec cet essai, cette association en aurait plus "
                "de douze, et la loi n’en permet pas davantage."
            )
            return told % {"number": quote.number}
    return ""


def welcome_refusal(quote: Quote) -> str:
    """Why a quote, accepted today, would give too many free months beside those that its association had; or ""."""
    lines = quote.kept_lines
    if not any(line.periods for line in lines):
        return ""
    today = timezone.localdate()
    replaced = subscription_to_change(quote)
    begins = (
        effect_of(subscription=replaced, quote=quote).begins if replaced else first_paid_day(quote, today)
    )
    welcomes = _welcomes(lines, begins)
    had = _spans_of(quote.organization, replaced=replaced, until=begins - DAY)
    if not welcomes or not _too_long([*had, *welcomes], since=begins):
        return ""
    return _(
        "Avec les mois gratuits que cette association a déjà eus, le prix de bienvenue de ce devis en ferait plus de "
        "douze : la loi n’en permet pas davantage. Il faut une nouvelle version, avec un prix de bienvenue plus court."
    )


def first_paid_day(quote: Quote, today: date) -> date:
    """The day on which a contract accepted today begins: after the trial of the same offer, if one runs (002-036)."""
    running = Trial.objects.running(today).filter(organization=quote.organization_id, offer=quote.offer_id)
    trial = running.first() if quote.offer_id else None
    return trial.ends_on + DAY if trial else today


def _spans_of(
    organization: Organization, *, replaced: Subscription | None = None, until: date = date.max
) -> Iterator[Span]:
    """What an association had for nothing: its trials, and the welcomes of its contracts while they lasted."""
    yield from Trial.objects.filter(organization=organization).values_list("starts_on", "ends_on")
    contracts = Subscription.objects.filter(organization=organization).prefetch_related("quote__lines")
    for contract in contracts.select_related("quote"):
        last = until if contract == replaced else contract.ends_on or date.max
        for begins, ends in _welcomes(contract.quote.kept_lines, contract.started_on):
            yield begins, min(ends, last)


def _welcomes(lines: Iterable[QuoteLine], begins: date) -> list[Span]:
    """When the items of a quote ask nothing, from the first day of its contract: a welcome takes all the price off."""
    recurring = sorted((line for line in lines if line.cadence == Cadence.PERIOD), key=lambda line: line.item)
    found = []
    for _item, group in groupby(recurring, key=lambda line: line.item):
        priced = list(group)
        free = [line.periods * line.term_months for line in priced if line.periods]
        if free and sum((line.typed_amount for line in priced), ZERO) <= 0:
            found.append((begins, months_after(begins, min(free)) - DAY))
    return found


def _too_long(spans: Iterable[Span], *, since: date) -> bool:
    return _days(spans) > (months_after(since, MOST_MONTHS) - since).days


def _days(spans: Iterable[Span]) -> int:
    days, free_until = 0, date.min
    for first, last in sorted(spans):
        begins = max(first, free_until + DAY)
        days += max((last - begins).days + 1, 0)
        free_until = max(free_until, last)
    return days
