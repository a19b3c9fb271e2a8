"""Support minutes: what is included for each period, what is carried over, what was used, what goes beyond (SLE-07).

The allowance is the one that staff agreed with the association, else what the tariff of the accepted quote says
(002-136). Time carried over is used first. What goes beyond a period is said at once and is never carried.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from billing.models import Subscription, SupportAllowance, SupportTime
from crm.models import Contact
from crm.space_roles import Right, roles_with
from hosters.mail import queue_mail
from hosters.models import User
from pricing.engine import Tariff
from pricing.engine.charges import Allowance
from pricing.periods import months_after
from pricing.presentation import period_words

#: What a tariff may count its help in, in minutes: catalogues say minutes, the workshop hours.
MINUTES = {"support_minutes": 1, "hours": 60}
CarryOver = SupportAllowance.CarryOver


@dataclass(frozen=True)
class Agreed:
    """`minutes` every `period_months`; how what is left is carried over."""

    minutes: int
    period_months: int
    carry_over: CarryOver


@dataclass(frozen=True)
class Balance:
    """Where a period stands, in minutes. `over` is what was used beyond everything that was available."""

    included: int
    carried: int
    used: int

    @property
    def available(self) -> int:
        return self.included + self.carried

    @property
    def remaining(self) -> int:
        return max(0, self.available - self.used)

    @property
    def over(self) -> int:
        return max(0, self.used - self.available)


@dataclass(frozen=True)
class Support:
    """The account of minutes of a subscription: the period of today, its balance, and the log (latest first)."""

    subscription: Subscription
    agreed: Agreed
    start: date
    end: date
    balance: Balance
    times: list[SupportTime]

    @property
    def every(self) -> str:
        """`par mois`, `par an`."""
        return period_words(self.agreed.period_months)


def agreed_for(subscription: Subscription) -> Agreed | None:
    """The allowance of a subscription; None when no time is included."""
    own = getattr(subscription, "support_allowance", None)
    if own is not None:
        return Agreed(own.minutes, own.period_months, CarryOver(own.carry_over))
    version = subscription.quote.tariff_version
    return _of_tariff(version.tariff) if version else None


def support_of(subscription: Subscription, *, on: date | None = None) -> Support | None:
    """The account of minutes on a day (today by default); None when no time is included."""
    agreed = agreed_for(subscription)
    if agreed is None:
        return None
    day = max(on or timezone.localdate(), subscription.started_on)
    times = [each for each in subscription.support_times.all() if each.cancelled_at is None]
    index = _period_of(subscription, agreed, day)
    used = [0] * (index + 1)
    for time in times:
        at = _period_of(subscription, agreed, max(time.spent_on, subscription.started_on))
        if at <= index:
            used[at] += time.minutes
    start = _start(subscription, agreed, index)
    end = _start(subscription, agreed, index + 1) - timedelta(days=1)
    log = sorted(subscription.support_times.all(), key=lambda each: (each.spent_on, each.pk), reverse=True)
    return Support(subscription, agreed, start, end, balance(agreed, used), log)


def balance(agreed: Agreed, used: Sequence[int]) -> Balance:
    """The last of successive periods, from the minutes used in each."""
    carried = 0
    for spent in used[:-1]:
        fresh_left = agreed.minutes - max(0, spent - carried)
        old_left = max(0, carried - spent)
        carried = {
            CarryOver.NONE: 0,
            CarryOver.NEXT: max(0, fresh_left),
            CarryOver.ALL: max(0, fresh_left) + old_left,
        }[agreed.carry_over]
    return Balance(agreed.minutes, carried, used[-1])


@transaction.atomic
def agree_allowance(*, subscription: Subscription, agreed: Agreed) -> SupportAllowance:
    """Record what was agreed with one association, in place of what its tariff says."""
    values = {
        "minutes": agreed.minutes,
        "period_months": agreed.period_months,
        "carry_over": agreed.carry_over,
    }
    allowance, _new = SupportAllowance.objects.update_or_create(subscription=subscription, defaults=values)
    return allowance


def record_time(
    *, subscription: Subscription, spent_on: date, minutes: int, what: str, key: UUID, by: User
) -> SupportTime:
    """Write down time spent; when it goes beyond the allowance, the association is told.

    The same form sent twice, even at once, records one row.
    """
    told: dict[str, Any] = {"spent_on": spent_on, "minutes": minutes, "what": what, "recorded_by": by}
    if already := SupportTime.objects.filter(key=key, subscription=subscription).first():
        return already
    try:
        return _record(subscription, key, told)
    except IntegrityError:  # the other one was first
        return SupportTime.objects.get(key=key, subscription=subscription)


@transaction.atomic
def _record(subscription: Subscription, key: UUID, told: dict[str, Any]) -> SupportTime:
    Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
    before = _over(subscription, told["spent_on"])
    time = SupportTime.objects.create(subscription=subscription, key=key, **told)
    if _over(subscription, told["spent_on"]) > before == 0:
        _tell_overrun(subscription, time)
    return time


def cancel_time(*, time: SupportTime) -> None:
    """It was a mistake: the row stays, and no longer counts. Cancelling twice changes nothing."""
    SupportTime.objects.filter(pk=time.pk, cancelled_at=None).update(cancelled_at=timezone.now())


def _over(subscription: Subscription, day: date) -> int:
    """Minutes beyond the allowance in the period of a day, read again from the rows."""
    fresh = Subscription.objects.select_related("quote__tariff_version", "support_allowance").get(
        pk=subscription.pk
    )
    found = support_of(fresh, on=day)
    return found.balance.over if found else 0


def _tell_overrun(subscription: Subscription, time: SupportTime) -> None:
    readers = Contact.objects.current().filter(
        organization=subscription.organization_id, space_role__in=roles_with(Right.SEE_INVOICES)
    )
    for reader in readers.order_by("pk"):
        reference = f"{time.pk}:{reader.pk}"
        queue_mail(hoster=subscription.hoster, kind="support_overrun", to=reader.email, reference=reference)


def _of_tariff(tariff: Tariff) -> Agreed | None:
    shapes = [charge.shape for charge in tariff.charges]
    for shape in shapes:
        if isinstance(shape, Allowance) and shape.metric in MINUTES:
            return Agreed(int(shape.included * MINUTES[shape.metric]), shape.per_months, CarryOver.NONE)
    return None


def _start(subscription: Subscription, agreed: Agreed, index: int) -> date:
    return months_after(subscription.started_on, index * agreed.period_months)


def _period_of(subscription: Subscription, agreed: Agreed, day: date) -> int:
    index = 0
    while _start(subscription, agreed, index + 1) <= day:
        index += 1
    return index
