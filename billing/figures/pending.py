"""What is about to come in or to go: open quotes, invoices not paid, departures, what clients say."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from django.db.models import CharField, Count, DecimalField, F, Q, QuerySet, Sum, Value
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.models import Invoice, Quote, Satisfaction, SupportTime, Termination
from billing.models.satisfaction import DETRACTOR_TO, PROMOTER_FROM
from crm.models import RelationSettings
from hosters.models import Hoster

CENT = Decimal("0.01")
YEAR = timedelta(days=365)
#: Ages of an unpaid invoice after its due day: label, from, to (days, both included; None: no end).
AGES = (
    (_("pas encore due"), None, 0),
    (_("1 à 30 jours"), 1, 30),
    (_("31 à 90 jours"), 31, 90),
    (_("plus de 90 jours"), 91, None),
)


@dataclass(frozen=True)
class OpenQuotes:
    """The quotes in one state on which the association may still decide; amounts of a first year, EUR to pay."""

    label: str
    number: int
    amount: Decimal
    likely: int

    @property
    def weighted(self) -> Decimal:
        return (self.amount * self.likely / 100).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Age:
    """The unpaid invoices of one age: what is left to pay on them, EUR."""

    label: str
    number: int
    amount: Decimal


@dataclass(frozen=True)
class Recommendation:
    """The answers of a year to « would you recommend us ». `score` is promoters minus detractors, from -100 to 100."""

    asked: int
    answers: int
    promoters: int
    detractors: int

    @property
    def score(self) -> int | None:
        return round(100 * (self.promoters - self.detractors) / self.answers) if self.answers else None


@dataclass(frozen=True)
class Pending:
    """All of it, counted in one query."""

    quotes: list[OpenQuotes]
    departures: int
    recommendation: Recommendation
    support_minutes: int

    @property
    def pipeline(self) -> Decimal:
        return sum((each.weighted for each in self.quotes), Decimal(0))


#: A union on PostgreSQL wants the same type in every row, said in full.
EUROS = DecimalField(max_digits=14, decimal_places=2)


def pending_of(hoster: Hoster, *, today: date) -> Pending:
    """Open quotes today; departures asked and answers given in the last 365 days."""
    since = timezone.now() - YEAR
    facts = _facts(
        "quote", Quote.objects.filter(hoster=hoster).undecided(today), F("state"), Sum("first_year_gross")
    )
    nothing = Sum(Value(0), output_field=EUROS)
    departures = Termination.objects.filter(hoster=hoster, received_at__gte=since)
    marks = Satisfaction.objects.filter(hoster=hoster, asked_at__gte=since)
    support = support_of(hoster, today)
    facts = facts.union(
        _facts("departure", departures, Value(""), nothing),
        _facts("mark", marks, Cast("score", CharField()), nothing),
        _facts("support", support, Value(""), Sum(Cast("minutes", EUROS))),
        *_chances(hoster),
        all=True,
    )
    found = {(kind, what or ""): (number, amount or Decimal(0)) for kind, what, number, amount in facts}
    quotes = [
        OpenQuotes(
            str(state.label), *found.get(("quote", state.value), (0, Decimal(0))), _likely(column, found)
        )
        for state, column in LIKELY.items()
    ]
    given = {mark: number for (kind, mark), (number, _none) in found.items() if kind == "mark"}
    departed, spent = (found.get((kind, ""), (0, Decimal(0))) for kind in ("departure", "support"))
    return Pending(quotes, departed[0], _recommendation(given), int(spent[1]))


#: The column of the hoster's choice for each state on which the association may still decide (004-043).
LIKELY = {
    Quote.State.SENT: "likely_sent",
    Quote.State.SEEN: "likely_seen",
    Quote.State.IN_REVIEW: "likely_in_review",
}


def _chances(hoster: Hoster) -> "list[QuerySet[Any, Any]]":
    """How likely an open quote is to be accepted, in percent, as facts among the others."""
    chosen = RelationSettings.objects.filter(hoster=hoster)
    return [_facts(column, chosen, Value(""), Sum(Cast(column, EUROS))) for column in LIKELY.values()]


def _likely(column: str, found: dict[tuple[str, str], tuple[int, Decimal]]) -> int:
    """What the hoster chose, or the usual chance."""
    usual = Decimal(getattr(RelationSettings(), column))
    return int(found.get((column, ""), (0, usual))[1])


def support_of(hoster: Hoster, today: date) -> "QuerySet[SupportTime]":
    """The time written down this month for associations, without what was cancelled."""
    rows = SupportTime.objects.filter(subscription__hoster=hoster, cancelled_at=None)
    return rows.filter(spent_on__range=(today.replace(day=1), today))


def _facts(kind: str, rows: "QuerySet[Any]", what: Any, amount: Any) -> "QuerySet[Any, Any]":
    named = rows.order_by().annotate(fact=Value(kind), fact_of=Cast(what, CharField()))
    return (
        named.values("fact", "fact_of")
        .annotate(number=Count("pk"), amount=amount)
        .values_list("fact", "fact_of", "number", "amount")
    )


def _recommendation(given: dict[str, int]) -> Recommendation:
    """Marks as words of the query, "" for who has not answered."""
    marks = {int(mark): number for mark, number in given.items() if mark}
    return Recommendation(
        asked=sum(given.values()),
        answers=sum(marks.values()),
        promoters=sum(number for mark, number in marks.items() if mark >= PROMOTER_FROM),
        detractors=sum(number for mark, number in marks.items() if mark <= DETRACTOR_TO),
    )


def unpaid_of(hoster: Hoster, *, today: date) -> list[Age]:
    """What is left to pay, by age after the due day."""
    rows = Invoice.objects.filter(hoster=hoster).unpaid()
    wanted: dict[str, Any] = {}
    for index, (_label, first, last) in enumerate(AGES):
        here = _between(today, first, last)
        wanted[f"number_{index}"] = Count("pk", filter=here)
        wanted[f"amount_{index}"] = Sum("left", filter=here)
    told = rows.aggregate(**wanted)
    return [
        Age(str(label), told[f"number_{index}"], told[f"amount_{index}"] or Decimal(0))
        for index, (label, _first, _last) in enumerate(AGES)
    ]


def _between(today: date, first: int | None, last: int | None) -> Q:
    here = Q()
    if first is not None:
        here &= Q(due_on__lte=today - timedelta(days=first))
    if last is not None:
        here &= Q(due_on__gte=today - timedelta(days=last))
    return here


def total(ages: Iterable[Age]) -> Decimal:
    """EUR left to pay."""
    return sum((age.amount for age in ages), Decimal(0))
