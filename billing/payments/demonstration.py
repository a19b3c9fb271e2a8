"""What the demonstration shows of money: a mandate with its debit, a statement to match, an excess, a part paid."""

from datetime import timedelta
from decimal import Decimal
from uuid import NAMESPACE_DNS, uuid5

from django.utils import timezone

from billing.bank.statements import drop_statement
from billing.models import BankStatement, Invoice, Payment, SepaMandate
from billing.payments.recording import record_payment
from billing.reminders.pauses import pause_reminders
from billing.sepa.announcing import run_announcements
from billing.sepa.mandates import Debtor, Signed, sign_mandate
from hosters.models import Hoster, Role, User

ICS, IBAN = "FR72ZZZ123456", "FR1420041010050500013M02606"  # published examples of banks
HEADER = "Date opération;Libellé;Débit;Crédit"


def money_that_moves(hoster: Hoster) -> None:
    """Use the unpaid invoices of the demonstration, the oldest first. Once."""
    unpaid = list(
        Invoice.objects.filter(hoster=hoster).unpaid().select_related("organization").order_by("pk")
    )
    by = User.objects.filter(memberships__hoster=hoster, memberships__role=Role.ACCOUNTANT).first()
    if by is None or not unpaid or BankStatement.objects.filter(hoster=hoster).exists():
        return
    _sign(hoster, unpaid[0])
    if len(unpaid) > 1:
        _pay(unpaid[1], unpaid[1].balance() / 2, by)
        day = timezone.localdate() + timedelta(days=20)
        pause_reminders(
            organization=unpaid[1].organization,
            until=day,
            reason="La subvention arrive à la fin du mois.",
            by=by,
        )
    if len(unpaid) > 2:
        _pay(unpaid[2], unpaid[2].balance() + Decimal(15), by)
    _drop(hoster, unpaid[3:6] or unpaid[:1], by)


def _sign(hoster: Hoster, invoice: Invoice) -> None:
    """The association of an invoice signs; its debit is announced."""
    if not hoster.sepa_ics:
        hoster.sepa_ics = ICS
        hoster.save(update_fields=["sepa_ics"])
    organization = invoice.organization
    organization.hoster = hoster
    debtor = Debtor(
        organization.name, organization.street, organization.postcode, organization.town, organization.country
    )
    sign_mandate(
        organization=organization,
        signed=Signed(
            debtor=debtor,
            iban=IBAN,
            signatory=invoice.contact.name,
            role=invoice.contact.role,
            place=organization.town,
            signed_on=timezone.localdate(),
            origin=SepaMandate.Origin.SPACE,
            proof={"email": invoice.contact.email, "at": timezone.now().isoformat(timespec="seconds")},
            contact=invoice.contact,
        ),
    )
    run_announcements()


def _pay(invoice: Invoice, amount: Decimal, by: User) -> None:
    record_payment(
        invoice=invoice,
        amount=round(amount, 2),
        received_on=timezone.localdate(),
        method=Payment.Method.CHEQUE,
        reference="chèque 0000042",
        key=uuid5(NAMESPACE_DNS, f"paiement.{invoice.number}.{invoice.hoster.slug}.example"),
        by=by,
        keep_excess=True,
    )


def _drop(hoster: Hoster, invoices: list[Invoice], by: User) -> None:
    """A statement of today: transfers with the number or the name only, fees of the bank."""
    day = f"{timezone.localdate():%d/%m/%Y}"
    lines = [HEADER, f"{day};FRAIS DE TENUE DE COMPTE;4,90;"]
    for index, invoice in enumerate(invoices):
        told = invoice.number if index == 0 else invoice.organization.name
        amount = f"{invoice.balance():.2f}".replace(".", ",")
        lines.append(f"{day};VIR SEPA RECU {told};;{amount}")
    content = "\r\n".join(lines).encode("cp1252", errors="replace")
    drop_statement(hoster=hoster, name="releve-de-demonstration.csv", content=content, by=by)
