"""What the demonstration shows of documents: one quote that was accepted online, with its contract and its proof."""

from contextlib import suppress
from uuid import NAMESPACE_DNS, UUID, uuid5

from django.utils import timezone

from billing.acceptance import Mandate, accept_quote, statement_of
from billing.accounting.batches import NothingToExport
from billing.accounting.journal import make_journal
from billing.clauses.choices import choose_clause
from billing.documents.render import render
from billing.forms import NOTICE
from billing.models import Document, ExportBatch, Quote
from billing.quoting.online import QuoteRequest, request_quote
from crm.organizations import OrganizationDetails, PersonDetails
from hosters import work
from hosters.demonstration import register_story
from hosters.models import Hoster
from offers.models import Offer
from offers.models.offer import HYBRID
from offers.showcase import with_starting_prices


def register() -> None:
    """Add our chapter to the demonstration."""
    register_story(sign_one_contract)
    register_story(keep_accounts)


def sign_one_contract(hoster: Hoster) -> None:
    """Choose the clauses, issue a quote for the first offer with a price, have it accepted. Once."""
    key = uuid5(NAMESPACE_DNS, f"contrat.{hoster.slug}.example")
    if Quote.objects.filter(request_key=key).exists():
        return
    choose_clause(
        hoster=hoster,
        offer=None,
        code="niveau-de-service",
        used=True,
        values={"calendar": "bureau", "gti": 4, "gtr": 16},
    )
    asked = _asked(hoster, key)
    if asked is not None:
        _accept(request_quote(hoster=hoster, asked=asked))


def _asked(hoster: Hoster, key: UUID) -> QuoteRequest | None:
    """What « Les Amis du lavoir » ask: the first offer that has a firm price, at its smallest; one with people in it
    if there is one, so that there is something to deliver."""
    published = Offer.objects.filter(hoster=hoster).published().order_by("position", "pk")
    for shown in sorted(with_starting_prices(published), key=lambda each: each.offer.kind != HYBRID):
        if shown.starting and shown.starting.priced:
            return QuoteRequest(
                offer=shown.offer,
                tariff_version=shown.starting.version,
                selection=shown.starting.form.selection(),
                organization=OrganizationDetails("Les Amis du lavoir", "3 place du Marché", "69003", "Lyon"),
                person=PersonDetails(
                    "Dominique Petit", "dominique@lavoir.example", role="Trésorière", notice=str(NOTICE)
                ),
                message="",
                source="",
                key=key,
            )
    return None


def _accept(quote: Quote) -> None:
    """The PDF must exist before it is accepted; the files that follow are made at once too, without a worker."""
    work.perform(Document, quote.document.pk, render)
    issued = Quote.objects.get(pk=quote.pk)
    mandate = Mandate("Dominique Petit", "Trésorière", issued.contact.email, statement_of(issued))
    acceptance = accept_quote(quote=issued, mandate=mandate)
    for document in (acceptance.contract.document, acceptance.proof):
        if document is not None:
            work.perform(Document, document.pk, render)


def keep_accounts(hoster: Hoster) -> None:
    """The first lot of the journal, once there is something to export."""
    if ExportBatch.objects.filter(hoster=hoster).exists():
        return
    with suppress(NothingToExport):
        make_journal(hoster=hoster, end=timezone.localdate())
