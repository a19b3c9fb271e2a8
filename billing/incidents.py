"""A breakdown set against what the contract promises: were both delays kept, and what is owed if not (003-035)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from billing.clauses.service_level import COVERAGES, PENALTIES, SERVICE_LEVEL
from billing.conditions import conditions_of
from billing.documents.wording import day
from billing.invoicing.credit_notes import CreditRefused, issue_credit_note, spread
from billing.models import Invoice, Subscription
from billing.subscriptions.periods import lines_on
from billing.totals import bill_of
from hosters.models import User
from offers.service_hours import Coverage, deadline, elapsed
from pricing.engine import Cadence
from pricing.engine.money import HUNDRED, ZERO, cents

HOUR = timedelta(hours=1)


@dataclass(frozen=True)
class Agreed:
    """What a contract promises: hours to answer and to restore, when they run, and percents of the monthly price for
    each hour begun too late, up to a ceiling."""

    gti: int
    gtr: int
    coverage: Coverage
    percent: int
    ceiling: int


@dataclass(frozen=True)
class Breakdown:
    """When it was told, when somebody took it in hand, when it worked again; Paris time, as typed."""

    told_at: datetime
    taken_at: datetime
    restored_at: datetime


@dataclass(frozen=True)
class Verdict:
    """Whether each delay was kept, until when it ran, the hours begun beyond, and what is owed (EUR)."""

    take_by: datetime
    restore_by: datetime
    taken_in_time: bool
    restored_in_time: bool
    hours_late: int
    percent: int
    owed: Decimal


def agreed_of(subscription: Subscription) -> Agreed | None:
    """What the contract of a subscription promises; None when it promises no delay, is over, or is older than these
    figures."""
    if subscription.ended_on:
        return None
    values = {each["code"]: each.get("values") for each in conditions_of(subscription.quote).clauses}
    level, penalties = (
        values.get(SERVICE_LEVEL.code),
        values.get(PENALTIES.code) or {"percent": 0, "ceiling": 0},
    )
    if not level:
        return None
    return Agreed(
        gti=int(level["gti"]),
        gtr=int(level["gtr"]),
        coverage=COVERAGES[level["calendar"]],
        percent=int(penalties["percent"]),
        ceiling=int(penalties["ceiling"]),
    )


def judge(*, subscription: Subscription, agreed: Agreed, breakdown: Breakdown) -> Verdict:
    """What the promise makes of a breakdown: each hour begun too late counts, until the ceiling."""
    waited = elapsed(breakdown.told_at, breakdown.taken_at, agreed.coverage)
    lasted = elapsed(breakdown.told_at, breakdown.restored_at, agreed.coverage)
    late = max(0, -((agreed.gtr * HOUR - lasted) // HOUR))
    percent = min(agreed.percent * late, agreed.ceiling)
    return Verdict(
        take_by=deadline(breakdown.told_at, agreed.gti, agreed.coverage),
        restore_by=deadline(breakdown.told_at, agreed.gtr, agreed.coverage),
        taken_in_time=waited <= agreed.gti * HOUR,
        restored_in_time=not late,
        hours_late=late,
        percent=percent,
        owed=cents(monthly_price(subscription, breakdown.told_at) * percent / HUNDRED),
    )


def monthly_price(subscription: Subscription, on: datetime) -> Decimal:
    """What a month of the service costs that day (EUR, as the client pays it): no set-up, membership or welcome."""
    lines = [line for line in lines_on(subscription, on.date()) if line.cadence == Cadence.PERIOD]
    return sum((bill_of([line]).gross / line.term_months for line in lines if not line.periods), ZERO)


@transaction.atomic
def credit_breakdown(
    *, subscription: Subscription, breakdown: Breakdown, verdict: Verdict, by: User, key: UUID
) -> Invoice:
    """Give back what is owed, on the latest invoice of the contract; the same form sent twice gives it once.

    Raises:
        CreditRefused: nothing is owed, there is no invoice yet, or less is left of it.
    """
    sales = Invoice.objects.filter(subscription=subscription, kind=Invoice.Kind.INVOICE, fees=False)
    invoice = sales.order_by("-issued_on", "-pk").first()
    if invoice is None or not verdict.owed:
        raise CreditRefused(_("Rien n’est dû, ou aucune facture n’est encore émise pour ce contrat."))
    lines = spread(invoice=invoice, gross=verdict.owed)
    return issue_credit_note(invoice=invoice, lines=lines, reason=_reason(breakdown, verdict), by=by, key=key)


def _reason(breakdown: Breakdown, verdict: Verdict) -> str:
    hours = ngettext("%(n)s heure commencée", "%(n)s heures commencées", verdict.hours_late)
    told = {
        "told": _moment(breakdown.told_at),
        "restored": _moment(breakdown.restored_at),
        "hours": hours % {"n": verdict.hours_late},
        "percent": verdict.percent,
    }
    return (
        _(
            "Panne signalée le %(told)s et rétablie le %(restored)s : %(hours)s au-delà du délai promis, soit "
            "%(percent)s %% du prix du mois"
        )
        % told
    )


def _moment(value: datetime) -> str:
    return _("%(day)s à %(time)s") % {"day": day(value.date()), "time": value.strftime("%H:%M")}
