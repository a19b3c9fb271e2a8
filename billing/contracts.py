"""From an acceptance to its contract and its proof: rows in the same transaction, files by the worker after it."""

from django.utils import timezone

from billing.documents.issue import new_document
from billing.models import Acceptance, Contract, Document, NumberSeries
from billing.numbering import take_number


def conclude_contract(*, acceptance: Acceptance) -> Contract:
    """Number the contract and ask for its PDF (003-015). Called inside the accepting transaction."""
    quote = acceptance.quote
    today = timezone.localdate()
    number = take_number(hoster=quote.hoster, kind=NumberSeries.Kind.CONTRACT, on=today)
    return Contract.objects.create(
        hoster=quote.hoster,
        number=number,
        quote=quote,
        acceptance=acceptance,
        concluded_on=today,
        document=new_document(hoster=quote.hoster, name=f"contrat-{number}.pdf"),
    )


def new_proof(quote_number: str, *, quote_document: Document) -> Document:
    """The printable proof of an acceptance, to render after the transaction (DEV-04)."""
    return new_document(hoster=quote_document.hoster, name=f"preuve-acceptation-{quote_number}.pdf")
