"""What a change of contract does, worked out before anybody accepts it: what is shown is what applies (001-014)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import Quote, QuoteLine, Subscription
from billing.subscriptions.periods import DAY, lines_on, owed_lines, prorated
from billing.totals import bill_of
from crm.models import Request
from pricing.dates import date_format
from pricing.engine import Cadence
from pricing.engine.money import ZERO


def subscription_to_change(quote: Quote) -> Subscription | None:
    """The running contract that a quote changes: the one named by the request that it answers."""
    keys = [quote.request_key]
    former = quote.former
    while former is not None:
        keys.append(former.request_key)
        former = former.former
    asked = Request.objects.filter(key__in=keys, kind=Request.Kind.CHANGE).first()
    if asked is None or "subscription" not in asked.details:
        return None
    running = Subscription.objects.active().filter(
        pk=asked.details["subscription"], organization=quote.organization_id, ends_on=None
    )
    return running.select_related("quote").first()


def contract_taking_over(quote: Quote) -> Subscription | None:
    """The contract that a quote would begin today in the place of the one it changes; None: it changes none."""
    running = subscription_to_change(quote)
    return _taking_over(running, quote) if running else None


def _taking_over(subscription: Subscription, quote: Quote) -> Subscription:
    """Never saved: only to ask what it owes."""
    _months, boundary = _months_left(subscription, timezone.localdate())
    return Subscription(
        hoster=quote.hoster,
        organization=quote.organization,
        quote=quote,
        started_on=subscription.day(boundary),
        term_months=quote.term_months,
        replaces=subscription,
    )


@dataclass(frozen=True)
class Effect:
    """What accepting a change does that day: the first day of the new contract, what is asked at once (EUR) and the
    first invoice of the new contract."""

    begins: date
    months: int
    difference: list[QuoteLine]
    first: Decimal

    @property
    def now(self) -> Decimal:
        return bill_of(self.difference).gross


def effect_of(*, subscription: Subscription, quote: Quote) -> Effect:
    """What the acceptance of a quote would change today; nothing is written (001-014)."""
    today = timezone.localdate()
    months, _boundary = _months_left(subscription, today)
    new = _taking_over(subscription, quote)
    begins = new.started_on
    before, after = lines_on(subscription, today), quote.kept_lines
    dearer = bool(months) and _monthly(after) > _monthly(before)
    return Effect(
        begins=begins,
        months=months,
        difference=_difference(before, after, months, begins) if dearer else [],
        first=bill_of(owed_lines(new, 0)).gross,
    )


def _months_left(subscription: Subscription, today: date) -> tuple[int, int]:
    """Whole months left of the period that is paid, and the month at which the next one begins.

    On the very day of an invoice, which left this morning, its first month counts as begun.
    """
    begun = subscription.months_begun(today)
    begun += subscription.day(begun) < today or begun % subscription.term_months == 0
    boundary = -(-begun // subscription.term_months) * subscription.term_months
    return boundary - begun, boundary


def _regular(lines: Iterable[QuoteLine]) -> list[QuoteLine]:
    """What comes back at each period, without a welcome discount."""
    return [line for line in lines if line.cadence == Cadence.PERIOD and line.periods is None]


def _monthly(lines: Iterable[QuoteLine]) -> Decimal:
    return sum((line.amount / line.term_months for line in _regular(lines)), ZERO)


def _difference(
    before: Iterable[QuoteLine], after: Iterable[QuoteLine], months: int, begins: date
) -> list[QuoteLine]:
    """The months left at the new price, less what is already paid for them: one line for each rate of VAT."""
    told = {"months": months, "day": date_format(begins - DAY, "j F Y")}
    paid = _("Déjà payé pour ces %(months)s mois") % told
    asked = _("Nouveau contrat : %(months)s mois, jusqu’au %(day)s") % told
    return [*_for_months(after, months, asked, 1), *_for_months(before, months, paid, -1)]


def _for_months(lines: Iterable[QuoteLine], months: int, label: str, sign: int) -> list[QuoteLine]:
    """The price of so many months, by rate."""
    groups: dict[tuple[str, Decimal], list[QuoteLine]] = defaultdict(list)
    for line in _regular(lines):
        groups[line.category, line.rate].append(line)
    return [
        prorated(
            same[0],
            amount=sign * sum((each.amount * months / each.term_months for each in same), ZERO),
            label=label,
            rule=_("%(months)s mois entiers, au prix du contrat") % {"months": months},
        )
        for same in groups.values()
    ]
