"""Quotes whose last day is over: written down by the calendar, hosters all at once, as often as one likes."""

from datetime import date

from django.utils import timezone
from django_scopes import scope, scopes_disabled

from billing.models import Quote, QuoteEvent
from billing.quoting.states import ActRefused, move


def expire_quotes(*, on: date | None = None) -> int:
    """Expire every undecided quote whose validity ended before that day in Europe/Paris (today by default).

    What people see does not wait for it (`Quote.current_state`). Returns how many were written.
    """
    day = on or timezone.localdate()
    with scopes_disabled():
        late = Quote.objects.filter(state__in=Quote.OPEN_STATES, valid_until__lt=day)
        quotes = list(late.select_related("hoster").order_by("pk"))
    return sum(_expire(quote, day) for quote in quotes)


def _expire(quote: Quote, day: date) -> bool:
    with scope(hoster=quote.hoster):
        try:
            move(quote=quote, act=QuoteEvent.Act.EXPIRE, actor=QuoteEvent.Actor.CLOCK, on=day)
        except ActRefused:  # decided in between
            return False
    return True
