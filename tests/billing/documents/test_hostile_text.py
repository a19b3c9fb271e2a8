"""What people type is text, wherever it is printed; and what would get through finds a closed room (T04)."""

from collections.abc import Callable
from io import BytesIO
from itertools import cycle, islice
from typing import Any
from uuid import uuid4

import pytest
from django.utils.html import escape
from pypdf import PdfReader
from weasyprint import HTML

from billing.documents import pdf, render
from billing.documents.engine import ClosedRoom, Refused
from billing.models import Acceptance, Contract, Invoice, InvoiceLine, Quote, QuoteLine
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.models import Hoster
from offers.models import Offer
from tests.billing.documents.conftest import Listener
from tests.billing.documents.hostile import Canary, poisoned, snippets
from tests.billing.documents.reading import missing, names_of, text_of
from tests.factories import make_acceptance, make_invoice, make_quote

DANGEROUS = {
    "/EmbeddedFile",
    "/EmbeddedFiles",
    "/Filespec",
    "/JavaScript",
    "/JS",
    "/URI",
    "/Launch",
    "/GoToR",
}


def poisoned_quote(offer: Offer, text: Callable[[], str]) -> tuple[Quote, list[QuoteLine]]:
    """A quote whose every text was typed by a pirate."""
    quote = make_quote(offer)
    for field in ("seller", "buyer", "promise"):
        setattr(quote, field, poisoned(getattr(quote, field), text))
    return quote, poisoned_rest(quote, text)


def poisoned_invoice(offer: Offer, text: Callable[[], str]) -> tuple[Invoice, list[InvoiceLine]]:
    # Another structure each time: a membership is due once a year.
    details = OrganizationDetails(f"Structure {uuid4()}", "3 place du Marché", "69003", "Lyon")
    person = PersonDetails("Dominique Petit", f"{uuid4().hex}@lavoir.example", notice="…")
    invoice = make_invoice(offer, organization=details, person=person)
    invoice.seller, invoice.buyer = poisoned(invoice.seller, text), poisoned(invoice.buyer, text)
    invoice.subject = text()
    return invoice, poisoned_rest(invoice, text)


def poisoned_contract(offer: Offer, text: Callable[[], str]) -> tuple[Contract, list[QuoteLine]]:
    """A contract whose quote, clauses and acceptance were typed by a pirate; annexes: `tests/hosters/test_terms.py`."""
    acceptance = poisoned_acceptance(offer, text)
    return acceptance.contract, poisoned_rest(acceptance.quote, text)


def poisoned_proof(offer: Offer, text: Callable[[], str]) -> tuple[Acceptance, list[QuoteLine]]:
    acceptance = poisoned_acceptance(offer, text)
    return acceptance, poisoned_rest(acceptance.quote, text)


def poisoned_acceptance(offer: Offer, text: Callable[[], str]) -> Acceptance:
    acceptance = make_acceptance(make_quote(offer))
    quote, conditions = acceptance.quote, acceptance.conditions
    assert conditions is not None
    for field in ("seller", "buyer", "promise"):
        setattr(quote, field, poisoned(getattr(quote, field), text))
    conditions.clauses = [clause | {"title": text(), "paragraphs": [text()]} for clause in conditions.clauses]
    quote.conditions = conditions
    acceptance.name, acceptance.role, acceptance.statement = text(), text(), text()
    acceptance.contract.quote, acceptance.contract.acceptance = quote, acceptance
    return acceptance


def poisoned_rest(source: Any, text: Callable[[], str]) -> list[Any]:
    hoster, lines = source.hoster, list(source.lines.all())
    hoster.name, hoster.tagline, hoster.contact_hours = text(), text(), text()
    for line in lines:
        line.label, line.rule, line.unit = text(), text(), text()
    return lines


def html_of(source: render.Source, lines: list[Any]) -> str:
    if isinstance(source, Quote):
        return render.quote_html(source, lines)
    if isinstance(source, Contract):
        return render.contract_html(source, lines)
    if isinstance(source, Acceptance):
        return render.proof_html(source)
    return render.invoice_html(source, lines)


@pytest.mark.parametrize(
    ("make", "fields"),
    [(poisoned_quote, 55), (poisoned_invoice, 40), (poisoned_contract, 50), (poisoned_proof, 25)],
)
def test_no_field_becomes_markup(marmule: Offer, canary: Canary, make: Any, fields: int) -> None:
    """Every snippet in every field: the page keeps the elements that it has with a harmless word there."""
    harmless = html_of(*make(marmule, lambda: "mot"))
    hostile = html_of(*make(marmule, lambda: "mot".join(snippets(canary))))
    assert hostile.count(escape(snippets(canary)[0])) >= fields
    assert elements_of(hostile) == elements_of(harmless)


