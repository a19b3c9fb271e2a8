"""From a visitor's configuration to a numbered quote, in one transaction."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.documents.issue import new_document
from billing.models import NumberSeries, Quote, QuoteLine
from billing.numbering import take_number
from billing.parties import buyer_of, seller_of
from billing.totals import quote_line, totals_of
from crm.models import Contact, Request
from crm.organizations import OrganizationDetails, PersonDetails, welcome
from crm.requests import record_request
from hosters.mail import queue_mail
from hosters.models import Hoster
from offers.models import Offer, TariffVersion
from offers.promise import promise_of
from pricing.engine import Breakdown, Outcome, Selection, price
from pricing.mentions import vat_mention


class NoFirmPrice(Exception):
    """The configuration has no firm price: no quote can be issued by the machine. `breakdown` says why."""

    def __init__(self, breakdown: Breakdown) -> None:
        super().__init__(breakdown.reason)
        self.breakdown = breakdown


class FormAlreadyUsed(Exception):
    """The key of this form came before with something else: nothing was written."""


@dataclass(frozen=True)
class QuoteRequest:
    """What a visitor asks. There is no price in it: it is computed here, from the tariff in force."""

    offer: Offer
    tariff_version: TariffVersion
    selection: Selection
    organization: OrganizationDetails
    person: PersonDetails
    message: str
    source: str
    key: UUID


def request_quote(*, hoster: Hoster, asked: QuoteRequest) -> Quote:
    """Issue the quote that a visitor asks for: price, people, number, copy, then PDF and mails after commit.

    The same form sent twice, even at once, gives the quote of the first time.

    Raises:
        NoFirmPrice: the outcome is not `priced`, or too large for a document; nothing was written.
        FormAlreadyUsed: the same key came with another request.
    """
    if already := _quote_of(asked):
        return already
    try:
        return _request_quote(hoster, asked)
    except IntegrityError:  # the other one was first
        if already := _quote_of(asked):
            return already
        raise FormAlreadyUsed from None


def _quote_of(asked: QuoteRequest) -> Quote | None:
    """The quote of the first time; two forms are the same when they say which offer, how configured, for whom."""
    quote = Quote.objects.filter(request_key=asked.key).first()
    told = asked.offer.pk, selection_to_json(asked.selection), _buyer(asked)
    if quote and (quote.offer_id, quote.selection, quote.buyer) != told:
        raise FormAlreadyUsed
    return quote


def _buyer(asked: QuoteRequest) -> dict[str, object]:
    return buyer_of(asked.organization, asked.person).to_json()


@transaction.atomic
def _request_quote(hoster: Hoster, asked: QuoteRequest) -> Quote:
    breakdown = price(asked.tariff_version.tariff, asked.selection, vat=hoster.vat_policy)
    if breakdown.outcome != Outcome.PRICED or not _fits_a_document(breakdown):
        raise NoFirmPrice(breakdown)
    contact = welcome(
        hoster=hoster, organization=asked.organization, person=asked.person, source=asked.source
    )
    subject = _("Devis pour %(offer)s") % {"offer": asked.offer.name}
    record_request(
        contact=contact, kind=Request.Kind.QUOTE, subject=subject, message=asked.message, key=asked.key
    )
    quote = _issue(hoster, asked, contact, breakdown)
    queue_mail(hoster=hoster, kind="quote_sent", to=contact.email, reference=quote.pk)
    queue_mail(hoster=hoster, kind="request_received", to=hoster.email, reference=quote.pk)
    return quote


def _fits_a_document(breakdown: Breakdown) -> bool:
    """Whether the columns of a quote can hold the amounts; a billion people is a mistake to look at together."""
    column = Quote._meta.get_field("first_year_gross")
    amounts = [breakdown.first_year_total, *(line.amount for line in breakdown.lines)]
    limit = Decimal(10) ** (column.max_digits - column.decimal_places)
    return all(abs(amount) < limit for amount in amounts if amount is not None)


def request_without_price(*, hoster: Hoster, asked: QuoteRequest) -> Request:
    """Record a request that a person must price. The same form sent twice, even at once, records one request.

    Raises:
        FormAlreadyUsed: the same key came with another request.
    """
    quantities = ", ".join(f"{code} : {value}" for code, value in asked.selection.quantities.items())
    told = {"offer": asked.offer.name, "quantities": quantities}
    subject = (_("%(offer)s à chiffrer (%(quantities)s)") % told)[:200]
    same = {"subject": subject, "message": asked.message, "email": asked.person.email}
    if already := request_of(asked.key, **same):
        return already
    try:
        return _request_without_price(hoster, asked, subject)
    except IntegrityError:  # the other one was first
        if already := request_of(asked.key, **same):
            return already
        raise FormAlreadyUsed from None


def request_of(key: UUID, *, subject: str, message: str, email: str) -> Request | None:
    """What this form recorded the first time.

    Raises:
        FormAlreadyUsed: it was something else, which must not be taken for what is asked now.
    """
    request = Request.objects.filter(key=key).select_related("contact").first()
    told = subject, message, email.lower()
    if request and (request.subject, request.message, request.contact.email.lower()) != told:
        raise FormAlreadyUsed
    return request


@transaction.atomic
def _request_without_price(hoster: Hoster, asked: QuoteRequest, subject: str) -> Request:
    contact = welcome(
        hoster=hoster, organization=asked.organization, person=asked.person, source=asked.source
    )
    request = record_request(
        contact=contact, kind=Request.Kind.ON_QUOTE, subject=subject, message=asked.message, key=asked.key
    )
    queue_mail(hoster=hoster, kind="pricing_asked", to=hoster.email, reference=request.pk)
    return request


def _issue(hoster: Hoster, asked: QuoteRequest, contact: Contact, breakdown: Breakdown) -> Quote:
    today = timezone.localdate()
    number = take_number(hoster=hoster, kind=NumberSeries.Kind.QUOTE, on=today)
    assert breakdown.recurring_per_period is not None and breakdown.first_year_total is not None
    quote = Quote.objects.create(
        hoster=hoster,
        number=number,
        organization=contact.organization,
        contact=contact,
        offer=asked.offer,
        tariff_version=asked.tariff_version,
        issued_on=today,
        valid_until=today + timedelta(days=hoster.quote_validity_days),
        term_months=asked.selection.term_months,
        selection=selection_to_json(asked.selection),
        seller=seller_of(hoster).to_json(),
        buyer=_buyer(asked),
        promise=promise_of(asked.offer),
        totals=totals_of(breakdown),
        mention=vat_mention(hoster.vat_policy.regime, on=today),
        period_gross=breakdown.recurring_per_period,
        first_year_gross=breakdown.first_year_total,
        document=new_document(hoster=hoster, name=f"devis-{number}.pdf"),
        request_key=asked.key,
    )
    QuoteLine.objects.bulk_create(
        quote_line(quote, position, line) for position, line in enumerate(breakdown.lines, start=1)
    )
    return quote


def selection_to_json(selection: Selection) -> dict[str, Any]:
    """The configuration as asked, kept with the quote."""
    return {
        "quantities": {code: str(value) for code, value in selection.quantities.items()},
        "options": {code: str(value) for code, value in selection.options.items()},
        "term_months": selection.term_months,
        "segment": selection.segment,
        "already_member": selection.already_member,
    }
