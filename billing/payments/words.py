"""How an invoice is to be paid, in the words of a mail."""

from django.utils.translation import gettext as _
from stdnum import iban

from billing.models import DebitOrder, Invoice
from billing.sepa.announcing import announced_debit
from billing.space_mails import day_words
from pricing.typography import euros, of


def how_to_pay(invoice: Invoice) -> str:
    """The debit to come, else the account by groups of four, as banks print it; "" when the invoice names none."""
    if order := announced_debit(invoice):
        told = {
            "amount": euros(order.amount),
            "day": day_words(order.collect_on),
            "rum": order.mandate.rum,
            "ics": order.mandate.creditor["ics"],
        }
        return (
            _(
                "Vous n’avez rien à faire : %(amount)s seront prélevés le %(day)s (mandat %(rum)s, créancier %(ics)s)."
            )
            % told
        )
    if not invoice.seller.get("iban"):
        return ""
    told = {
        "iban": iban.format(invoice.seller["iban"]),
        "of_holder": of(invoice.seller["account_holder"]),
        "number": invoice.number,
    }
    return (
        _("Pour payer par virement : compte %(iban)s au nom %(of_holder)s, avec la référence %(number)s.")
        % told
    )


def how_to_pay_both(invoice: Invoice, fees: Invoice) -> str:
    """One transfer with both references is enough; two debits of one day are told as two."""
    orders = [announced_debit(each) for each in (invoice, fees)]
    first, second = orders
    if first and second and (first.mandate, first.collect_on) == (second.mandate, second.collect_on):
        return _two_debits(first, second)
    if any(orders) or not invoice.seller.get("iban"):
        return "\n\n".join(filter(None, [how_to_pay(invoice), how_to_pay(fees)]))
    told = {
        "iban": iban.format(invoice.seller["iban"]),
        "of_holder": of(invoice.seller["account_holder"]),
        "total": euros(invoice.balance() + fees.balance()),
        "number": invoice.number,
        "fees": fees.number,
    }
    return (
        _(
            "Pour payer par virement : compte %(iban)s au nom %(of_holder)s. Un seul virement de %(total)s suffit, "
            "avec les références %(number)s et %(fees)s."
        )
        % told
    )


def _two_debits(sale: DebitOrder, fees: DebitOrder) -> str:
    told = {
        "day": day_words(sale.collect_on),
        "sale": euros(sale.amount),
        "fees": euros(fees.amount),
        "rum": sale.mandate.rum,
        "ics": sale.mandate.creditor["ics"],
    }
    return (
        _(
            "Vous n’avez rien à faire : votre banque montrera le %(day)s deux prélèvements, %(sale)s pour la facture "
            "et %(fees)s pour la cotisation (mandat %(rum)s, créancier %(ics)s)."
        )
        % told
    )
