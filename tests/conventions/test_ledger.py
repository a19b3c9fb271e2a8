"""What is frozen is in the ledger, or says here why it is not: a new table of money cannot be forgotten (ISC-03)."""

from billing.immutability.tables import frozen_models
from billing.ledger.registry import sealed_tables

#: Frozen tables that hold no money received or asked, by what keeps them honest instead.
OUTSIDE = {
    "sold, not yet asked: the PDF that was accepted is sealed, with its SHA-256 in the acceptance": {
        "billing.Quote",
        "billing.QuoteLine",
        "billing.QuoteConditions",
        "billing.QuoteEvent",
        "billing.ValidityExtension",
        "billing.Acceptance",
        "billing.SignedScan",
        "billing.Contract",
        "hosters.TermsVersion",
    },
    "what a board said: its minutes have their own SHA-256": {
        "billing.BoardDecision",
        "billing.BoardMeeting",
        "billing.BoardReminder",
        "billing.BoardSummary",
        "billing.BoardVote",
    },
    "notices about a contract: sealed by their own SHA-256, their money is in credit notes": {
        "billing.ContractChange",
        "billing.RenewalNotice",
        "billing.SubscriptionEnd",
        "billing.Termination",
    },
    "orders to a bank: the file has its SHA-256, and what it brings is a payment": {
        "billing.DebitBatch",
        "billing.SepaMandate",
    },
    "what a platform said of a sealed document": {
        "billing.InvoiceStatus",
    },
    "the ledger itself, and the numbers whose gaps it would show": {
        "billing.LedgerEntry",
        "billing.LedgerHead",
        "billing.NumberSeries",
    },
}


def test_each_frozen_table_is_sealed_or_says_why_not() -> None:
    sealed = {each.model._meta.label for each in sealed_tables()}
    sealed |= {part.model._meta.label for each in sealed_tables() for part in each.parts}
    outside = {label for labels in OUTSIDE.values() for label in labels}
    assert sealed | outside == {model._meta.label for model in frozen_models()}
    assert not sealed & outside


def test_documents_lines_and_payments_are_sealed() -> None:
    """VAT is a column of the invoice; the share of each rate in a payment is a part of the payment."""
    parts = {
        each.model._meta.label: {part.model._meta.label for part in each.parts} for each in sealed_tables()
    }
    assert parts["billing.Invoice"] == {"billing.InvoiceLine"}
    assert parts["billing.Payment"] == {"billing.PaymentShare"}
