"""Membership fees outside VAT leave on a document of their own: no sale stands beside them (INV-21, BR-O-11)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db import models

from billing.models import Invoice, InvoiceKind
from billing.models.lines import PricedLine
from pricing.engine import VatCategory
from pricing.mentions import says_outside_vat

#: A line of a quote or of a document.
L = TypeVar("L", bound=PricedLine)


@dataclass(frozen=True)
class Part(Generic[L]):
    """The lines of one document; `fees` when they are membership fees outside VAT."""

    lines: list[L]
    fees: bool = False


def parted(lines: Sequence[L], *, mention: str) -> list[Part[L]]:
    """The documents that these lines make: the sales, then the membership fees; one when nothing is mixed.

    `mention` is the one of their quote: of a hoster who is not taxable everything is out of scope, and one document.
    """
    if says_outside_vat(mention):
        return [Part(list(lines))] if lines else []
    outside = [line for line in lines if _is_outside(line.category)]
    sales = [line for line in lines if not _is_outside(line.category)]
    return [part for part in (Part(sales), Part(outside, fees=True)) if part.lines]


def mixes_scopes(categories: Iterable[str]) -> bool:
    """Whether something out of the scope of VAT stands beside something else (BR-O-11, BR-O-12)."""
    used = set(categories)
    return len(used) > 1 and any(map(_is_outside, used))


def companion_of(invoice: Invoice) -> Invoice | None:
    """The other half of what is due on one day of a contract: the sales of these fees, the fees of these sales."""
    if invoice.kind != InvoiceKind.INVOICE or invoice.subscription_id is None:
        return None
    same_day = models.Q(subscription=invoice.subscription_id, period_start=invoice.period_start)
    rows = Invoice.objects.filter(same_day, kind=InvoiceKind.INVOICE, fees=not invoice.fees)
    return rows.select_related("document").first()


def _is_outside(category: str) -> bool:
    return category == VatCategory.OUT_OF_SCOPE
