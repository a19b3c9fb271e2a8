"""The daily work on subscriptions: invoices that are due, ends and renewals that came. Missed days are caught up.

What is left to do is in the columns of the row (`next_invoice_on`, `ends_on`, `commitment_until`); each step is one
transaction under the lock of its row, so that running twice, or in several processes at once, does nothing twice.
"""

import logging
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from billing.invoicing.periods import issue_invoices
from billing.models import Subscription, SubscriptionEnd
from billing.subscriptions.closing import close_subscription
from billing.subscriptions.ends import decide_end
from billing.subscriptions.plans import plan_end
from billing.subscriptions.renewal_notices import send_due_notices
from billing.subscriptions.renewals import renew
from billing.subscriptions.starting import plan_next_invoice
from billing.subscriptions.trials import follow_trials
from hosters.models import Hoster

TERM = SubscriptionEnd.Reason.TERM
logger = logging.getLogger("chatiere.billing")


@dataclass
class Run:
    """What a run did: invoices, subscriptions ended or renewed, notices of renewal, keys of what failed."""

    issued: int = 0
    ended: int = 0
    renewed: int = 0
    noticed: int = 0
    failed: tuple[int, ...] = ()


def run_billing(*, as_of: date | None = None) -> Run:
    """Do everything due on a day, for all hosters. A subscription that fails stops no other, and is tried again.

    `as_of` None: today in the time zone of the project, wherever the process runs.
    """
    day = as_of or timezone.localdate(timezone=timezone.get_default_timezone())
    run = Run()
    with scopes_disabled():
        waiting = list(Subscription.objects.awaiting(day).order_by("pk").values_list("pk", "hoster_id"))
        hosters = Hoster.objects.in_bulk()
    for pk, hoster in waiting:
        with scope(hoster=hosters[hoster]):
            _bring_up(pk, day, run)
    for each in hosters.values():
        with scope(hoster=each):
            run.noticed += send_due_notices(day=day)
            follow_trials(day=day)
    return run


def _bring_up(pk: int, day: date, run: Run) -> None:
    try:
        while _step(pk, day, run):
            pass
    except Exception:  # one broken contract must not keep the others from their invoices
        logger.exception("subscription %s: not brought up to %s", pk, day)
        run.failed += (pk,)


@transaction.atomic
def _step(pk: int, day: date, run: Run) -> bool:
    """The next thing to do; False when there is none, or when another process is at it."""
    rows = Subscription.objects.select_for_update(of=("self",), skip_locked=True).awaiting(day)
    found = rows.filter(pk=pk).select_related("hoster", "quote", "organization").first()
    if found is None:
        return False
    last = min(day, found.ends_on or day)
    if found.stops_soon(day):
        decide_end(
            subscription=found, plan=plan_end(subscription=found, received_on=day, reason=TERM), by=None
        )
    elif found.next_invoice_on is not None and found.next_invoice_on <= last:
        months = found.months_begun(found.next_invoice_on)
        run.issued += len(issue_invoices(subscription=found, months=months))
        plan_next_invoice(found, after=months)
    elif found.ends_on is not None and found.ends_on < day:
        close_subscription(subscription=found)
        run.ended += 1
    elif found.commitment_until is not None and found.commitment_until < day and found.ends_on is None:
        renew(subscription=found)
        run.renewed += 1
    else:
        return False
    return True
