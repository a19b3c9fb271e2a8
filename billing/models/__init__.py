"""The tables of the billing app; one file, one idea."""

from billing.models.acceptance import Acceptance
from billing.models.access_link import AccessLink
from billing.models.accounting import AccountPlan, ExportBatch, ExportedPiece, ExportFile
from billing.models.archive import Archive, ArchivePart
from billing.models.bank import BankEntry, BankMapping, BankStatement
from billing.models.board import (
    BoardLink,
    BoardMeeting,
    BoardReminder,
    BoardSummary,
    Body,
    ValidityExtension,
)
from billing.models.board_decision import BoardDecision
from billing.models.board_vote import Ballot, BallotLink, BoardVote
from billing.models.brief_draft import BriefDraft
from billing.models.clause_choice import ClauseChoice
from billing.models.conditions import QuoteConditions
from billing.models.contract import Contract
from billing.models.contract_change import ContractChange
from billing.models.delivery import Delivery
from billing.models.departure import Departure
from billing.models.document import Document
from billing.models.invoice import Invoice, InvoiceKind, InvoiceLine, Standing
from billing.models.invoice_draft import InvoiceDraft
from billing.models.invoice_status import InvoiceStatus
from billing.models.ledger import LedgerEntry, LedgerHead
from billing.models.number_series import NumberSeries
from billing.models.objective import Objective, ObjectiveValue
from billing.models.payment import Payment, PaymentShare
from billing.models.quote import Quote, QuoteLine
from billing.models.quote_event import QuoteEvent
from billing.models.quote_item import QuoteItem
from billing.models.reminder import Reminder, ReminderPause, ReminderPlan
from billing.models.renewal_notice import RenewalNotice
from billing.models.satisfaction import Satisfaction
from billing.models.sepa import DebitBatch, DebitOrder, SepaMandate
from billing.models.signed_scan import SignedScan
from billing.models.subscription import Subscription
from billing.models.subscription_end import SubscriptionEnd
from billing.models.support import SupportAllowance, SupportTime
from billing.models.termination import Termination
from billing.models.trial import Trial

__all__ = [
    "Acceptance",
    "AccessLink",
    "AccountPlan",
    "Archive",
    "ArchivePart",
    "Ballot",
    "BallotLink",
    "BankEntry",
    "BankMapping",
    "BankStatement",
    "BoardDecision",
    "BoardLink",
    "BoardMeeting",
    "BoardReminder",
    "BoardSummary",
    "BoardVote",
    "Body",
    "BriefDraft",
    "ClauseChoice",
    "Contract",
    "ContractChange",
    "DebitBatch",
    "DebitOrder",
    "Delivery",
    "Departure",
    "Document",
    "ExportBatch",
    "ExportFile",
    "ExportedPiece",
    "Invoice",
    "InvoiceDraft",
    "InvoiceKind",
    "InvoiceLine",
    "InvoiceStatus",
    "LedgerEntry",
    "LedgerHead",
    "NumberSeries",
    "Objective",
    "ObjectiveValue",
    "Payment",
    "PaymentShare",
    "Quote",
    "QuoteConditions",
    "QuoteEvent",
    "QuoteItem",
    "QuoteLine",
    "Reminder",
    "ReminderPause",
    "ReminderPlan",
    "RenewalNotice",
    "Satisfaction",
    "SepaMandate",
    "SignedScan",
    "Standing",
    "Subscription",
    "SubscriptionEnd",
    "SupportAllowance",
    "SupportTime",
    "Termination",
    "Trial",
    "ValidityExtension",
]
