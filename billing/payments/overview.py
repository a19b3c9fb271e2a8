"""What is left to receive, and what was received too much."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import F, QuerySet, Sum
from django.utils import timezone

from billing.models import Invoice
from hosters.models import Hoster


@dataclass(frozen=True)
class Outstanding:
    """What associations owe on a day, EUR: in all, and past its due day."""

    due: Decimal
    late: Decimal


def unpaid(hoster: Hoster) -> "QuerySet[Invoice]":
    """The invoices still to pay, the oldest due day first."""
    rows = Invoice.objects.filter(hoster=hoster).unpaid()
    return rows.select_related("organization", "document").order_by("due_on", "pk")


def outstanding(hoster: Hoster, *, on: date | None = None) -> Outstanding:
    """What is still to receive on a day (today by default)."""
    today = on or timezone.localdate()
    rows = Invoice.objects.filter(hoster=hoster).unpaid()
    due = rows.aggregate(sum=Sum("left"))["sum"] or Decimal(0)
    late = rows.filter(due_on__lt=today).aggregate(sum=Sum("left"))["sum"] or Decimal(0)
    return Outstanding(due, late)


def overpaid(hoster: Hoster) -> "QuerySet[Invoice]":
    """The invoices that hold money of their association (`excess`, EUR), the latest first."""
    rows = Invoice.objects.filter(hoster=hoster).with_paid()
    rows = rows.filter(left__lt=0).annotate(excess=-F("left"))  # type: ignore[misc]  # an annotation
    return rows.select_related("organization", "document").order_by("-issued_on", "-pk")


def unpaid_of(invoice: Invoice) -> "QuerySet[Invoice]":
    """The other invoices of the same association that are still to pay."""
    rows = Invoice.objects.filter(hoster_id=invoice.hoster_id, organization_id=invoice.organization_id)
    return rows.unpaid().exclude(pk=invoice.pk).order_by("due_on", "pk")
