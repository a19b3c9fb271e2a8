"""The mails about unpaid invoices and debits to come, and their words."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.documents import files
from billing.mail_kinds import ASSOCIATION, NAME
from billing.mails import person_at
from billing.models import DebitOrder, Invoice, Reminder
from billing.payments.words import how_to_pay, how_to_pay_both
from billing.reminders.penalties import penalty_words
from billing.reminders.sending import KINDS, still_due, told_together
from billing.sepa.announcing import announced_together
from billing.space_mails import day_words, space_url
from hosters.mail import Attachment, Message, register_composer
from hosters.mail_texts import Placeholder, TextKind, register_text
from hosters.models import Mail
from pricing.typography import euros

INVOICE = Placeholder("facture", gettext_lazy("le numéro de la facture"), "F-2026-0042")
DUE = Placeholder("reste", gettext_lazy("ce qui reste à payer"), "100,00\u00a0€")
DUE_DAY = Placeholder("echeance", gettext_lazy("le jour prévu du paiement"), "22 novembre 2026")
HOW = Placeholder(
    "paiement",
    gettext_lazy("comment payer, ou rien sans compte bancaire"),
    "Pour payer par virement : compte FR76 3000 6000 0112 3456 7890 189 au nom d’Artifaille, avec la référence "
    "F-2026-0042.",
)
PENALTIES = Placeholder(
    "penalites", gettext_lazy("ce que la loi prévoit entre professionnels, ou rien pour une association"), ""
)
LABELS = (
    gettext_lazy("Facture impayée : premier rappel"),
    gettext_lazy("Facture impayée : deuxième rappel"),
    gettext_lazy("Facture impayée : troisième rappel"),
)
TEMPLATES = (
    "mails/reminder_first.txt",
    "mails/reminder_second.txt",
    "mails/reminder_third.txt",
)
SUBJECTS = (
    gettext_lazy("Votre facture {{ facture }}, un petit rappel"),
    gettext_lazy("Votre facture {{ facture }} attend toujours"),
    gettext_lazy("Votre facture {{ facture }} : parlons-en"),
)


def register() -> None:
    """Declare who writes these mails, and their words."""
    for kind, label, subject, template in zip(KINDS, LABELS, SUBJECTS, TEMPLATES, strict=True):
        register_composer(kind, reminder)
        register_text(
            TextKind(
                kind,
                label,
                to_team=False,
                subject=subject,
                template=template,
                placeholders=(NAME, ASSOCIATION, INVOICE, DUE, DUE_DAY, HOW, PENALTIES),
                required=frozenset({"facture", "reste"}),
            )
        )
    register_composer("debit_announced", debit_announced)
    register_text(
        TextKind(
            "debit_announced",
            gettext_lazy("Un prélèvement est annoncé"),
            to_team=False,
            subject=gettext_lazy("Prélèvement de {{ montant }} le {{ date }}"),
            template="mails/debit_announced.txt",
            placeholders=(
                NAME,
                ASSOCIATION,
                INVOICE,
                Placeholder("montant", gettext_lazy("le montant prélevé"), "100,00\u00a0€"),
                Placeholder("date", gettext_lazy("le jour du prélèvement"), "22 décembre 2026"),
                Placeholder("mandat", gettext_lazy("la référence du mandat (RUM)"), "MANDAT-1-12-1"),
                Placeholder("creancier", gettext_lazy("votre identifiant créancier (ICS)"), "FR72ZZZ123456"),
                Placeholder("compte", gettext_lazy("la fin du compte débité"), "FR76 •••• 0189"),
            ),
            required=frozenset({"montant", "date", "mandat", "creancier"}),
        )
    )


def reminder(mail: Mail) -> Message | None:
    """To whoever receives the invoices, with the membership due the same day; nothing if all was paid since."""
    row = Reminder.objects.select_related("invoice__document", "invoice__contact", "invoice__organization")
    told = [each for each in told_together(row.get(pk=mail.reference).invoice) if still_due(each)]
    return reminder_message(mail, told) if told else None


def reminder_message(mail: Mail, told: Sequence[Invoice]) -> Message:
    """What a reminder says of its documents today, with the documents themselves."""
    person = person_at(told[0], mail.to)
    ready = [each.document for each in told if each.document.ready]
    return Message(
        context=reminder_values(told, person.name),
        link=(_("Ouvrir votre espace"), space_url(mail, person)),
        attachments=tuple(Attachment(each.name, files.read(each)) for each in ready),
    )


def reminder_values(told: Sequence[Invoice], name: str) -> dict[str, object]:
    """The placeholders of a reminder of an invoice, or of a sale and its membership, as they are today."""
    invoice, fees = told[0], told[1] if len(told) > 1 else None
    both = {"sale": invoice.number, "fees": fees.number if fees else ""}
    return {
        "nom": name,
        "association": invoice.buyer["name"],
        "facture": _("%(sale)s (avec la cotisation %(fees)s)") % both if fees else invoice.number,
        "reste": euros(sum((each.balance() for each in told), Decimal(0))),
        "echeance": day_words(invoice.due_on),
        "paiement": how_to_pay_both(invoice, fees) if fees else how_to_pay(invoice),
        "penalites": penalty_words(invoice.organization.legal_form, on=timezone.localdate()),
    }


def debit_announced(mail: Mail) -> Message | None:
    """The notice before a debit, or before those of a sale and its membership fees (SEP-02); nothing if they were given
    up meanwhile."""
    rows = DebitOrder.objects.select_related("invoice__contact", "mandate")
    told = sorted(announced_together(rows.get(pk=mail.reference)), key=lambda each: each.invoice.fees)
    if not told:
        return None
    order, fees = told[0], told[1] if len(told) > 1 else None
    person = person_at(order.invoice, mail.to)
    values = {
        "nom": person.name,
        "association": order.invoice.buyer["name"],
        "facture": order.invoice.number,
        "montant": euros(order.amount),
        "date": day_words(order.collect_on),
        "mandat": order.mandate.rum,
        "creancier": order.mandate.creditor["ics"],
        "compte": order.mandate.masked_iban,
    }
    if fees:
        both = {"sale": order.invoice.number, "fees": fees.invoice.number}
        values["facture"] = _("%(sale)s et la cotisation %(fees)s") % both
        values["montant"] = _("%(sale)s et %(fees)s") % {
            "sale": values["montant"],
            "fees": euros(fees.amount),
        }
    return Message(context=dict(values), link=(_("Ouvrir votre espace"), space_url(mail, person)))
