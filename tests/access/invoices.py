"""Routes of invoices and of their drafts, and the draft that each association of the world has."""

from collections.abc import Callable
from typing import Any

from billing.models import InvoiceDraft, Quote

OF_AN_INVOICE = [
    "staff:invoice",
    "staff:invoice_credit",
    "staff:invoice_correct",
    "staff:invoice_status",
    "staff:invoice_data",
    "staff:plain_invoice",
]
OF_AN_INVOICE_DRAFT = [f"staff:invoice_draft{page}" for page in ("", "_review", "_pdf", "_issue", "_drop")]

INVOICE_ARGUMENTS: dict[str, Callable[..., dict[str, Any]]] = {
    "staff:invoice_new": lambda tenant, asking: {"pk": asking.quote.contact_id},
    **dict.fromkeys(
        ("portal:document", "portal:invoice_data"),
        lambda tenant, asking: {"pk": asking.invoice.document_id},
    ),
    "staff:quote_deposit": lambda tenant, asking: {"pk": asking.quote.pk},
    **dict.fromkeys(
        OF_AN_INVOICE_DRAFT, lambda tenant, asking: {"pk": asking.quote.organization.invoice_drafts.get().pk}
    ),
    **dict.fromkeys(OF_AN_INVOICE, lambda tenant, asking: {"pk": asking.invoice.pk}),
}


def leave_invoice_draft(quote: Quote, canary: str) -> InvoiceDraft:
    """An invoice being written for the association of a quote."""
    return InvoiceDraft.objects.create(
        hoster=quote.hoster,
        organization=quote.organization,
        contact=quote.contact,
        subject=canary,
        lines=[{"label": canary, "quantity": "1", "unit": "", "unit_price": "10", "vat": ""}],
        created_by=quote.hoster.memberships.earliest("pk").user,
    )
