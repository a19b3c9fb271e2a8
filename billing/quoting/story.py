"""The story of a quote as the timeline shows it."""

from collections.abc import Iterable

from django.db.models import QuerySet

from billing.models import Quote, QuoteEvent
from crm.timeline import Event

Act = QuoteEvent.Act
TONES = {
    Act.ACCEPT: "success",
    Act.REFUSE: "danger",
    Act.WITHDRAW: "danger",
    Act.EXPIRE: "warning",
    Act.ASK_CHANGE: "warning",
    Act.PUT_IN_REVIEW: "info",
}


def events_of(quote: Quote) -> "QuerySet[QuoteEvent]":
    """What happened, the latest first; the corrections of a draft are told once."""
    return quote.events.exclude(act=Act.EDIT).order_by("-at", "-pk")


def story(events: Iterable[QuoteEvent]) -> list[Event]:
    """The same, in words."""
    return [_told(event) for event in events]


def _told(event: QuoteEvent) -> Event:
    title = event.get_act_display()
    who = event.name or event.get_actor_display()
    text = " – ".join(filter(None, [who, event.get_reason_display(), event.note]))
    return Event(
        when=event.at, title=title[0].upper() + title[1:], text=text, tone=TONES.get(Act(event.act), "")
    )
