"""From announced debits to a numbered file for the bank, to its money, or to a rejection."""

import hashlib
from datetime import date, timedelta
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid5

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import DebitBatch, DebitOrder, Invoice, NumberSeries, Payment
from billing.numbering import take_number
from billing.payments.recording import record_payment
from billing.payments.rows import NOT_YET, Movement, PaymentRefused
from billing.payments.undoing import take_back
from billing.sepa.announcing import bank_day
from billing.sepa.mandates import MandateRefused
from billing.sepa.pain008 import debit_file
from billing.sepa.reasons import words_for
from hosters.models import Hoster, User

State = DebitOrder.State
LEAD = timedelta(days=1)  # a bank wants the file the day before at the latest


def ready_orders(hoster: Hoster, *, until: date) -> "QuerySet[DebitOrder]":
    """The announced debits whose day comes by then."""
    rows = DebitOrder.objects.filter(hoster=hoster, state=State.ANNOUNCED, collect_on__lte=until)
    return rows.select_related("invoice__organization", "mandate").order_by("collect_on", "pk")


@transaction.atomic
def make_batch(*, hoster: Hoster, scheme: str, until: date, key: UUID, by: User) -> DebitBatch:
    """One numbered file with the debits whose day comes by then. What was paid meanwhile is left out, and what is owed
    no longer is never asked. The same form sent twice makes one file.

    Raises:
        MandateRefused: nothing is ready, or the hoster's account or identifier is missing.
    """
    Hoster.objects.select_for_update(of=("self",)).get(pk=hoster.pk)  # one file at a time
    if made := DebitBatch.objects.filter(key=key).first():
        return made
    if not (hoster.sepa_ics and hoster.iban):
        raise MandateRefused(_("Il manque votre IBAN ou votre identifiant créancier SEPA dans les réglages."))
    announced = list(ready_orders(hoster, until=until).filter(mandate__scheme=scheme))
    orders = [order for order in announced if _still_due(order)]
    if not orders:
        raise MandateRefused(_("Aucun prélèvement n’est à remettre pour cette période."))
    file = debit_file(hoster=hoster, scheme=scheme, orders=orders)
    today = timezone.localdate()
    batch = DebitBatch.objects.create(
        hoster=hoster,
        number=take_number(hoster=hoster, kind=NumberSeries.Kind.DEBIT, on=today),
        scheme=scheme,
        message_id=file.message_id,
        total=sum((order.amount for order in orders), Decimal(0)),
        content=file.content,
        sha256=hashlib.sha256(file.content.encode()).hexdigest(),
        key=key,
        made_by=by,
    )
    for order in orders:
        order.state, order.batch = State.SENT, batch
        order.save(update_fields=["state", "batch", "amount", "collect_on"])
    return batch


@transaction.atomic
def collect_batch(*, batch: DebitBatch, on: date, by: User) -> None:
    """The bank paid the batch: each debit that was not rejected pays its invoice. Twice is harmless.

    Raises:
        PaymentRefused: every debit came back, or the day is to come.
    """
    held = DebitBatch.objects.select_for_update(of=("self",)).get(pk=batch.pk)
    if held.collected_on is None and not held.orders.filter(state=State.SENT).exists():
        raise PaymentRefused(
            _("Tous les prélèvements de cette remise sont revenus : il n’y a rien à encaisser.")
        )
    for order in held.orders.filter(state=State.SENT).select_related("invoice").order_by("pk"):
        order.payment = record_payment(
            invoice=order.invoice,
            amount=order.amount,
            received_on=on,
            method=Payment.Method.DEBIT,
            reference=order.end_to_end,
            key=_key(order, "collected"),
            by=by,
            keep_excess=True,
        )
        order.state = State.COLLECTED
        order.save(update_fields=["payment", "state"])
    if held.collected_on is None:
        held.collected_on = on
        held.save(update_fields=["collected_on"])


@transaction.atomic
def reject_order(*, order: DebitOrder, code: str, reason: str, on: date, by: User) -> None:
    """The bank refused a debit or sent it back: its payment, if there was one, is taken back by an opposite row, and
    the invoice is to be paid again (SEP-05). Twice is harmless.

    Raises:
        PaymentRefused: the debit never went to the bank, or the day is to come or before its payment.
    """
    held = DebitOrder.objects.select_for_update(of=("self",)).get(pk=order.pk)
    if held.state == State.REJECTED:
        return
    if held.state not in (State.SENT, State.COLLECTED):
        raise PaymentRefused(_("Ce prélèvement n’est pas parti à la banque."))
    if on > timezone.localdate():
        raise PaymentRefused(str(NOT_YET))
    words = reason or words_for(code)
    if held.payment is not None:
        movement = Movement(
            on=on,
            method="",
            reference="",
            key=_key(held, "rejected"),
            by=by,
            reason=f"{code} {words}".strip(),
        )
        take_back(payment=held.payment, kind=Payment.Kind.REJECTED, movement=movement)
    held.state, held.code, held.reason = State.REJECTED, code[:4], words[:200]
    held.save(update_fields=["state", "code", "reason"])


@transaction.atomic
def cancel_order(*, order: DebitOrder, reason: str) -> None:
    """Give up a debit that was only announced. Twice is harmless.

    Raises:
        PaymentRefused: the bank has it already.
    """
    held = DebitOrder.objects.select_for_update(of=("self",)).get(pk=order.pk)
    if held.state == State.CANCELLED:
        return
    if held.state != State.ANNOUNCED:
        raise PaymentRefused(_("Ce prélèvement est déjà à la banque : c’est à elle qu’il faut le demander."))
    held.state, held.reason = State.CANCELLED, reason[:200]
    held.save(update_fields=["state", "reason"])


def _still_due(order: DebitOrder) -> bool:
    """Whether the debit still asks for something; its amount and day become those of the file."""
    due = Invoice.objects.get(pk=order.invoice_id).balance()
    if due <= 0 or order.mandate.revoked_at is not None:
        cancel_order(order=order, reason=_("réglé autrement, ou mandat révoqué"))
        return False
    order.amount = min(order.amount, due)
    order.collect_on = bank_day(max(order.collect_on, timezone.localdate() + LEAD))
    return True


def _key(order: DebitOrder, act: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"debit:{order.hoster_id}:{order.end_to_end}:{act}")
