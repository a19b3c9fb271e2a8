"""Which reminders are due, and sending each once. They stop with the payment, a debit under way, or a pause.

The steps go one after the other, a week apart at least: somebody who was forgotten is first told kindly, however late.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from decimal import Decimal

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django_scopes import scope

from billing.invoicing.fees import companion_of
from billing.models import DebitOrder, Invoice, Reminder, ReminderPause, ReminderPlan
from billing.people import reader_of_invoices
from hosters.mail import queue_mail
from hosters.models import Hoster

#: Nobody wants to be reminded at night or on a Sunday (hours in Europe/Paris, the last one excluded).
HOURS = range(8, 20)
SATURDAY = 5  # date.weekday()
APART = timedelta(days=7)
READ_AT_ONCE = 60  # invoices; more than the page shows, as the one after may go with the last
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


def due_reminders(hoster: Hoster, *, until: date) -> Iterator[Due]:
    """The next reminder of each unpaid invoice, if its day comes by then; the oldest invoices first. A membership is
    issued right after its sale: what is as late leaves in one letter."""
    held: Due | None = None
    for due in _one_by_one(hoster, until):
        if held and _one_debt(held, due):
            held = replace(held, fees=due.invoice)
            continue
        if held:
            yield held
        held = due
    if held:
        yield held


def _one_debt(sale: Due, fees: Due) -> bool:
    """Whether a membership is due with this sale, and as late."""
    if sale.invoice.subscription_id is None or (sale.step, sale.on) != (fees.step, fees.on):
        return False
    told = [(each.invoice.subscription_id, each.invoice.period_start) for each in (sale, fees)]
    return told[0] == told[1] and fees.invoice.fees and not sale.invoice.fees


def _one_by_one(hoster: Hoster, until: date) -> Iterator[Due]:
    """Invoices are read some at a time: whoever looks at the first ones does not wait for the others."""
    due = list(_due(hoster, until))
    for first in range(0, len(due), READ_AT_ONCE):
        some = due[first : first + READ_AT_ONCE]
        rows = Invoice.objects.with_paid().select_related("organization", "hoster", "contact")
        invoices = rows.in_bulk([pk for pk, _step, _on in some])
        yield from (Due(invoices[pk], step, on) for pk, step, on in some)


def _due(hoster: Hoster, until: date) -> Iterator[tuple[int, int, date]]:
    """The invoice, the step and the day of each reminder."""
    days = plan_of(hoster).days()
    for pk, due_on, last_step, last_sent in _to_remind(hoster, until):
        step = (last_step or 0) + 1
        if step > len(days):
            continue
        on = due_on + timedelta(days=days[step - 1])
        if last_sent:
            on = max(on, timezone.localdate(last_sent) + APART)
        if on <= until:
            yield pk, step, on


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


def _to_remind(hoster: Hoster, until: date) -> "Iterable[tuple[int, date, int | None, datetime | None]]":
    """Invoices that may be reminded of: their key, their day, the last reminder and when it left."""
    under_way = DebitOrder.objects.filter(hoster=hoster, state__in=DebitOrder.UNDER_WAY)
    rows = Invoice.objects.filter(hoster=hoster, due_on__lt=until).unpaid()
    paused = ReminderPause.objects.filter(organization__hoster=hoster, until__gte=until)
    rows = rows.exclude(organization__in=paused.values("organization"))  # short lists: the late invoices lead
    rows = rows.exclude(pk__in=under_way.values("invoice"))
    counted = rows.order_by("due_on", "pk").values("pk", "due_on")
    counted = counted.annotate(last_step=Max("reminders__step"), last_sent=Max("reminders__queued_at"))
    return counted.values_list("pk", "due_on", "last_step", "last_sent")


@transaction.atomic
def _send(due: Due) -> bool:
    reminder, new = Reminder.objects.get_or_create(invoice=due.invoice, step=due.step)
    if due.fees:
        Reminder.objects.get_or_create(invoice=due.fees, step=due.step)
    if new:
        to = reader_of_invoices(due.invoice.contact).email
        queue_mail(hoster=due.invoice.hoster, kind=due.mail, to=to, reference=reminder.pk)
    return new
