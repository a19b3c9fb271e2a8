"""Taking a row back: a rejection by the bank, an error of the person who typed. The invoice is open again (SEP-05)."""

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import Payment
from billing.payments.rows import (
    Entry,
    Movement,
    PaymentRefused,
    already_written,
    locked_invoices,
    write_entries,
)
from pricing.dates import date_format

Kind = Payment.Kind
#: What a bank may send back, and what a person may have typed wrongly.
MAY_BE_TAKEN_BACK = {
    Kind.REJECTED: {Kind.RECEIVED},
    Kind.CORRECTED: {Kind.RECEIVED, Kind.REFUNDED},
}


@transaction.atomic
def take_back(*, payment: Payment, kind: Payment.Kind, movement: Movement) -> Payment:
    """Write the opposite row of a payment, once. `kind` is `REJECTED` or `CORRECTED`; `movement.reason` says why. The
    method and the reference are those of the payment.

    Raises:
        PaymentRefused: without a reason, before the payment, a row that takes back or moves, or one taken back already.
    """
    if not movement.reason.strip():
        raise PaymentRefused(_("Dites pourquoi : ce motif reste avec le paiement."))
    invoice = locked_invoices([payment.invoice])[payment.invoice_id]
    entry = Entry(invoice, -payment.amount, corrects=payment)
    told = Movement(
        on=movement.on,
        method=payment.method,
        reference=payment.reference,
        key=movement.key,
        by=movement.by,
        reason=movement.reason,
    )
    if before := already_written(entries=[entry], kind=kind, movement=told):
        return before[0]
    if payment.kind not in MAY_BE_TAKEN_BACK[kind]:
        raise PaymentRefused(_("Cette ligne ne s’annule pas : elle en corrige ou en déplace une autre."))
    if Payment.objects.filter(corrects=payment).exists():
        raise PaymentRefused(_("Ce paiement a déjà été annulé ou rejeté."))
    if movement.on < payment.received_on:
        day = date_format(payment.received_on, "j F Y")
        raise PaymentRefused(_("Ce paiement est du %(day)s : il ne peut pas revenir avant.") % {"day": day})
    return write_entries(entries=[entry], kind=kind, movement=told)[0]
