import socket
from collections.abc import Iterator
from pathlib import Path
from threading import Thread

import pytest
from pypdf import PdfReader

from billing.models import Invoice, Quote
from offers.models import Offer
from tests.billing.documents.hostile import Canary
from tests.billing.documents.reading import pages_of
from tests.factories import make_invoice, make_quote

_printed: dict[str, tuple[Quote | Invoice, PdfReader]] = {}


class Listener:
    """A server on the loopback that only counts who knocks."""

    def __init__(self) -> None:
        self.socket = socket.create_server(("127.0.0.1", 0))
        self.calls = 0
        Thread(target=self._listen, daemon=True).start()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.socket.getsockname()[1]}"

    def _listen(self) -> None:
        while True:
            try:
                connection, _address = self.socket.accept()
            except OSError:
                return
            self.calls += 1
            connection.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    opened = Listener()
    yield opened
    opened.socket.shutdown(socket.SHUT_RDWR)
    opened.socket.close()


@pytest.fixture
def canary(listener: Listener, tmp_path: Path) -> Canary:
    secret = "le-secret-du-canari"
    file = tmp_path / "canari.txt"
    file.write_text(secret)
    return Canary(listener.url, file, secret)


@pytest.fixture
def printed_quote(request: pytest.FixtureRequest) -> tuple[Quote | Invoice, PdfReader]:
    """The Marmule's quote and its PDF, rendered by the first test that reads it."""
    if "quote" not in _printed:
        quote = make_quote(request.getfixturevalue("marmule"))
        _printed["quote"] = quote, pages_of(quote)
    return _printed["quote"]


@pytest.fixture
def printed_invoice(request: pytest.FixtureRequest) -> tuple[Quote | Invoice, PdfReader]:
    """Its first invoice, idem."""
    if "invoice" not in _printed:
        marmule: Offer = request.getfixturevalue("marmule")
        invoice = make_invoice(marmule)
        invoice.subscription.quote  # noqa: B018 - read while the database is there
        _printed["invoice"] = invoice, pages_of(invoice)
    return _printed["invoice"]
