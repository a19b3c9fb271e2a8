"""What an association sees of its affairs: what waits for it, what it pays, what comes in twelve months."""

from collections.abc import Iterable
from dataclasses import dataclass

from stdnum import iban

from billing.acceptance import refusal
from billing.models import Departure, Invoice, Quote, Subscription
from billing.subscriptions.forecast import Due, next_invoice
from billing.support import Support, support_of
from crm.models import Organization, Request


@dataclass(frozen=True)
class Running:
    """A subscription, its next invoice (None: nothing more is due, or it has ended), and its minutes of support."""

    subscription: Subscription
    next_invoice: Due | None
    support: Support | None
    departure: Departure | None = None


def subscriptions_of(organization: Organization) -> list[Running]:
    """Every subscription of an association, the latest first."""
    rows = Subscription.objects.filter(organization=organization)
    rows = rows.select_related(
        "quote__document", "quote__tariff_version", "quote__acceptance", "support_allowance"
    )
    rows = rows.prefetch_related("quote__lines", "support_times").order_by("-started_on", "-pk")
    leaving = Departure.objects.filter(end__subscription__organization=organization, end__undone_at=None)
    data = {each.end.subscription_id: each for each in leaving.select_related("end", "certificate")}
    return [Running(each, next_invoice(each), support_of(each), data.get(each.pk)) for each in rows]


def requests_of(organization: Organization) -> list[Request]:
    """What the association asked, the latest first."""
    rows = Request.objects.filter(organization=organization).select_related("contact")
    return list(rows.order_by("-created_at", "-pk"))


def to_decide(quotes: Iterable[Quote]) -> list[Quote]:
    """The quotes that can be accepted now."""
    return [quote for quote in quotes if not refusal(quote)]


def to_pay(invoices: Iterable[Invoice]) -> list[Invoice]:
    """What is left to pay, the most urgent first."""
    return sorted((each for each in invoices if each.balance() > 0), key=lambda each: each.due_on)


def readable_iban(number: str) -> str:
    """The account number by groups of four, as banks print it; "" for none."""
    return iban.format(number) if number else ""
