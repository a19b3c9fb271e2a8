"""The money of the invoices, by source of revenue: what was paid, shared as the lines of each invoice (002-005)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from django.db.models import Sum

from billing.models import InvoiceLine, Payment
from billing.models.lines import PricedLine
from hosters.models import Hoster
from offers.models import RevenueKind
from pricing.engine import Cadence
from pricing.engine.money import cents

#: The lines of one invoice: source of revenue, EUR without VAT.
Shares = dict[str, Decimal]


def receipts(hoster: Hoster, year: int) -> Mapping[str, Decimal]:
    """EUR without VAT that came in during a civil year, what went back taken off: two queries."""
    paid = _paid(hoster, year)
    found: dict[str, Decimal] = defaultdict(Decimal)
    for invoice, (shares, gross) in _sold(paid.keys()).items():
        for kind, net in shares.items():
            if gross:
                found[kind] += net * paid[invoice] / gross
    return {kind: cents(amount) for kind, amount in found.items()}


def _paid(hoster: Hoster, year: int) -> dict[int, Decimal]:
    """What was received on each invoice, EUR as the bank saw it."""
    rows = Payment.objects.filter(invoice__hoster=hoster, received_on__year=year).order_by()
    return dict(rows.values_list("invoice").annotate(sum=Sum("amount")))


def _sold(invoices: Iterable[int]) -> dict[int, tuple[Shares, Decimal]]:
    """By invoice: what its lines sold, and the total with VAT that was asked."""
    rows = InvoiceLine.objects.filter(invoice__in=list(invoices)).order_by()
    told = rows.values_list("invoice", "invoice__gross", "nature", "cadence").annotate(sum=Sum("net"))
    found: dict[int, tuple[Shares, Decimal]] = {}
    for invoice, gross, nature, cadence, net in told:
        shares, _gross = found.setdefault(invoice, (defaultdict(Decimal), gross))
        shares[_kind(nature, cadence)] += net
    return found


def _kind(nature: str, cadence: str) -> str:
    """The source that a line belongs to: a membership, what comes back, an object, a piece of work."""
    if nature == PricedLine.Nature.MEMBERSHIP:
        return RevenueKind.MEMBERSHIP
    if nature == PricedLine.Nature.GOODS:
        return RevenueKind.GOODS
    if cadence != Cadence.ONE_OFF:
        return RevenueKind.SUBSCRIPTION
    return RevenueKind.GOODS if nature == PricedLine.Nature.PRODUIT else RevenueKind.SERVICES
