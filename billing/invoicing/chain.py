"""What an invoice hangs on and what hangs on it: quote, contract, deposits, corrections (DEV-09)."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet

from billing.invoicing.routes import Routed, told_route
from billing.models import Contract, Invoice, InvoiceKind
from hosters.together import together
from pricing.engine.money import ZERO


@dataclass(frozen=True)
class Chain:
    """`others` are the other documents of the same quote; `corrections` name this one, `may_credit`: something is left
    to take back."""

    contract: Contract | None
    corrections: "list[Invoice]"
    others: "list[Invoice]"
    may_credit: bool
    routed: Routed | None


#: Beyond, the page of the quote has them all.
MOST_OTHERS = 12


def chain_of(invoice: Invoice) -> Chain:
    """One query."""
    contracts = Contract.objects.filter(quote=invoice.quote_id).only("number", "concluded_on")
    told = ("number", "kind", "gross", "reason")
    corrections = Invoice.objects.filter(corrects=invoice).order_by("pk").only(*told)
    others = _others(invoice).only(*told)[:MOST_OTHERS]
    together(contracts, corrections, others)
    credited = sum((each.gross for each in corrections if each.is_credit), ZERO)
    return Chain(
        contract=next(iter(contracts), None),
        corrections=list(corrections),
        others=list(others),
        may_credit=not invoice.is_credit and credited < invoice.gross,
        routed=told_route(invoice),
    )


def _others(invoice: Invoice) -> "QuerySet[Invoice]":
    """The other documents of the quote, and what else corrects the same document."""
    of_quote = (
        Q(quote=invoice.quote_id) & ~Q(kind=InvoiceKind.CREDIT_NOTE) if invoice.quote_id else Q(pk=None)
    )
    beside = Q(corrects=invoice.corrects_id) if invoice.corrects_id else Q(pk=None)
    rows = Invoice.objects.filter(of_quote | beside).exclude(pk__in=(invoice.pk, invoice.corrects_id or 0))
    return rows.exclude(corrects__isnull=False, corrects=invoice).order_by("-pk")
