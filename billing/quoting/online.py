"""From a visitor's configuration to a numbered quote, in one transaction."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billing.models import Quote, QuoteEvent, QuoteItem
from billing.parties import buyer_of
from billing.quoting.drafts import start_draft
from billing.quoting.pricing import NotPriced, price_items
from billing.quoting.sending import issue
from billing.quoting.states import ActRefused, Told
from billing.selections import selection_to_json
from crm.models import Contact, Request
from crm.organizations import OrganizationDetails, PersonDetails, welcome
from crm.requests import record_request
from hosters.legal_identity import unprintable_seller
from hosters.mail import queue_mail
from hosters.models import Hoster
from offers.models import Offer, TariffVersion
from pricing.engine import Breakdown, Selection, price


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
    #: By component, the structure chosen among those that may do it (002-168).
    providers: Mapping[str, str] = field(default_factory=dict)


def request_quote(*, hoster: Hoster, asked: QuoteRequest) -> Quote:
    """Issue the quote that a visitor asks for: price, people, number, copy, then PDF and mails after commit.

    The same form sent twice, even at once, gives the quote of the first time.

    Raises:
        NoFirmPrice: the outcome is not `priced`, too large for a document, or would give too many free months;
            nothing was written.
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
    told = asked.offer.pk, _selection(asked), _buyer(asked)
    if quote and (quote.offer_id, quote.selection, quote.buyer) != told:
        raise FormAlreadyUsed
    return quote


def _buyer(asked: QuoteRequest) -> dict[str, object]:
    return buyer_of(asked.organization, asked.person).to_json()


@transaction.atomic
def _request_quote(hoster: Hoster, asked: QuoteRequest) -> Quote:
    breakdown = price(asked.tariff_version.tariff, asked.selection, vat=hoster.vat_policy)
    if unprintable_seller(hoster):  # DEV-01: a person answers, once they have said who sells
        raise NoFirmPrice(breakdown)
    try:
        price_items(hoster=hoster, items=[_item(asked)])
    except NotPriced:
        raise NoFirmPrice(breakdown) from None
    contact = welcome(
        hoster=hoster, organization=asked.organization, person=asked.person, source=asked.source
    )
    subject = _("Devis pour %(offer)s") % {"offer": asked.offer.name}
    record_request(
        contact=contact, kind=Request.Kind.QUOTE, subject=subject, message=asked.message, key=asked.key
    )
    try:
        quote = _issue(asked, contact)
    except ActRefused:  # DEV-08: it had free months already; a person answers
        raise NoFirmPrice(breakdown) from None
    queue_mail(hoster=hoster, kind="quote_sent", to=contact.email, reference=quote.pk)
    queue_mail(hoster=hoster, kind="request_received", to=hoster.email, reference=quote.pk)
    return quote


def request_without_price(*, hoster: Hoster, asked: QuoteRequest) -> Request:
    """Record a request that a person must price. The same form sent twice, even at once, records one request.

    Raises:
        FormAlreadyUsed: the same key came with another request.
    """
    wanted = [f"{code} : {value}" for code, value in asked.selection.quantities.items()]
    wanted += [name or hoster.name for name in asked.providers.values()]
    told = {"offer": asked.offer.name, "quantities": ", ".join(wanted)}
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


def _issue(asked: QuoteRequest, contact: Contact) -> Quote:
    """A draft of one item, sent at once: the very path of a quote written by staff."""
    draft = start_draft(contact=contact, key=asked.key, buyer=buyer_of(asked.organization, asked.person))
    item = _item(asked)
    item.quote = draft
    item.save()
    told = Told(name=contact.name)
    return issue(draft=draft, actor=QuoteEvent.Actor.CLIENT, told=told)


def _item(asked: QuoteRequest) -> QuoteItem:
    return QuoteItem(
        offer=asked.offer,
        tariff_version=asked.tariff_version,
        selection=_selection(asked),
        choosable=True,
    )


def _selection(asked: QuoteRequest) -> dict[str, Any]:
    """The configuration, and the structures chosen where several may do the work (002-168)."""
    chosen = {"providers": dict(asked.providers)} if asked.providers else {}
    return selection_to_json(asked.selection) | chosen
