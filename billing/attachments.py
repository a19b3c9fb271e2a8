"""The files that leave with an acknowledgment: a mail never waits long for them, and never leaves without them."""

from billing.documents.render import render
from billing.models import Acceptance, Contract, Document
from hosters import work


class NotReadyYet(Exception):
    """Another worker is making this file: the mail is tried again in a moment."""


def documents_of_acceptance(acceptance: Acceptance) -> list[Document]:
    """The contract and the proof, rendered now if no worker has done it yet; those that failed are left out.

    Raises:
        NotReadyYet: a file is being made elsewhere.
    """
    contract = Contract.objects.filter(acceptance=acceptance).select_related("document").first()
    wanted = [contract.document if contract else None, acceptance.proof]
    found = [_finished(document) for document in wanted if document is not None]
    return [document for document in found if document.ready]


def _finished(document: Document) -> Document:
    """The document as it ends: done, or failed for good and shown to staff."""
    if not document.ready:
        work.perform(Document, document.pk, render)
        document.refresh_from_db()
    if document.state in (Document.State.QUEUED, Document.State.RUNNING):
        raise NotReadyYet(document.name)
    return document
