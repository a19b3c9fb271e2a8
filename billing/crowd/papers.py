"""Quotes, subscriptions, invoices and payments, each a copy of those of the demonstration."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import count
from random import Random
from typing import Any
from uuid import uuid4

from django.utils import timezone
from django_scopes import scopes_disabled

from billing.crowd.rows import copy_of, in_parts, write
from billing.models import (
    Acceptance,
    Document,
    Invoice,
    InvoiceLine,
    Payment,
    Quote,
    QuoteConditions,
    QuoteItem,
    QuoteLine,
    Standing,
    Subscription,
)
from crm.models import Contact, Stage
from hosters.models import Hoster, User
from offers.models import Offer
from pricing.periods import months_after

#: Far from the numbers that the series of a real hoster take.
FIRST_NUMBER = 100_001
UNDECIDED = [Quote.State.SENT, Quote.State.SEEN, Quote.State.IN_REVIEW, Quote.State.REFUSED]
VALID = timedelta(days=60)
#: Of 100 invoices, those that nobody paid yet.
UNPAID = 4


@dataclass(frozen=True)
class Model:
    """The rows that are copied: a quote of the demonstration, accepted, and its first invoice."""

    quote: Quote
    items: list[QuoteItem]
    lines: list[QuoteLine]
    conditions: QuoteConditions
    acceptance: Acceptance
    subscription: Subscription
    invoice: Invoice
    invoice_lines: list[InvoiceLine]
    owner: dict[str, Any]

    @classmethod
    def found(cls, key: Any, hoster: Hoster) -> "Model":
        """The accepted quote of this key, whoever made it, with what makes a copy belong to `hoster`."""
        with scopes_disabled():
            quote = Quote.objects.get(request_key=key)
            offer = Offer.objects.get(hoster=hoster, slug=quote.offer.slug) if quote.offer else None
            invoice = quote.subscription.invoices.earliest("issued_on", "fees")
            version = offer.tariff_versions.first() if offer else None
            return cls(
                quote=quote,
                items=list(quote.items.all()),
                lines=list(quote.lines.all()),
                conditions=quote.conditions,
                acceptance=quote.acceptance,
                subscription=quote.subscription,
                invoice=invoice,
                invoice_lines=list(invoice.lines.all()),
                owner={"hoster": hoster, "offer": offer, "tariff_version": version},
            )


def gather_papers(
    *, model: Model, contacts: list[Contact], quotes: int, invoices: int, by: User, chance: Random
) -> None:
    """So many quotes for these people, the latest first; clients accepted theirs and have their invoices."""
    contacts = sorted(contacts, key=lambda each: each.organization.stage != Stage.CLIENT)[:quotes]
    numbers = count(FIRST_NUMBER)
    running: list[Subscription] = []
    for part in in_parts(_quote(model, each, next(numbers)) for each in contacts):
        _write_documents(part)
        write(part)
        write(copy_of(item, quote=quote, **_offered(model, item)) for quote in part for item in model.items)
        write(copy_of(line, quote=quote) for quote in part for line in model.lines)
        running += _accepted(model, [each for each in part if each.state == Quote.State.ACCEPTED])
    for part in in_parts(_invoices(model, running, invoices)):
        _write_documents(part)
        write(part)
        write(copy_of(line, invoice=invoice) for invoice in part for line in model.invoice_lines)
        paid = [each for each in part if chance.randrange(100) >= UNPAID]
        write(_payment(each, by) for each in paid)
        Invoice.objects.filter(pk__in=[each.pk for each in paid]).update(standing=Standing.SETTLED)


def _quote(model: Model, contact: Contact, number: int) -> Quote:
    organization = contact.organization
    issued = timezone.localdate(organization.created_at)
    client = organization.stage == Stage.CLIENT
    return copy_of(
        model.quote,
        **model.owner,
        organization=organization,
        contact=contact,
        number=f"D-{issued.year}-{number}",
        state=Quote.State.ACCEPTED if client else UNDECIDED[number % len(UNDECIDED)],
        issued_on=issued,
        valid_until=issued + VALID,
        created_at=organization.created_at,
        buyer={**model.quote.buyer, "name": organization.name},
        document=_document(model, f"devis-{number}.pdf"),
    )


def _offered(model: Model, item: QuoteItem) -> dict[str, Any]:
    return {name: model.owner[name] for name in ("offer", "tariff_version")} if item.offer_id else {}


def _document(model: Model, name: str) -> Document:
    return copy_of(model.quote.document, hoster=model.owner["hoster"], name=name)


def _write_documents(papers: list[Any]) -> None:
    write([each.document for each in papers])
    for each in papers:
        each.document = each.document  # now it has its key


def _accepted(model: Model, quotes: list[Quote]) -> list[Subscription]:
    conditions = [copy_of(model.conditions, quote=quote) for quote in quotes]
    write(conditions)
    write(
        copy_of(
            model.acceptance,
            quote=quote,
            conditions=accepted,
            proof=None,
            recorded_by=None,
            accepted_at=quote.created_at,
        )
        for quote, accepted in zip(quotes, conditions, strict=True)
    )
    started = [
        copy_of(
            model.subscription,
            hoster=quote.hoster,
            organization=quote.organization,
            quote=quote,
            started_on=quote.issued_on,
        )
        for quote in quotes
    ]
    write(started)
    return started


def _invoices(model: Model, running: list[Subscription], wanted: int) -> Iterator[Invoice]:
    """Months in order, each subscription once a month, until there are enough."""
    numbers = count(FIRST_NUMBER)
    turns = -(-wanted // max(len(running), 1))
    dues = sorted((each.day(turn), rank, each) for turn in range(turns) for rank, each in enumerate(running))
    for day, _rank, subscription in dues[:wanted]:
        yield _invoice(model, subscription, day, next(numbers))


def _invoice(model: Model, subscription: Subscription, day: date, number: int) -> Invoice:
    quote = subscription.quote
    return copy_of(
        model.invoice,
        hoster=subscription.hoster,
        organization=subscription.organization,
        contact=quote.contact,
        subscription=subscription,
        quote=quote,
        number=f"F-{day.year}-{number}",
        issued_on=day,
        due_on=day + timedelta(days=30),
        period_start=day,
        period_end=months_after(day, 1) - timedelta(days=1),
        buyer=quote.buyer,
        created_at=timezone.make_aware(datetime.combine(day, time(3))),
        document=_document(model, f"facture-{number}.pdf"),
        standing=Standing.OWED,
    )


def _payment(invoice: Invoice, by: User) -> Payment:
    return Payment(
        invoice=invoice,
        amount=invoice.gross,
        received_on=invoice.due_on,
        created_at=invoice.created_at,
        reference=invoice.number,
        recorded_by=by,
        key=uuid4(),
    )
