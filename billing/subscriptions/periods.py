"""The periods of a subscription: which lines are due when, and what the last period of a contract owes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from billing.due import YEAR, committed_months, is_due
from billing.models import Invoice, InvoiceLine, QuoteLine, Subscription
from pricing.engine import Cadence
from pricing.engine.money import cents
from pricing.periods import months_after

DAY = timedelta(days=1)
#: No line waits longer: the longest term sold is five years (`pricing.engine.terms`).
FARTHEST = 120  # months


def due_lines(subscription: Subscription, months: int) -> list[QuoteLine]:
    """The lines due that many months after the start; none on most months of an annual subscription.

    Once an end is decided: nothing after the last day, a period begun after the notice owes its own days only, and
    no membership begins after it (INV-22).
    """
    if _after_the_last_term(subscription, months):
        return []
    due = [line for line in lines_on(subscription, subscription.day(months)) if is_due(line, months)]
    if subscription.replaces_id:  # a change asks no other set-up fee; work written by hand is due
        due = [line for line in due if line.cadence != Cadence.ONE_OFF or not _of_an_offer(line)]
    if subscription.ends_on is None:
        return due
    start = subscription.day(months)
    if start > subscription.ends_on:
        return []
    if subscription.leaving_since is None or start <= subscription.leaving_since:
        return due
    return [_until_the_end(subscription, line, months) for line in due if line.cadence != Cadence.YEARLY]


def _after_the_last_term(subscription: Subscription, months: int) -> bool:
    """A contract that is not renewed owes nothing beyond its term, before its end is even written (002-042)."""
    tacit = subscription.renewal == Subscription.Renewal.TACIT
    term = subscription.commitment_until
    return not tacit and term is not None and subscription.day(months) > term


def lines_on(subscription: Subscription, day: date) -> list[QuoteLine]:
    """The lines of a contract for a period that begins that day: those of its quote, or of the change of price that
    then holds (CON-07); the latter are never saved."""
    change = subscription.change_on(day)
    if change is None:
        return subscription.quote.kept_lines
    return [_from_json(subscription, values) for values in change.lines]


def _from_json(subscription: Subscription, values: dict[str, Any]) -> QuoteLine:
    fields = {each.name: each for each in QuoteLine._meta.concrete_fields}
    typed = {name: fields[name].to_python(value) for name, value in values.items()}
    return QuoteLine(quote=subscription.quote, **typed)


def owed_lines(subscription: Subscription, months: int) -> list[QuoteLine]:
    """The lines to invoice: a membership is of the organisation, once a year, whatever its contracts (002-117)."""
    lines = due_lines(subscription, months)
    if not any(_is_membership(line) for line in lines):
        return lines
    labels = memberships_paid(subscription, subscription.day(months))
    return [line for line in lines if not (_is_membership(line) and line.label in labels)]


def memberships_paid(subscription: Subscription, on: date) -> set[str]:
    """What the organisation paid for the year that holds that day by its other contracts; a planned one has no key."""
    paid = InvoiceLine.objects.filter(
        invoice__organization=subscription.organization_id,
        invoice__kind=Invoice.Kind.INVOICE,
        invoice__period_start__gt=months_after(on, -YEAR),
        invoice__period_start__lte=on,
        cadence=Cadence.YEARLY,
        taken_back=None,
    )
    if subscription.pk:
        paid = paid.exclude(invoice__subscription=subscription)
    return set(paid.values_list("label", flat=True))


def next_due(subscription: Subscription, after: int = -1) -> int | None:
    """The first month after that one on which something is due, counted from the start; None: nothing any more."""
    later = range(after + 1, after + 1 + FARTHEST)
    return next((months for months in later if due_lines(subscription, months)), None)


def covered(lines: list[QuoteLine]) -> int:
    """How many months an invoice covers: the shortest period on it, a year when only a membership is due."""
    return min((line.term_months for line in lines if line.cadence == Cadence.PERIOD), default=YEAR)


def last_day_of(subscription: Subscription, lines: list[QuoteLine], months: int) -> date:
    """The last day that an invoice covers, never beyond the end of the contract."""
    last = subscription.day(months + covered(lines)) - DAY
    leaving = subscription.leaving_since is not None and subscription.day(months) > subscription.leaving_since
    return min(last, subscription.ends_on) if leaving and subscription.ends_on else last


def commitment_months(subscription: Subscription) -> int | None:
    """How long the association commits at a time: the longest period that it pays in advance; None for none."""
    return committed_months(subscription.quote.kept_lines)


def commitment_end(subscription: Subscription, on: date) -> date | None:
    """The last day of the commitment that runs that day; None when nothing comes back."""
    months = commitment_months(subscription)
    if months is None:
        return None
    begun = max(0, subscription.months_begun(on)) // months
    return subscription.day((begun + 1) * months) - DAY


def _is_membership(line: QuoteLine) -> bool:
    """What a tariff asks each year is its membership; a person may write other yearly lines by hand."""
    return line.cadence == Cadence.YEARLY and _of_an_offer(line)


def _of_an_offer(line: QuoteLine) -> bool:
    return not line.quote.items.filter(position=line.item, offer=None).exists()


def prorated(line: QuoteLine, *, amount: Decimal, label: str, rule: str) -> QuoteLine:
    """A line to invoice once (EUR, as the client pays it), with the VAT of another; never saved."""
    return _copied(
        line,
        label=label[:200],
        rule=rule,
        quantity=Decimal(1),
        unit="",
        whole=False,
        cadence=Cadence.ONE_OFF.value,
        amount=cents(amount),
        typed_amount=cents(amount),
        tax_included=True,
    )


def _until_the_end(subscription: Subscription, line: QuoteLine, months: int) -> QuoteLine:
    """The line for the days left, when its period goes beyond the last day."""
    if line.cadence != Cadence.PERIOD or subscription.ends_on is None:
        return line
    start, after = subscription.day(months), subscription.day(months + line.term_months)
    days, whole = (subscription.ends_on - start).days + 1, (after - start).days
    if days >= whole:
        return line
    words = {"rule": line.rule, "days": days, "whole": whole}
    return _copied(
        line,
        typed_amount=cents(line.typed_amount * days / whole),
        amount=cents(line.amount * days / whole),
        rule=(_("%(rule)s – jusqu’à la fin du contrat : %(days)s jours sur %(whole)s") % words)[:400],
        whole=True,
    )


def _copied(line: QuoteLine, **changes: object) -> QuoteLine:
    """A line that is never saved: the frozen one with other values."""
    values = {field.attname: getattr(line, field.attname) for field in QuoteLine._meta.concrete_fields}
    return QuoteLine(**values | changes)
