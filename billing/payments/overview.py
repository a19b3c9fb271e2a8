"""What is left to receive, and what was received too much."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db.models import Q, QuerySet, Sum
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
    told = rows.aggregate(due=Sum("left"), late=Sum("left", filter=Q(due_on__lt=today)))
    return Outstanding(told["due"] or Decimal(0), told["late"] or Decimal(0))


def overpaid(hoster: Hoster) -> "QuerySet[Invoice]":
    """The invoices that hold money of their association (`excess`, EUR), the latest first."""
    rows = Invoice.objects.filter(hoster=hoster).overpaid()
    return rows.select_related("organization", "document").order_by("-issued_on", "-pk")


def unpaid_of(invoice: Invoice) -> "QuerySet[Invoice]":
    """The other invoices of the same association that are still to pay."""
    rows = Invoice.objects.filter(hoster_id=invoice.hoster_id, organization_id=invoice.organization_id)
    return rows.unpaid().exclude(pk=invoice.pk).order_by("due_on", "pk")
