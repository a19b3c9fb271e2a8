"""What moves around an invoice, for tests that need some of everything: a payment, a mandate, a debit, a bank line."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django_scopes import scope

from billing.bank.statements import drop_statement
from billing.models import BankEntry, DebitBatch, DebitOrder, Invoice, Payment, SepaMandate
from billing.payments.recording import record_payment
from billing.reminders.pauses import pause_reminders
from billing.sepa.announcing import announce_debit
from billing.sepa.collecting import make_batch
from billing.sepa.mandates import Debtor, Signed, sign_mandate
from hosters.models import Hoster, User

ICS = "FR72ZZZ123456"
IBAN = "FR1420041010050500013M02606"
NEXT_CENTURY = date(2126, 1, 1)
HEADER = "Date;Libellé;Débit;Crédit"

#: What the argument of each route is (`tests.access.world`), from its tenant and the association that asks.
MONEY_ARGUMENTS: dict[str, Any] = {
    **dict.fromkeys(
        ("staff:refund", "staff:move_excess", "staff:reminder_preview"),
        lambda _, asking: {"pk": asking.invoice.pk},
    ),
    "staff:undo_payment": lambda _, asking: {"pk": asking.money.payment.pk},
    **dict.fromkeys(
        [f"staff:bank_{page}" for page in ("choose", "confirm", "ignore", "undo")],
        lambda _, asking: {"pk": asking.money.entry.pk},
    ),
    **dict.fromkeys(
        ("staff:debit_batch", "staff:batch_file"), lambda _, asking: {"pk": asking.money.batch.pk}
    ),
    **dict.fromkeys(
        ("staff:cancel_debit", "staff:reject_debit", "staff:debit_again"),
        lambda _, asking: {"pk": asking.money.order.pk},
    ),
    "staff:mandate": lambda _, asking: {"pk": asking.money.mandate.pk},
    **dict.fromkeys(
        ("staff:new_mandate", "staff:pause_reminders", "staff:resume_reminders"),
        lambda _, asking: {"pk": asking.quote.organization_id},
    ),
}
#: Pages with a form that answers itself.
MONEY_FORMS = [
    f"staff:{page}"
    for page in (
        "undo_payment",
        "refund",
        "move_excess",
        "bank",
        "bank_choose",
        "debits",
        "debit_batch",
        "reject_debit",
        "mandate",
        "new_mandate",
        "reminders",
        "pause_reminders",
    )
]


@dataclass(frozen=True)
class Money:
    """What one association has: a part paid by cheque, the rest sent to the bank, a line that waits."""

    payment: Payment
    mandate: SepaMandate
    order: DebitOrder
    batch: DebitBatch
    entry: BankEntry


def may_debit(hoster: Hoster) -> Hoster:
    """The hoster with an identifier of creditor."""
    Hoster.objects.filter(pk=hoster.pk).update(sepa_ics=ICS)
    hoster.refresh_from_db()
    return hoster


def make_mandate(invoice: Invoice, by: User, words: str = "Dominique Petit", **changes: Any) -> SepaMandate:
    """A paper mandate of the association of an invoice, signed today unless told otherwise."""
    organization = invoice.organization
    organization.hoster = may_debit(organization.hoster)
    values: dict[str, Any] = {
        "debtor": Debtor(words, f"1 rue {words}", "69003", "Lyon", "FR"),
        "iban": IBAN,
        "signatory": words,
        "role": "Trésorière",
        "place": "Lyon",
        "signed_on": timezone.localdate(),
        "origin": SepaMandate.Origin.PAPER,
        "proof": {"kept": words},
        "recorded_by": by,
    }
    return sign_mandate(organization=organization, signed=Signed(**values | changes))


def make_payment(invoice: Invoice, amount: str, by: User, **changes: Any) -> Payment:
    """A transfer received today, unless told otherwise."""
    values: dict[str, Any] = {
        "received_on": timezone.localdate(),
        "method": Payment.Method.TRANSFER,
        "reference": "VIR 1",
        "key": uuid4(),
    }
    return record_payment(invoice=invoice, amount=Decimal(amount), by=by, **values | changes)


def make_batch_of(hoster: Hoster, by: User) -> DebitBatch:
    """A file with every debit that was announced."""
    hoster.refresh_from_db()
    return make_batch(hoster=hoster, scheme="CORE", until=NEXT_CENTURY, key=uuid4(), by=by)


def make_bank_line(hoster: Hoster, by: User, amount: str, label: str) -> BankEntry:
    """A line of a CSV statement, booked today, in the credit column."""
    day = timezone.localdate().strftime("%d/%m/%Y")
    content = f"{HEADER}\n{day};{label};;{amount.replace('.', ',')}\n".encode()
    drop_statement(hoster=hoster, name="releve.csv", content=content, by=by)
    return BankEntry.objects.filter(hoster=hoster).latest("pk")


def make_money(invoice: Invoice, by: User, words: str) -> Money:
    """Everything at once, with `words` wherever a person typed something."""
    with scope(hoster=invoice.hoster):
        payment = make_payment(invoice, "1.00", by, method="cheque", reference=words)
        mandate = make_mandate(invoice, by, words)
        order = announce_debit(invoice=Invoice.objects.get(pk=invoice.pk))
        assert order is not None
        batch = make_batch_of(Hoster.objects.get(pk=invoice.hoster_id), by)
        entry = make_bank_line(invoice.hoster, by, "12.34", f"VIR {words}")
        pause_reminders(organization=invoice.organization, until=timezone.localdate(), reason=words, by=by)
        return Money(payment, mandate, DebitOrder.objects.get(pk=order.pk), batch, entry)
