"""A document to render: a row in the issuing transaction, a nudge to the worker after it."""

from billing.models import Document
from hosters import work
from hosters.models import Hoster


def new_document(*, hoster: Hoster, name: str) -> Document:
    """The row of a PDF to make; the page shows its progress."""
    document = Document.objects.create(hoster=hoster, name=name)
    work.nudge_on_commit(document)
    return document
