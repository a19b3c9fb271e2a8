"""What shows that a hoster does what the reform asks, gathered for whoever must prove it (EIN-11)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Q
from django.utils import timezone

from billing.ledger.heads import Head, head_of
from billing.models import ExportBatch, Invoice, InvoiceStatus
from billing.reform.calendar import RECEIVE_SINCE, Period, is_concerned, issue_since, last_period
from billing.reform.statuses import THROUGH_PLATFORM
from hosters.models import Hoster

Code = InvoiceStatus.Code


@dataclass(frozen=True)
class Evidence:
    """`issue_since` None: its sales are outside. `next_report`: the period that runs, None before the law asks for it.
    Counts are of documents that go through a platform; `reports` of lots of e-reporting, to `reported_until`."""

    concerned: bool
    receive_since: date
    must_receive: bool
    issue_since: date | None
    must_issue: bool
    last_report: Period | None
    invoices: int
    with_data: int
    deposited: int
    sent_back: int
    reports: int
    reported_until: date | None
    head: Head


def evidence_of(hoster: Hoster) -> Evidence:
    """Where a hoster stands today."""
    today, since = timezone.localdate(), issue_since(hoster)
    must_issue = since is not None and today >= since
    rows = Invoice.objects.filter(hoster=hoster, route__in=THROUGH_PLATFORM)
    electronic = ~Q(seller__siren="") & Q(document__sha256__gt="")
    said = InvoiceStatus.objects.filter(invoice__hoster=hoster)
    counted = rows.aggregate(invoices=Count("pk"), with_data=Count("pk", filter=electronic))
    statuses = said.aggregate(
        deposited=Count("invoice", filter=Q(code=Code.DEPOSITED), distinct=True),
        sent_back=Count("invoice", filter=Q(code__in=InvoiceStatus.ENDED), distinct=True),
    )
    lots = ExportBatch.objects.filter(hoster=hoster, kind=ExportBatch.Kind.E_REPORTING)
    return Evidence(
        concerned=is_concerned(hoster),
        receive_since=RECEIVE_SINCE,
        must_receive=is_concerned(hoster) and today >= RECEIVE_SINCE,
        issue_since=since,
        must_issue=must_issue,
        last_report=last_period(hoster, today) if must_issue else None,
        **counted,
        **statuses,
        **lots.aggregate(reports=Count("pk"), reported_until=Max("end")),
        head=head_of(hoster),
    )