def elements_of(html: str) -> list[tuple[str, list[str]]]:
    """Each element with the names of its attributes, as the renderer's parser sees them."""
    tree = HTML(string=html, url_fetcher=ClosedRoom({})).etree_element
    return [(str(element.tag), sorted(element.keys())) for element in tree.iter()]


@pytest.mark.thorough
@pytest.mark.parametrize("make", [poisoned_quote, poisoned_invoice])
def test_what_was_typed_is_printed_literally(
    marmule: Offer, canary: Canary, listener: Listener, make: Any
) -> None:
    """Three snippets a field, each in turn: nothing is called, read or attached, and the board reads what was typed."""
    turns = cycle(snippets(canary))
    source, lines = make(marmule, lambda: " ¤ ".join(islice(turns, 3)))
    content = pdf.write(html_of(source, lines), identifier="x", hoster=source.hoster)
    reader = PdfReader(BytesIO(content))
    assert listener.calls == 0
    assert canary.secret not in text_of(reader)
    assert not names_of(reader) & DANGEROUS
    assert missing(reader, snippets(canary)) == []


def test_room_is_closed_even_to_markup_that_was_not_escaped(
    artifaille: Hoster, canary: Canary, listener: Listener
) -> None:
    """The second wall, each snippet alone: one may hide the next."""
    for snippet in snippets(canary):
        try:
            content = pdf.write(f"<html lang=fr><title>x</title>{snippet}", identifier="x", hoster=artifaille)
        except pdf.CannotRender:
            continue
        reader = PdfReader(BytesIO(content))
        assert canary.secret not in reader.pages[0].extract_text(), snippet
        assert not names_of(reader) & {"/EmbeddedFile", "/EmbeddedFiles", "/Filespec"}, snippet
    assert listener.calls == 0


def test_canaries_sing_without_the_room(canary: Canary, listener: Listener) -> None:
    """The control: with the renderer's own fetcher, the same snippets call the server and attach the file."""
    markup = f'<img src="{canary.url}/a"><link rel=attachment href="{canary.file.as_uri()}">'
    content = HTML(string=f"<html lang=fr><title>x</title>{markup}").write_pdf()
    assert listener.calls > 0
    assert "/EmbeddedFile" in names_of(PdfReader(BytesIO(content)))


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1/",
        "https://example.org/a.png",
        "file:///etc/passwd",
        "FILE:///etc/passwd",
        "ftp://example.org/",
        "data:image/png;base64,AAAA",
        "/etc/passwd",
        "../../etc/passwd",
        "asset:logo/../../secret",
        "asset:",
        "",
    ],
)
def test_room_refuses_what_is_not_in_its_table(url: str) -> None:
    with pytest.raises(Refused):
        ClosedRoom({"asset:logo": b"png"}).fetch(url)


def test_room_gives_its_own_assets() -> None:
    assert ClosedRoom({"asset:logo": b"png"}).fetch("asset:logo").read() == b"png"


@pytest.mark.parametrize(
    "html",
    [
        "<p>" + "mot " * (pdf.MAX_CHARACTERS // 4 + 1),
        "<style>*{font-size:1e9px}</style><p>immense",
        "<p style='page-break-after:always'>page" * (pdf.MAX_PAGES + 1),
    ],
    ids=["too long", "too big", "too many pages"],
)
def test_absurd_page_ends_in_a_clear_error(artifaille: Hoster, html: str) -> None:
    with pytest.raises(pdf.CannotRender):
        pdf.write(f"<html lang=fr><title>x</title>{html}", identifier="x", hoster=artifaille)


def test_hostile_names_reach_the_file_through_the_task(
    artifaille: Hoster, marmule: Offer, canary: Canary, listener: Listener
) -> None:
    """The whole way: no job in error, and the document is there."""
    Hoster.objects.filter(pk=artifaille.pk).update(name="<img src=x>", tagline=f'<img src="{canary.url}">')
    quote: Quote = make_quote(marmule)
    render.render(quote.document)
    assert quote.document.path.read_bytes().startswith(b"%PDF")
    assert listener.calls == 0
    assert not Invoice.objects.exists()
