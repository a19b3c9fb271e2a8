"""The tables of the billing app; one file, one idea."""

from billing.models.acceptance import Acceptance
from billing.models.access_link import AccessLink
from billing.models.document import Document
from billing.models.invoice import Invoice, InvoiceLine
from billing.models.number_series import NumberSeries
from billing.models.payment import Payment
from billing.models.quote import Quote, QuoteLine
from billing.models.subscription import Subscription
from billing.models.termination import Termination

__all__ = [
    "Acceptance",
    "AccessLink",
    "Document",
    "Invoice",
    "InvoiceLine",
    "NumberSeries",
    "Payment",
    "Quote",
    "QuoteLine",
    "Subscription",
    "Termination",
]
