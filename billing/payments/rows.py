"""Writing rows of payments: the invoices locked, one row each, its part of each VAT rate beside it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID, uuid5

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.ledger.chain import inscribe
from billing.models import Invoice, Payment, PaymentShare
from billing.payments.shares import Part, Rate, parts_of, shares
from billing.standing import note_standing
from hosters.models import User

NOT_YET = _("Ce jour n’est pas encore venu.")
REUSED = _("Ce formulaire a déjà servi pour un autre paiement. Rechargez la page.")


class PaymentRefused(Exception):
    """The payment cannot be recorded; the message says why in French."""


@dataclass(frozen=True)
class Movement:
    """One movement of money, as a person or a bank tells it. `key` is that of the form: sent twice, it acts once."""

    on: date
    method: str
    reference: str
    key: UUID
    by: User
    reason: str = ""


@dataclass(frozen=True)
class Entry:
    """What a movement does to one invoice: EUR, above zero for what comes in."""

    invoice: Invoice
    amount: Decimal
    corrects: Payment | None = None


def locked_invoices(invoices: Iterable[Invoice]) -> dict[int, Invoice]:
    """The invoices as they are now, held until the end of the transaction, always in the same order."""
    keys = {invoice.pk for invoice in invoices}
    rows = Invoice.objects.select_for_update(of=("self",)).select_related("organization", "hoster")
    return {row.pk: row for row in rows.filter(pk__in=keys).order_by("pk")}


def write_entries(*, entries: Iterable[Entry], kind: Payment.Kind, movement: Movement) -> list[Payment]:
    """One row for each entry, inside the caller's transaction; the invoices are locked already.

    Raises:
        PaymentRefused: the movement is dated after today: money is recorded once it moved.
    """
    if movement.on > timezone.localdate():
        raise PaymentRefused(str(NOT_YET))
    written = []
    for position, entry in enumerate(entries):
        payment = Payment.objects.create(
            invoice=entry.invoice,
            kind=kind,
            amount=entry.amount,
            received_on=movement.on,
            method=movement.method,
            reference=movement.reference[:80],
            reason=movement.reason[:200],
            movement=movement.key,
            corrects=entry.corrects,
            key=movement.key if position == 0 else uuid5(movement.key, str(position)),
            recorded_by=movement.by,
        )
        _write_shares(payment)
        inscribe(payment)
        written.append(payment)
    note_standing(payment.invoice_id for payment in written)
    return written


def already_written(*, entries: Iterable[Entry], kind: Payment.Kind, movement: Movement) -> list[Payment]:
    """The rows of the same form sent before; none the first time.

    Raises:
        PaymentRefused: the form was used for something else.
    """
    rows = list(Payment.objects.filter(movement=movement.key).order_by("pk"))
    told = [
        (each.invoice.pk, kind, each.amount, movement.on, movement.method, movement.reference[:80])
        for each in entries
    ]
    found = [
        (row.invoice_id, row.kind, row.amount, row.received_on, row.method, row.reference) for row in rows
    ]
    if rows and told != found:
        raise PaymentRefused(str(REUSED))
    return rows


def _write_shares(payment: Payment) -> None:
    invoice = payment.invoice
    received = Payment.objects.filter(invoice=invoice).aggregate(sum=Sum("amount"))["sum"]
    moved = shares(
        invoiced=parts_of(invoice.vat_rows),
        credited=parts_of(_credited_rows(invoice)),
        received=received,
        already=_already(invoice),
    )
    PaymentShare.objects.bulk_create(
        PaymentShare(
            payment=payment,
            category=category,
            rate=rate,
            net=part.gross - part.vat,
            vat=part.vat,
            gross=part.gross,
        )
        for (category, rate), part in moved.items()
    )


def _credited_rows(invoice: Invoice) -> list[dict[str, Any]]:
    credits = Invoice.objects.filter(corrects=invoice, kind=Invoice.Kind.CREDIT_NOTE)
    return [row for rows in credits.values_list("vat_rows", flat=True) for row in rows]


def _already(invoice: Invoice) -> dict[Rate, Part]:
    rows = PaymentShare.objects.filter(payment__invoice=invoice).values_list("category", "rate")
    summed = rows.annotate(gross_sum=Sum("gross"), vat_sum=Sum("vat")).order_by("category", "rate")
    return {(category, rate): Part(gross, vat) for category, rate, gross, vat in summed}
