"""The start of a subscription, by an accepted quote."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from billing.invoicing.periods import issue_invoices
from billing.models import Quote, Subscription
from billing.subscriptions.free_months import first_paid_day
from billing.subscriptions.periods import commitment_end, next_due


def start_subscription(*, quote: Quote, order_number: str = "") -> Subscription:
    """Start what a quote promised, and issue its first invoices: today, or on the day after a trial that runs."""
    on = first_paid_day(quote, timezone.localdate())
    return begin(quote=quote, on=on, order_number=order_number)


@transaction.atomic
def begin(
    *, quote: Quote, on: date, replaces: Subscription | None = None, order_number: str = ""
) -> Subscription:
    """Start what a quote promised on a day, today or later; its first invoice leaves that day."""
    subscription = Subscription.objects.create(
        hoster=quote.hoster,
        organization=quote.organization,
        quote=quote,
        started_on=on,
        term_months=quote.term_months,
        renewal=quote.renewal,
        replaces=replaces,
        order_number=order_number,
    )
    subscription.commitment_until = commitment_end(subscription, on)
    today = on <= timezone.localdate()
    if today:
        issue_invoices(subscription=subscription, months=0)
    plan_next_invoice(subscription, after=0 if today else -1)
    return subscription


def note_order(*, subscription: Subscription, order_number: str) -> None:
    """What the client wants to read on the invoices to come: a public body often has a new order each year."""
    Subscription.objects.filter(pk=subscription.pk).update(order_number=order_number)


def plan_next_invoice(subscription: Subscription, *, after: int) -> None:
    """Write the day of the first invoice due more than `after` months after the start, and the commitment."""
    months = next_due(subscription, after)
    subscription.next_invoice_on = None if months is None else subscription.day(months)
    subscription.save(update_fields=["next_invoice_on", "commitment_until"])
