"""WeasyPrint in a closed room. Imported by `billing.documents.pdf` alone, inside workers."""

import os
import re
import warnings
import zlib
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import pydyf
from django.contrib.staticfiles import finders
from weasyprint import CSS, HTML, Document
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from billing.documents.hybrid import announce, attachment_of
from billing.documents.logo import logo_png
from billing.facturx.data import InvoiceData
from hosters.brand import brand_of
from hosters.models import Hoster

TOKEN = re.compile(r"(--[\w-]+):\s*([^;]+);")
VARIABLE = re.compile(r"var\((--[\w-]+)\)")
FONT_FACE = re.compile(r"@font-face \{.*?\}", re.DOTALL)
BASE = Path(__file__).parent / "assets" / "base.css"
LAYOUT = Path(__file__).parent / "assets" / "document.css"
SMALLEST = 9  # of zlib
OPTIONS = {"pdf_variant": "pdf/a-3a", "presentational_hints": False}


class Refused(Exception):
    """The page named something that is not one of our own assets."""


class Page(HTML):
    """A page of ours, which starts from our own style sheet instead of that of a browser.

    WeasyPrint's gives six pseudo-elements to each element (notes, call marks) and looks for attributes that no page of
    ours has: without it the same bytes take a tenth less time.
    """

    def _ua_stylesheets(self, forms: bool = False) -> list[CSS]:
        return [_base()]


class ClosedRoom(URLFetcher):
    """Gives what is in its table, and refuses everything else: no network, no disk, no `data:`."""

    def __init__(self, assets: dict[str, bytes]) -> None:
        super().__init__(allowed_protocols={"asset"}, allow_redirects=False)
        self.assets = assets

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        if url not in self.assets:
            raise Refused(url[:80])
        return URLFetcherResponse(url, self.assets[url])


def lay_out(html: str, *, hoster: Hoster) -> Document:
    """Pages, not yet written."""
    page = Page(string=html, url_fetcher=ClosedRoom(_assets(hoster)))
    document = page.render(
        font_config=_fonts(os.getpid()), stylesheets=_stylesheets(os.getpid(), hoster.brand_color), **OPTIONS
    )
    document.metadata.attachments.clear()  # ours are added by code, never by the page
    return document


def serialize(document: Document, *, identifier: str, data: InvoiceData | None = None) -> bytes:
    """Tagged and made to last (PDF/A-3a); `identifier` replaces the random one, so that bytes can be compared."""
    added: dict[str, Any] = {"attachments": [attachment_of(data)]} if data else {}

    def finish(document: Document, pdf: pydyf.PDF) -> None:
        if data:
            announce(document, pdf)
        compress_once(document, pdf)

    with warnings.catch_warnings():
        warnings.simplefilter(
            "ignore", ResourceWarning
        )  # WeasyPrint 70 leaves its colour profile to be closed by chance
        content: bytes = document.write_pdf(
            pdf_identifier=identifier.encode(), finisher=finish, **OPTIONS, **added
        )
    return content


def warm_up() -> None:
    """Register our fonts and lay out a line in each."""
    colour = Hoster._meta.get_field("brand_color").default
    Page(string="<h1>a</h1><p>a <b>b</b></p>", url_fetcher=ClosedRoom({})).render(
        font_config=_fonts(os.getpid()), stylesheets=_stylesheets(os.getpid(), colour)
    )


def compress_once(_document: Document, pdf: pydyf.PDF) -> None:
    """Compress each stream before it is asked for: writing asks twice, for the file and for its identifier."""
    for each in pdf.objects:
        if (
            isinstance(each, pydyf.Stream)
            and each.compress
            and all(isinstance(part, bytes) for part in each.stream)
        ):
            each.stream = [zlib.compress(b"\n".join(each.stream), SMALLEST)]
            each.compress = False
            each.extra["Filter"] = "/FlateDecode"


@cache
def _base() -> CSS:
    return CSS(string=BASE.read_text(), url_fetcher=ClosedRoom({}))


@cache
def _fonts(_process: int) -> FontConfiguration:
    """One a process: a new one for each document leaks memory. Not shared with a fork, which would delete its files."""
    return FontConfiguration()


@lru_cache(maxsize=64)
def _stylesheets(process: int, colour: str) -> list[CSS]:
    """Fonts then layout in a hoster's colours, parsed once; parsing registers the fonts."""
    room = ClosedRoom(
        {f"asset:fonts/{path.name}": path.read_bytes() for path in _static("fonts").glob("*.woff2")}
    )
    sources = stylesheets(
        tokens=_static("css/tokens.css").read_text(), layout=LAYOUT.read_text(), colour=colour
    )
    return [CSS(string=source, font_config=_fonts(process), url_fetcher=room) for source in sources]


def stylesheets(*, tokens: str, layout: str, colour: str) -> tuple[str, str]:
    """The `@font-face` rules of the tokens, and the layout with each `var()` replaced by its value.

    Left to WeasyPrint, each element inherits every token and a document takes a tenth longer. Figures of one width
    are asked for here too: asked for by `font-variant-numeric`, they leak memory with each document.
    """
    brand = brand_of(colour)
    values = dict(TOKEN.findall(tokens[tokens.index(":root") :].partition("}")[0]))
    values |= {"--brand": brand.color, "--on-brand": brand.on_color, "--brand-text": brand.text_on_light}
    fonts = "".join(FONT_FACE.findall(tokens)).replace("../fonts/", "asset:fonts/")
    fonts = fonts.replace("font-display: swap", 'font-feature-settings: "tnum"')
    return fonts, VARIABLE.sub(lambda found: values[found[1]], layout)


def _static(name: str) -> Path:
    found = finders.find(name)
    assert isinstance(found, str), f"static/{name} is part of the application"
    return Path(found)


def _assets(hoster: Hoster) -> dict[str, bytes]:
    logo = logo_png(hoster)
    return {"asset:logo": logo} if logo else {}
