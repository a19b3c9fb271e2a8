"""Money received, always for an invoice: there is no payment without one (002-145)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext as _

from billing.models import Invoice, Payment
from billing.payments.cash import cash_limit
from billing.payments.rows import (
    Entry,
    Movement,
    PaymentRefused,
    already_written,
    locked_invoices,
    write_entries,
)
from crm.models import Stage
from crm.stages import advance_stage
from hosters.models import User
from pricing.typography import euros


def record_payment(
    *,
    invoice: Invoice,
    amount: Decimal,
    received_on: date,
    method: str,
    reference: str,
    key: UUID,
    by: User,
    keep_excess: bool = False,
) -> Payment:
    """Record what was received for one invoice (EUR). The same form sent twice records one payment.

    Raises:
        PaymentRefused: see `record_receipt`.
    """
    movement = Movement(on=received_on, method=method, reference=reference, key=key, by=by)
    entries = [Entry(invoice, amount)]
    return record_receipt(entries=entries, movement=movement, keep_excess=keep_excess)[0]


@transaction.atomic
def record_receipt(
    *, entries: Sequence[Entry], movement: Movement, keep_excess: bool = False
) -> list[Payment]:
    """Record one movement that pays one or several invoices. With `keep_excess`, what exceeds an invoice is kept on it
    for the association, until it is sent back or moved.

    Raises:
        PaymentRefused: nothing, more than what is due, too much cash, a credit note, a day to come; or the form was
            used for another payment.
    """
    if any(entry.amount <= 0 for entry in entries):
        raise PaymentRefused(_("Le montant reçu est plus grand que zéro."))
    locked = locked_invoices(entry.invoice for entry in entries)
    held = [Entry(locked[entry.invoice.pk], entry.amount) for entry in entries]
    if before := already_written(entries=held, kind=Payment.Kind.RECEIVED, movement=movement):
        return before
    for entry in held:
        _check(entry, movement, keep_excess=keep_excess)
    payments = write_entries(entries=held, kind=Payment.Kind.RECEIVED, movement=movement)
    for entry in held:
        advance_stage(
            organization=entry.invoice.organization,
            to=Stage.CLIENT,
            evidence=_("facture %(number)s payée") % {"number": entry.invoice.number},
            by=movement.by,
        )
    return payments


def _check(entry: Entry, movement: Movement, *, keep_excess: bool) -> None:
    invoice, amount = entry.invoice, entry.amount
    if invoice.is_credit:
        raise PaymentRefused(
            _("%(number)s est un avoir : il ne se paie pas. Choisissez la facture.")
            % {"number": invoice.number}
        )
    due = invoice.balance()
    if amount > due and not keep_excess:
        told = {"amount": euros(amount), "due": euros(max(due, Decimal(0))), "number": invoice.number}
        raise PaymentRefused(
            _(
                "%(amount)s dépasse ce qui reste dû sur la facture %(number)s : %(due)s au plus. Si l’argent est "
                "bien là, cochez « garder le trop-perçu »."
            )
            % told
        )
    if movement.method == Payment.Method.CASH:
        _check_cash(invoice, amount, movement.on)


def _check_cash(invoice: Invoice, amount: Decimal, on: date) -> None:
    """The limit is for a debt, not for each of its payments (CASH-01)."""
    limit = cash_limit(on)
    cash = Payment.objects.filter(invoice=invoice, method=Payment.Method.CASH)
    before = cash.aggregate(sum=Sum("amount"))["sum"] or Decimal(0)
    if limit is not None and before + amount > limit:
        told = {"limit": euros(limit), "number": invoice.number}
        raise PaymentRefused(
            _(
                "La loi limite les espèces à %(limit)s pour une même facture (%(number)s). Demandez un virement ou un "
                "chèque pour le reste."
            )
            % told
        )
