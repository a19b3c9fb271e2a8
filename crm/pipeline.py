"""The board of deals: one column for each step, with what it is worth a year."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal

from django.db.models import Count, F, Q, QuerySet, Sum, Window
from django.db.models.functions import RowNumber
from django.utils import timezone

from crm.models import Opportunity, Step
from crm.opportunities import FORWARD
from hosters.models import Hoster

#: Cards shown in a column; the list has the others.
CARDS = 20
#: For how long what was won or lost stays on the board.
RECENT_DAYS = 90


@dataclass(frozen=True)
class Card:
    """A deal and where its buttons lead: the step before and the one after, "" at the ends."""

    deal: Opportunity
    back: str
    on: str


@dataclass(frozen=True)
class Column:
    """A step: its label, how many deals, how much a year in EUR, and the first cards."""

    step: str
    label: str
    number: int
    value: Decimal
    cards: list[Card]


def board(hoster: Hoster) -> list[Column]:
    """Every step in order, in two queries whatever the number of deals."""
    rows = _shown(hoster)
    totals = {
        row["step"]: (row["number"], row["value"] or Decimal(0))
        for row in rows.order_by().values("step").annotate(number=Count("pk"), value=Sum("yearly_value"))
    }
    cards = _cards(rows)
    return [
        Column(step.value, str(step.label), *totals.get(step.value, (0, Decimal(0))), cards[step.value])
        for step in Step
    ]


def _shown(hoster: Hoster) -> QuerySet[Opportunity]:
    since = timezone.now() - timedelta(days=RECENT_DAYS)
    recent = ~Q(step__in=[Step.WON, Step.LOST]) | Q(step_since__gte=since)
    return Opportunity.objects.filter(recent, hoster=hoster)


def _cards(rows: QuerySet[Opportunity]) -> dict[str, list[Card]]:
    rank = Window(RowNumber(), partition_by=[F("step")], order_by=[F("step_since").desc(), F("pk").desc()])
    first = rows.annotate(rank=rank).filter(rank__lte=CARDS).select_related("organization", "owner")
    cards: dict[str, list[Card]] = {step.value: [] for step in Step}
    for deal in first.order_by("-step_since", "-pk"):
        cards[deal.step].append(Card(deal, *_ways(deal)))
    return cards


def _ways(deal: Opportunity) -> tuple[str, str]:
    if deal.step not in FORWARD:
        return "", ""
    place = FORWARD.index(Step(deal.step))
    back = FORWARD[place - 1].value if place else ""
    on = FORWARD[place + 1].value if place + 1 < len(FORWARD) else ""
    return back, on
