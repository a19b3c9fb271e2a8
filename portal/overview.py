"""What an association sees of its affairs: what waits for it, what it pays, what comes in twelve months."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils import timezone
from stdnum import iban

from billing.acceptance import refusal
from billing.models import Departure, Invoice, Quote, Subscription, Termination
from billing.subscriptions.forecast import Due, last_invoice, last_invoice_words, next_invoice
from billing.subscriptions.plans import Plan, as_planned, plan_end
from billing.support import Support, support_of
from crm.models import Organization, Request


@dataclass(frozen=True)
class Leaving:
    """A notice that was received and that nobody confirmed yet, and what it leads to (CON-04)."""

    notice: Termination
    plan: Plan


@dataclass(frozen=True)
class Running:
    """A subscription, its next invoice (None: nothing more is due, or it has ended), and its minutes of support."""

    subscription: Subscription
    next_invoice: Due | None
    support: Support | None
    departure: Departure | None = None
    leaving: Leaving | None = None

    @property
    def last_invoice_words(self) -> str:
        """What a contract that ends still asks; "" for one that goes on."""
        contract = self.expected
        if contract.ends_on is None or contract.ended_on:
            return ""
        return last_invoice_words(last_invoice(contract))

    @property
    def expected(self) -> Subscription:
        """The contract as it will be if the notice is confirmed: only to forecast, never saved."""
        return as_planned(self.subscription, self.leaving.plan) if self.leaving else self.subscription


def subscriptions_of(organization: Organization) -> list[Running]:
    """Every subscription of an association, the latest first."""
    rows = Subscription.objects.filter(organization=organization)
    rows = rows.select_related(
        "quote__document", "quote__tariff_version", "quote__acceptance", "support_allowance"
    )
    rows = rows.prefetch_related("quote__lines", "support_times").order_by("-started_on", "-pk")
    leaving = Departure.objects.filter(end__subscription__organization=organization, end__undone_at=None)
    data = {each.end.subscription_id: each for each in leaving.select_related("end", "certificate")}
    notices = _notices(organization)
    found = []
    for each in rows:
        running = Running(
            each, None, support_of(each), data.get(each.pk), _leaving(each, notices.get(each.pk))
        )
        found.append(replace(running, next_invoice=next_invoice(running.expected)))
    return found


def _notices(organization: Organization) -> dict[int | None, Termination]:
    """The first notice that waits for a person, by contract."""
    rows = Termination.objects.filter(subscription__organization=organization).waiting()
    return {each.subscription_id: each for each in reversed(rows)}


def _leaving(subscription: Subscription, notice: Termination | None) -> Leaving | None:
    if notice is None or subscription.ends_on or subscription.ended_on:
        return None
    received = timezone.localdate(notice.received_at)
    return Leaving(
        notice, plan_end(subscription=subscription, received_on=received, wished=notice.wished_end)
    )


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
