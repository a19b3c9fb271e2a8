"""Subscriptions that end, for the world of the access tests: their pages, and an end that was decided."""

from collections.abc import Callable
from typing import Any

from django.utils import timezone

from billing.models import Subscription, SubscriptionEnd
from billing.subscriptions.contract_changes import FREE_EXIT, announce_terms
from billing.subscriptions.ends import decide_end
from billing.subscriptions.plans import plan_end

PAGES = (
    "subscription",
    "subscription_end",
    "contract_change",
    "subscription_undo_end",
    "subscription_order",
    "subscription_extend",
    "subscription_erase",
    "support",
    "support_allowance",
    "incident",
)

#: What each captured argument is.
LEAVING_ARGUMENTS: dict[str, Callable[[Any, Any], dict[str, object]]] = {
    **dict.fromkeys(
        [f"staff:{page}" for page in PAGES],
        lambda tenant, asking: {"pk": asking.invoice.subscription_id},
    ),
    "staff:contract_change_withdraw": lambda tenant, asking: {
        "pk": asking.invoice.subscription.contract_changes.earliest("pk").pk
    },
    "staff:trial_new": lambda tenant, asking: {"pk": asking.quote.organization_id},
    "staff:close_termination": lambda tenant, asking: {"pk": asking.termination.pk},
    "staff:termination": lambda tenant, asking: {"pk": asking.termination.pk},
}


def leave(subscription: Subscription) -> None:
    """Announce a change, then decide its end, of a switch to another hoster: its data have their delays."""
    today = timezone.localdate()
    announce_terms(subscription=subscription, what="Canari", effective_on=today + FREE_EXIT, by=None)
    reason = SubscriptionEnd.Reason.SWITCH
    plan = plan_end(subscription=subscription, received_on=today, reason=reason)
    decide_end(subscription=subscription, plan=plan, by=None)
