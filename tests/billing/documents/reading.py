"""Reading a PDF back in a test."""

from io import BytesIO

from pypdf import PdfReader

from billing.documents import render
from billing.models import BoardSummary, Invoice, Quote


def pages_of(source: Quote | BoardSummary | Invoice) -> PdfReader:
    """The PDF of an issued document, rendered now."""
    return PdfReader(BytesIO(render.make_pdf(source.document)))


def text_of(reader: PdfReader) -> str:
    """The whole text without any space: where lines are cut does not matter."""
    return letters("".join(page.extract_text() for page in reader.pages))


def letters(text: str) -> str:
    return "".join(text.split())


def missing(reader: PdfReader, expected: list[str]) -> list[str]:
    """What was expected and is not printed."""
    text = text_of(reader)
    return [words for words in expected if letters(words) not in text]


def words_of(reader: PdfReader) -> set[str]:
    return {word for page in reader.pages for word in page.extract_text().split()}


def objects_of(reader: PdfReader) -> list[dict[str, object]]:
    """Every dictionary of the file, compressed or not."""
    numbers = range(1, int(str(reader.trailer["/Size"])))
    return [thing for thing in map(reader.get_object, numbers) if isinstance(thing, dict)]


def names_of(reader: PdfReader) -> set[str]:
    """Every key and every name in the file: `/EmbeddedFile`, `/JavaScript`…"""
    found: set[str] = set()
    for thing in objects_of(reader):
        found |= {str(key) for key in thing}
        found |= {str(value) for value in thing.values() if isinstance(value, str)}
    return found
