"""The steps of the funnel that documents themselves tell, by cohort: each counts on the day of the request."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Case, F, Max, Min, OuterRef, QuerySet, Subquery, Sum, When
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.models import Invoice, Quote, QuoteEvent
from crm.models import Request
from funnel.look import Look
from funnel.steps import FREE, Journey, Journeys, Step, register_journeys, register_step

ASKED, SENT, REVIEW = "quoted", "sent", "review"
ACCEPTED, PAID, RENEWED = "accepted", "paid", "renewed"
UPGRADED = "upgraded"
#: An invoice whose period begins at the first anniversary, or later, says that the association stayed.
A_YEAR = timedelta(days=364)
FOR_A_QUOTE = (Request.Kind.QUOTE, Request.Kind.ON_QUOTE)


def register() -> None:
    """Add our steps to the funnel, after the anonymous ones, and tell their journeys."""
    register_step(Step(UPGRADED, str(_("passé du gratuit au payant")), usual=False))
    register_step(Step(ASKED, str(_("devis demandé"))))
    register_step(Step(SENT, str(_("devis envoyé"))))
    register_step(Step(REVIEW, str(_("devant le conseil")), usual=False))
    register_step(Step(ACCEPTED, str(_("devis accepté"))))
    register_step(Step(PAID, str(_("première facture payée"))))
    register_step(Step(RENEWED, str(_("reconduit après un an")), after=A_YEAR))
    register_journeys(quote_journeys)


@dataclass
class _Told:
    """What requests and quotes tell of one journey, before it is filtered."""

    offer: str = ""
    source: str = ""
    segment: str = ""
    organization: int = 0
    days: dict[str, date] = field(default_factory=dict)

    def takes(self, code: str, day: date | None) -> None:
        """The first day of a step stands: a second version is not a second quote."""
        if day and (code not in self.days or day < self.days[code]):
            self.days[code] = day


def quote_journeys(look: Look) -> Journeys:
    """One journey for each request of a quote made in the days of a look, and for each quote written unasked.

    The versions of a quote are one journey, and what came of it counts whenever it came.
    """
    requests, quotes = _requests(look), _quotes(look)
    yield requests, quotes
    asked, families = _asked(requests), {}
    for row in quotes:
        root = row["number"].removesuffix(f"-v{row['version']}")
        if root not in families:
            known = asked.get(row["request_key"])
            families[root] = known or _Told(source=row["source"], segment=row["segment"])
            families[root].organization = row["organization"]
            families[root].takes(ASKED, _day(row["asked_at"]) or row["issued_on"])
        _follow(families[root], row)
    _upgrade(families.values())
    for told in _once([*asked.values(), *families.values()]):
        if look.since <= told.days[ASKED] <= look.until and _seen_by(look, told):
            yield Journey(told.offer, told.source, told.segment, told.days)


def _follow(told: _Told, row: dict[str, Any]) -> None:
    told.offer = told.offer or row["slug"] or ""
    told.takes(SENT, row["issued_on"])
    told.takes(REVIEW, _day(row["review_at"]))
    if not row["first_year_gross"]:  # a free user, no client (002-131)
        told.takes(FREE.code, _day(row["accepted_at"]))
        return
    told.takes(ACCEPTED, _day(row["accepted_at"]))
    told.takes(PAID, row["paid_on"])
    told.takes(RENEWED, row["renewed_on"])


def _upgrade(families: Iterable[_Told]) -> None:
    """Free users whose association accepted a price later, by whatever quote (001-013)."""
    families = list(families)
    paying: dict[int, list[date]] = defaultdict(list)
    for told in families:
        if ACCEPTED in told.days:
            paying[told.organization].append(told.days[ACCEPTED])
    for told in families:
        if FREE.code in told.days:
            later = [day for day in paying[told.organization] if day >= told.days[FREE.code]]
            told.takes(UPGRADED, min(later, default=None))


def _requests(look: Look) -> "QuerySet[Request, Any]":
    rows = Request.objects.filter(
        hoster=look.hoster,
        kind__in=FOR_A_QUOTE,
        created_at__gte=_start(look.since),
        created_at__lt=_start(look.until + timedelta(days=1)),
    )
    return rows.values_list("key", "created_at", "organization__source", "organization__segment")


def _asked(requests: Iterable[tuple[UUID, datetime, str, str]]) -> dict[UUID, _Told]:
    """The requests of a quote, by the key of their form."""
    return {
        key: _Told(source=source, segment=segment, days={ASKED: timezone.localdate(at)})
        for key, at, source, segment in requests
    }


def _quotes(look: Look) -> "QuerySet[Quote, Any]":
    """The quotes that may answer them, the first versions first, with the day of everything that followed."""
    first = Invoice.objects.filter(
        subscription=OuterRef("subscription"),
        period_start=OuterRef("subscription__started_on"),
        kind=Invoice.Kind.INVOICE,
        gross__gt=0,
    )
    received = first.annotate(got=Sum("payments__amount"), last=Max("payments__received_on"))
    # Sales come before the membership fees of the same day: a fee paid alone is no sale paid.
    paid = received.annotate(day=Case(When(got__gte=F("gross"), then=F("last")))).order_by("fees", "pk")
    later = Invoice.objects.filter(
        subscription=OuterRef("subscription"),
        period_start__gte=OuterRef("subscription__started_on") + A_YEAR,
        kind=Invoice.Kind.INVOICE,
    )
    reviews = QuoteEvent.objects.filter(quote=OuterRef("pk"), act=QuoteEvent.Act.PUT_IN_REVIEW)
    requests = Request.objects.filter(key=OuterRef("request_key"))
    rows = Quote.objects.filter(hoster=look.hoster, issued_on__gte=look.since).issued()
    return rows.order_by("version", "pk").values(
        "number",
        "version",
        "request_key",
        "organization",
        "issued_on",
        "first_year_gross",
        slug=F("offer__slug"),
        source=F("organization__source"),
        segment=F("organization__segment"),
        accepted_at=F("acceptance__accepted_at"),
        asked_at=Subquery(requests.values("created_at")),
        review_at=Subquery(reviews.order_by().values("quote").annotate(first=Min("at")).values("first")),
        paid_on=Subquery(paid.values("day")[:1]),
        renewed_on=Subquery(later.order_by("period_start").values("period_start")[:1]),
    )


def _seen_by(look: Look, told: _Told) -> bool:
    wanted = (look.offer, told.offer), (look.source, told.source), (look.segment, told.segment)
    return all(asked in ("", found) for asked, found in wanted)


def _once(journeys: Iterable[_Told]) -> Iterable[_Told]:
    """A request and the quote that answers it are the same journey."""
    return {id(each): each for each in journeys}.values()


def _day(at: datetime | None) -> date | None:
    return timezone.localdate(at) if at else None


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, datetime.min.time()))
