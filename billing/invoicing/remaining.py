"""What is left of each line of a document once its credit notes, and the invoices that deduct it, are counted."""

from collections import defaultdict
from collections.abc import Iterable
from decimal import Decimal

from billing.models import Invoice, InvoiceLine
from pricing.engine.money import ZERO, Taxed


def remaining(invoice: Invoice) -> dict[InvoiceLine, Taxed]:
    """What a credit note may still take back, line by line, in order (EUR).

    A deposit that a final invoice deducted is taken back there; crediting that invoice gives it back.
    """
    lines = list(invoice.lines.order_by("position"))
    taken = _taken([line.pk for line in lines])
    return {line: _less(line, taken[line.pk]) for line in lines}


def _taken(keys: Iterable[int]) -> dict[int, Taxed]:
    """What later documents took back of these lines."""
    rows = list(InvoiceLine.objects.filter(against__in=keys).select_related("invoice"))
    deductions = [row.pk for row in rows if not row.invoice.is_credit]
    given_back = _taken(deductions) if deductions else {}
    taken: dict[int, Taxed] = defaultdict(lambda: Taxed(ZERO, ZERO, ZERO))
    for row in rows:
        amount = Taxed(row.net, row.vat, row.amount)
        if not row.invoice.is_credit:
            left = _less(row, given_back[row.pk])
            amount = Taxed(-left.net, -left.vat, -left.gross)
        assert row.against_id is not None  # the filter asked for it
        so_far = taken[row.against_id]
        taken[row.against_id] = Taxed(
            so_far.net + amount.net, so_far.vat + amount.vat, so_far.gross + amount.gross
        )
    return taken


def _less(line: InvoiceLine, taken: Taxed) -> Taxed:
    return Taxed(line.net - taken.net, line.vat - taken.vat, line.amount - taken.gross)


def refundable_amount(invoice: Invoice) -> Decimal:
    """What may be paid back (EUR): only what was received beyond what the invoice still asks, so never before a
    credit note or an excess (NUM-04)."""
    return max(ZERO, -invoice.balance())
