"""Which reminders are due, and sending each once. They stop with the payment, a debit under way, or a pause.

The steps go one after the other, a week apart at least: somebody who was forgotten is first told kindly, however late.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django_scopes import scope

from billing.invoicing.fees import companion_of
from billing.models import DebitOrder, Invoice, Reminder, ReminderPlan
from billing.people import reader_of_invoices
from hosters.mail import queue_mail
from hosters.models import Hoster

#: Nobody wants to be reminded at night or on a Sunday (hours in Europe/Paris, the last one excluded).
HOURS = range(8, 20)
SATURDAY = 5  # date.weekday()
APART = timedelta(days=7)
KINDS = ("reminder_first", "reminder_second", "reminder_third")


@dataclass(frozen=True)
class Due:
    """A reminder whose day has come; `step` counts from 1. `fees`: the membership due with the sale, in one letter."""

    invoice: Invoice
    step: int
    on: date
    fees: Invoice | None = None

    @property
    def left(self) -> Decimal:
        """What the letter asks for, EUR."""
        return self.invoice.balance() + (self.fees.balance() if self.fees else 0)

    @property
    def mail(self) -> str:
        return KINDS[self.step - 1]


def plan_of(hoster: Hoster) -> ReminderPlan:
    """The calendar of a hoster; the usual one until they choose theirs."""
    return ReminderPlan.objects.filter(hoster=hoster).first() or ReminderPlan(hoster=hoster)


def run_reminders(*, now: datetime | None = None) -> int:
    """Send the reminders that are due, hoster by hoster (the hourly task), by day and on weekdays.

    Running it again, or twice at once, sends nothing again. Returns how many it queued.
    """
    moment = timezone.localtime(now)
    if moment.hour not in HOURS or moment.weekday() >= SATURDAY:
        return 0
    sent = 0
    for hoster in Hoster.objects.order_by("pk"):
        with scope(hoster=hoster):
            if plan_of(hoster).active:
                sent += sum(_send(due) for due in due_reminders(hoster, until=moment.date()))
    return sent


def due_reminders(hoster: Hoster, *, until: date) -> list[Due]:
    """The next reminder of each unpaid invoice, if its day comes by then; the oldest invoices first."""
    found: dict[object, Due] = {}
    for due in _due_one_by_one(hoster, until):
        sale = due.invoice.subscription_id, due.invoice.period_start, due.step, due.on
        if due.invoice.fees and sale in found:
            found[sale] = replace(found[sale], fees=due.invoice)
        else:
            found[due.invoice.pk if due.invoice.fees or not due.invoice.subscription_id else sale] = due
    return list(found.values())


def _due_one_by_one(hoster: Hoster, until: date) -> Iterator[Due]:
    days = plan_of(hoster).days()
    for invoice in _to_remind(hoster, until):
        step = (invoice.last_step or 0) + 1  # type: ignore[attr-defined]  # an annotation
        if step > len(days):
            continue
        on = invoice.due_on + timedelta(days=days[step - 1])
        if last := invoice.last_sent:  # type: ignore[attr-defined]  # an annotation
            on = max(on, timezone.localdate(last) + APART)
        if on <= until:
            yield Due(invoice, step, on)


def still_due(invoice: Invoice) -> bool:
    """Whether a reminder may still leave: asked again when the mail is written."""
    coming = DebitOrder.objects.filter(invoice=invoice, state__in=DebitOrder.UNDER_WAY).exists()
    return invoice.balance() > 0 and not coming


def told_together(invoice: Invoice) -> list[Invoice]:
    """What one letter reminds of: the sale and its membership, while both wait and were reminded as often."""
    other = companion_of(invoice)
    if other is None or not still_due(other) or other.reminders.count() != invoice.reminders.count():
        return [invoice]
    return [other, invoice] if invoice.fees else [invoice, other]


def _to_remind(hoster: Hoster, until: date) -> list[Invoice]:
    under_way = DebitOrder.objects.filter(hoster=hoster, state__in=DebitOrder.UNDER_WAY)
    rows = Invoice.objects.filter(hoster=hoster, due_on__lt=until).unpaid()
    rows = rows.exclude(organization__reminder_pause__until__gte=until)
    rows = rows.exclude(pk__in=under_way.values("invoice"))
    counted = rows.annotate(last_step=Max("reminders__step"), last_sent=Max("reminders__queued_at"))
    return list(counted.select_related("organization", "hoster", "contact").order_by("due_on", "pk"))


@transaction.atomic
def _send(due: Due) -> bool:
    reminder, new = Reminder.objects.get_or_create(invoice=due.invoice, step=due.step)
    if due.fees:
        Reminder.objects.get_or_create(invoice=due.fees, step=due.step)
    if new:
        to = reader_of_invoices(due.invoice.contact).email
        queue_mail(hoster=due.invoice.hoster, kind=due.mail, to=to, reference=reminder.pk)
    return new
