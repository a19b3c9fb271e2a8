"""A person confirms what a line of the bank is, or undoes it: payments are written, never erased."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from django.db import transaction
from django.utils.translation import gettext as _

from billing.models import BankEntry, DebitBatch, DebitOrder, Invoice, Payment
from billing.payments.recording import record_receipt
from billing.payments.rows import Entry, Movement, PaymentRefused
from billing.payments.undoing import take_back
from billing.sepa.collecting import collect_batch, reject_order
from hosters.models import User

State = BankEntry.State
#: The code of a debit that came back without its reason, until the bank tells it (ISO 20022: narrative).
UNTOLD = "NARR"


@transaction.atomic
def confirm_payment(*, entry: BankEntry, parts: Sequence[tuple[Invoice, Decimal]], by: User) -> None:
    """The line pays these invoices, whole: what exceeds one is kept for its association. Doing it twice is harmless.

    Raises:
        PaymentRefused: the parts are not the amount of the line, or a payment cannot be recorded.
    """
    locked = _waiting(entry)
    if locked is None:
        return
    if not parts or sum((amount for _invoice, amount in parts), Decimal(0)) != locked.amount:
        raise PaymentRefused(_("Les montants ne font pas celui de la ligne. Rechargez la page."))
    movement = Movement(
        on=locked.booked_on,
        method=Payment.Method.TRANSFER,
        reference=locked.label,
        key=_key(locked),
        by=by,
    )
    entries = [Entry(invoice, amount) for invoice, amount in parts]
    record_receipt(entries=entries, movement=movement, keep_excess=True)
    _close(locked, State.MATCHED, movement=movement.key)


@transaction.atomic
def confirm_batch(*, entry: BankEntry, batch: DebitBatch, by: User) -> None:
    """The line is the money of a batch of debits.

    Raises:
        PaymentRefused: another amount, or the batch is collected already.
    """
    locked = _waiting(entry)
    if locked is None:
        return
    if DebitBatch.objects.with_awaited().get(pk=batch.pk).awaited != locked.amount:  # type: ignore[attr-defined]
        raise PaymentRefused(_("Ce n’est pas ce que la banque doit encore payer de cette remise."))
    collect_batch(batch=batch, on=locked.booked_on, by=by)
    _close(locked, State.MATCHED, batch=batch)


@transaction.atomic
def confirm_return(*, entry: BankEntry, order: DebitOrder, by: User) -> None:
    """The line is a debit that the bank sent back: its invoice is open again.

    Raises:
        PaymentRefused: the debit cannot be rejected any more.
    """
    locked = _waiting(entry)
    if locked is None:
        return
    reject_order(order=order, code=UNTOLD, reason=locked.label[:200], on=locked.booked_on, by=by)
    _close(locked, State.MATCHED, batch=order.batch)


@transaction.atomic
def ignore(*, entry: BankEntry) -> None:
    """The line has nothing to do with an invoice."""
    if locked := _waiting(entry):
        _close(locked, State.IGNORED)


@transaction.atomic
def undo(*, entry: BankEntry, by: User) -> None:
    """The match was wrong: its payments are taken back by opposite rows, but those that somebody took back already; the
    line waits again.

    Raises:
        PaymentRefused: the line is a batch of debits (each debit is rejected by itself).
    """
    locked = BankEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    if locked.state == State.WAITING:
        return
    if locked.batch_id:
        raise PaymentRefused(
            _("Une remise ne se défait pas d’un coup : notez le rejet de chaque prélèvement revenu.")
        )
    if locked.movement:
        standing = Payment.objects.filter(movement=locked.movement, corrections=None)
        for payment in standing.select_related("invoice"):
            movement = Movement(
                on=locked.booked_on,
                method=payment.method,
                reference=payment.reference,
                key=uuid4(),
                by=by,
                reason=_("rapprochement défait"),
            )
            take_back(payment=payment, kind=Payment.Kind.CORRECTED, movement=movement)
    locked.state, locked.movement, locked.turn = State.WAITING, None, locked.turn + 1
    locked.save(update_fields=["state", "movement", "turn"])


def _waiting(entry: BankEntry) -> BankEntry | None:
    """The line, held, if nobody dealt with it meanwhile."""
    locked = BankEntry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
    return locked if locked.state == State.WAITING else None


def _key(entry: BankEntry) -> UUID:
    """The same for the same line until its match is undone, so that no line pays twice."""
    return uuid5(NAMESPACE_URL, f"bank:{entry.hoster_id}:{entry.identity}:{entry.turn}")


def _close(
    entry: BankEntry, state: BankEntry.State, *, movement: UUID | None = None, batch: DebitBatch | None = None
) -> None:
    entry.state, entry.movement, entry.batch = state, movement, batch
    entry.save(update_fields=["state", "movement", "batch"])
