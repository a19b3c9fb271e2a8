"""Subscriptions: started by an accepted quote, invoiced in advance, exactly one invoice a period."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from django_scopes import scope, scopes_disabled

from billing.invoices import due_lines, issue_invoice
from billing.models import Invoice, Quote, Subscription


@transaction.atomic
def start_subscription(*, quote: Quote) -> Subscription:
    """Start today what a quote promised, and issue its first invoice."""
    subscription = Subscription.objects.create(
        hoster=quote.hoster,
        organization=quote.organization,
        quote=quote,
        started_on=timezone.localdate(),
        term_months=quote.term_months,
    )
    issue_invoice(subscription=subscription, months=0)
    return subscription


def run_billing(*, as_of: date | None = None) -> int:
    """Issue every invoice due on a day (today by default), for all hosters; missed days are caught up.

    Running it twice, or in several processes at once, issues nothing twice. Returns how many were issued.
    """
    day = as_of or timezone.localdate()
    with scopes_disabled():
        subscriptions = list(Subscription.objects.active().select_related("hoster").order_by("pk"))
    issued = 0
    for subscription in subscriptions:
        with scope(hoster=subscription.hoster):
            issued += _catch_up(subscription, day)
    return issued


def _catch_up(subscription: Subscription, day: date) -> int:
    known = set(Invoice.objects.filter(subscription=subscription).values_list("period_start", flat=True))
    issued, months = 0, 0
    while (start := subscription.day(months)) <= day:
        if start not in known and due_lines(subscription, months):
            issued += issue_invoice(subscription=subscription, months=months) is not None
        months += 1
    return issued
