"""How relations go: what a client brings in the end, how long a sale takes, who was asked the right questions first,
who came by word of mouth, how the portfolio renews itself. Recomputed from facts each time, over the twelve months of
`billing.figures.sales`."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from statistics import median

from django.db.models import Case, Count, Exists, F, OuterRef, Q, QuerySet, Sum, When
from django.utils import timezone

from billing.figures.recurring import YEAR, Contract, contracts_of, levels_on, recurring
from billing.figures.sales import first_month, invoiced_lines
from billing.models import Acceptance, Invoice, Quote, Subscription
from crm.models import Contact
from crm.renewing import Age, ages, arrivals
from hosters.models import Hoster
from pricing.periods import months_after

CENT, TENTH = Decimal("0.01"), Decimal("0.1")
DAYS_OF_A_MONTH = Decimal("365.25") / YEAR


@dataclass(frozen=True)
class Lifetime:
    """What a client brings (001-012): EUR without VAT a month, months that a relation lasts (so far for those that go
    on), clients behind each. None while there is nobody to count."""

    clients: int
    monthly: Decimal | None
    relations: int
    months: Decimal | None

    @property
    def value(self) -> Decimal | None:
        """EUR without VAT over the whole relation."""
        if self.monthly is None or self.months is None:
            return None
        return (self.monthly * self.months).quantize(CENT, ROUND_HALF_UP)


@dataclass(frozen=True)
class Share:
    """A part of a whole; `percent` is None when there is no whole."""

    part: Decimal
    whole: Decimal

    @property
    def percent(self) -> Decimal | None:
        return (100 * self.part / self.whole).quantize(TENTH, ROUND_HALF_UP) if self.whole else None


@dataclass(frozen=True)
class Cycle:
    """Days from the first trace of an association to its first yes (004-031); None when nobody said yes."""

    number: int
    average: Decimal | None
    middle: Decimal | None


@dataclass(frozen=True)
class Relations:
    """The figures of one day."""

    lifetime: Lifetime
    cycle: Cycle
    unqualified: Share
    referred: Share
    renewed: Share
    arrivals: list[tuple[date, int]]
    ages: list[Age]


def relations_of(hoster: Hoster, *, today: date) -> Relations:
    """Seven queries, whatever the numbers."""
    contracts = contracts_of(hoster)
    return Relations(
        lifetime=lifetime_of(contracts, today),
        cycle=_cycle(hoster, today),
        unqualified=_unqualified(hoster, today),
        referred=_referred(hoster, today),
        renewed=_renewed(hoster, today),
        arrivals=arrivals(hoster, [months_after(first_month(today), each) for each in range(YEAR)], today),
        ages=ages(hoster, today),
    )


def lifetime_of(contracts: Iterable[Contract], today: date) -> Lifetime:
    """A relation goes from the first start of a contract of the organisation to its last end, or to today."""
    begun = [each for each in contracts if each.started_on <= today]
    running = levels_on(begun, today)
    spans: dict[int, tuple[date, date]] = {}
    for each in begun:
        first, last = spans.get(each.organization, (today, each.started_on))
        ended = min(each.ended_on or today, today)
        spans[each.organization] = min(first, each.started_on), max(last, ended)
    days = sum((last - first).days for first, last in spans.values())
    months = Decimal(days) / (DAYS_OF_A_MONTH * len(spans)) if spans else None
    monthly = recurring(running) / len(running) if running else None
    return Lifetime(
        clients=len(running),
        monthly=monthly.quantize(CENT, ROUND_HALF_UP) if monthly is not None else None,
        relations=len(spans),
        months=months.quantize(TENTH, ROUND_HALF_UP) if months is not None else None,
    )


def first_yeses(hoster: Hoster, today: date) -> "QuerySet[Acceptance]":
    """The first acceptance of each association, when it came in the twelve months."""
    rows = Acceptance.objects.filter(quote__hoster=hoster, accepted_at__date__lte=today)
    earlier = rows.filter(
        quote__organization=OuterRef("quote__organization"), accepted_at__lt=OuterRef("accepted_at")
    )
    return rows.filter(~Exists(earlier), accepted_at__date__gte=first_month(today))


def days_to_yes(acceptance: Acceptance) -> int:
    """Whole days, from the day on which the association was first written down."""
    began = acceptance.quote.organization.created_at
    return max(0, (timezone.localdate(acceptance.accepted_at) - timezone.localdate(began)).days)


def _cycle(hoster: Hoster, today: date) -> Cycle:
    rows = first_yeses(hoster, today).select_related("quote__organization")
    days = [days_to_yes(each) for each in rows.only("accepted_at", "quote__organization__created_at")]
    if not days:
        return Cycle(0, None, None)
    average = Decimal(sum(days)) / len(days)
    return Cycle(len(days), average.quantize(TENTH, ROUND_HALF_UP), Decimal(str(median(days))))


def sent_quotes(hoster: Hoster, today: date) -> "QuerySet[Quote]":
    """The quotes that left in the twelve months, in their last version."""
    return Quote.objects.filter(hoster=hoster, issued_on__range=(first_month(today), today)).current()


def _unqualified(hoster: Hoster, today: date) -> Share:
    told = sent_quotes(hoster, today).aggregate(
        whole=Count("pk"), part=Count("pk", filter=Q(organization__qualified=False))
    )
    return Share(Decimal(told["part"]), Decimal(told["whole"]))


def is_referred(path: str) -> Exists:
    """Whether somebody of the organisation at that path was recommended by another one (004-040)."""
    return Exists(Contact.objects.filter(organization=OuterRef(path), referred_by__isnull=False))


def _referred(hoster: Hoster, today: date) -> Share:
    signed = Case(When(invoice__kind=Invoice.Kind.CREDIT_NOTE, then=-F("net")), default=F("net"))
    lines = invoiced_lines(hoster, today)
    told = lines.aggregate(
        whole=Sum(signed), part=Sum(signed, filter=Q(is_referred("invoice__organization")))
    )
    return Share(told["part"] or Decimal(0), told["whole"] or Decimal(0))


def past_their_year(hoster: Hoster, today: date) -> "QuerySet[Subscription]":
    """The contracts whose first year is over, or would be if they had not ended; not those changed for another."""
    rows = Subscription.objects.filter(hoster=hoster, started_on__lte=months_after(today, -YEAR))
    return rows.filter(replaced_by=None)


def went_on(row: Subscription) -> bool:
    """Whether a contract ran beyond its first year."""
    return row.ended_on is None or row.ended_on > months_after(row.started_on, YEAR)


def _renewed(hoster: Hoster, today: date) -> Share:
    rows = list(past_their_year(hoster, today).only("started_on", "ended_on"))
    return Share(Decimal(sum(map(went_on, rows))), Decimal(len(rows)))
