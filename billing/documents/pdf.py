"""HTML to PDF bytes. What a person typed can neither reach the network or the disk, nor hang the worker."""

import gc

from billing.facturx.data import InvoiceData
from hosters.models import Hoster

#: A quote of five hundred lines with every field full has 450 000 on 104 pages: longer is an attack or a mistake.
MAX_CHARACTERS = 600_000
MAX_PAGES = 120


class CannotRender(Exception):
    """The document cannot be laid out; the message says why. Trying again with the same row changes nothing."""


def write(html: str, *, identifier: str, hoster: Hoster, data: InvoiceData | None = None) -> bytes:
    """The PDF/A-3a (tagged) of a page, in the hoster's colours; with `data`, Factur-X. The same arguments give the
    same bytes.

    Dates, title, author and language come from the page itself, so no clock is read. The page may name
    `asset:logo`, the hoster's logo, and nothing else.

    Raises:
        CannotRender: too long, too many pages, or sizes that no sheet of paper holds.
    """
    if len(html) > MAX_CHARACTERS:
        raise CannotRender(f"{len(html)} caractères, au plus {MAX_CHARACTERS}")
    from billing.documents import engine  # noqa: PLC0415 - WeasyPrint takes a second to import: workers only

    try:
        document = engine.lay_out(html, hoster=hoster)
        if len(document.pages) > MAX_PAGES:
            raise CannotRender(f"{len(document.pages)} pages, au plus {MAX_PAGES}")
        return engine.serialize(document, identifier=identifier, data=data)
    except (ArithmeticError, RecursionError) as error:  # what WeasyPrint raises on absurd sizes and depths
        raise CannotRender(f"mise en page impossible ({type(error).__name__})") from error


def warm_up() -> None:
    """Import WeasyPrint and load the fonts, once a worker process has started: the first document is not slower."""
    from billing.documents import engine  # noqa: PLC0415 - WeasyPrint takes a second to import: workers only

    engine.warm_up()
    gc.collect()
    gc.freeze()  # what the process holds for good is not read again by each collection: a tenth of a document's time
