"""What an invoice received beyond what it asks: sent back, or moved to another invoice of the same association."""

from decimal import Decimal

from django.db import transaction
from django.utils.translation import gettext as _

from billing.invoicing.remaining import refundable_amount
from billing.models import Invoice, Payment
from billing.payments.rows import (
    Entry,
    Movement,
    PaymentRefused,
    already_written,
    locked_invoices,
    write_entries,
)
from pricing.typography import euros


@transaction.atomic
def refund(*, invoice: Invoice, amount: Decimal, movement: Movement) -> Payment:
    """Record what was sent back to the association (EUR), after a credit note or an excess only.

    Raises:
        PaymentRefused: nothing, or more than what the association is owed; the message says the way.
    """
    if amount <= 0:
        raise PaymentRefused(_("Le montant remboursé est plus grand que zéro."))
    locked = locked_invoices([invoice])[invoice.pk]
    entry = Entry(locked, -amount)
    if before := already_written(entries=[entry], kind=Payment.Kind.REFUNDED, movement=movement):
        return before[0]
    _check(locked, amount)
    return write_entries(entries=[entry], kind=Payment.Kind.REFUNDED, movement=movement)[0]


@transaction.atomic
def move_excess(*, source: Invoice, target: Invoice, amount: Decimal, movement: Movement) -> list[Payment]:
    """Use what one invoice received too much to pay another one: two rows, which add up to nothing.

    Raises:
        PaymentRefused: another association, more than the excess, or more than what the other invoice asks.
    """
    if amount <= 0:
        raise PaymentRefused(_("Le montant déplacé est plus grand que zéro."))
    locked = locked_invoices([source, target])
    source, target = locked[source.pk], locked[target.pk]
    entries = [Entry(source, -amount), Entry(target, amount)]
    if before := already_written(entries=entries, kind=Payment.Kind.MOVED, movement=movement):
        return before
    if source.organization_id != target.organization_id:
        raise PaymentRefused(_("Ces deux factures ne sont pas à la même association."))
    _check(source, amount)
    if target.is_credit or amount > target.balance():
        told = {"number": target.number, "due": euros(max(target.balance(), Decimal(0)))}
        raise PaymentRefused(_("La facture %(number)s ne demande plus que %(due)s.") % told)
    return write_entries(entries=entries, kind=Payment.Kind.MOVED, movement=movement)


def _check(invoice: Invoice, amount: Decimal) -> None:
    held = refundable_amount(invoice)
    if amount > held:
        told = {"number": invoice.number, "held": euros(held)}
        raise PaymentRefused(
            _(
                "La facture %(number)s n’a que %(held)s de trop. Pour rendre davantage, émettez d’abord un avoir."
            )
            % told
        )
