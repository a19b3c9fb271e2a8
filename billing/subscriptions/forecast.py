"""What a subscription will cost: its next invoice, and every amount of the next twelve months (002-156)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _

from billing.due import YEAR
from billing.models import Subscription
from billing.subscriptions.periods import due_lines, next_due
from billing.totals import bill_of
from pricing.dates import date_format
from pricing.typography import euros


@dataclass(frozen=True)
class Due:
    """An amount to come (EUR): when, for which offer, under which contract."""

    on: date
    label: str
    contract: str
    gross: Decimal


def next_invoice(subscription: Subscription, *, after: date | None = None) -> Due | None:
    """The first invoice due after a day (today by default); None when nothing is left to pay."""
    if subscription.ended_on:
        return None
    months = next_due(subscription, _begun(subscription, after))
    return None if months is None else _due(subscription, months)


def last_invoice(subscription: Subscription, *, after: date | None = None) -> Due | None:
    """The last invoice to come after a day (today by default) of a contract whose end is known; None: none is due.

    A period begun after the notice owes its own days only (`periods.due_lines`).
    """
    if subscription.ended_on or subscription.ends_on is None:
        return None
    months = range(_begun(subscription, after) + 1, subscription.months_begun(subscription.ends_on) + 1)
    return next(filter(None, (_due(subscription, each) for each in reversed(months))), None)


def last_invoice_words(due: Due | None) -> str:
    """What an association that leaves still has to pay, in one sentence."""
    if due is None:
        return _("Dernière facture : celle qui est déjà partie ; rien de plus n’est dû pour ce contrat.")
    told = {"amount": euros(due.gross), "day": date_format(due.on, "j F Y")}
    return (
        _("Dernière facture : %(amount)s, le %(day)s ; rien n’y est compté au-delà du dernier jour.") % told
    )


def budget_of(subscriptions: Iterable[Subscription], *, after: date | None = None) -> list[Due]:
    """Every amount due in the twelve months that follow a day (today by default), the soonest first."""
    found = []
    for each in subscriptions:
        if each.ended_on is None:
            first = _begun(each, after) + 1
            rows = (_due(each, months) for months in range(first, first + YEAR))
            found += [row for row in rows if row is not None]
    return sorted(found, key=lambda due: (due.on, due.contract))


def _due(subscription: Subscription, months: int) -> Due | None:
    lines = due_lines(subscription, months)
    if not lines:
        return None
    quote = subscription.quote
    return Due(subscription.day(months), quote.promise["offer"], quote.number, bill_of(lines).gross)


def _begun(subscription: Subscription, after: date | None) -> int:
    """Months begun on that day; -1 before the start."""
    return max(-1, subscription.months_begun(after or timezone.localdate()))
