"""Figures of the PDF of an invoice: processor time, throughput of two processes, memory over many documents."""

import multiprocessing
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from billing.documents import pdf
from billing.documents.render import invoice_html, lines_of, make_pdf
from billing.facturx.data import InvoiceData, invoice_data
from billing.models import Invoice
from hosters.models import Hoster

PROCESSES = 2  # as many as the machine of the figures has cores
EACH = 60
MANY = 400
WARM = 40  # documents after which fonts and caches are there
Page = tuple[str, Hoster, InvoiceData | None]


def figures(invoice: Invoice, cpu_ms: Callable[..., float]) -> Iterator[str]:
    """One line a figure. `cpu_ms` measures the median processor time of an action."""
    lines = lines_of(invoice)
    html, data = invoice_html(invoice, lines), invoice_data(invoice, lines)
    pdf.warm_up()
    whole = cpu_ms(lambda: make_pdf(invoice.document), times=20)
    without = cpu_ms(lambda: _render((html, invoice.hoster, None)), times=20)
    with_data = cpu_ms(lambda: _render((html, invoice.hoster, data)), times=20)
    written = cpu_ms(lambda: invoice_data(invoice, lines), times=50)
    yield f"invoice PDF: {whole:.0f} ms of processor, {len(make_pdf(invoice.document)) / 1024:.0f} KiB"
    yield f"its data: {written:.1f} ms to write and check, {with_data / without:.2f} x the PDF without them"
    page = (html, invoice.hoster, data)
    with multiprocessing.get_context("fork").Pool(PROCESSES, initializer=_start, initargs=(page,)) as pool:
        start = time.perf_counter()
        pool.map(_one, range(PROCESSES * EACH), chunksize=1)
        rate = PROCESSES * EACH / (time.perf_counter() - start)
    yield f"throughput: {rate:.1f} invoice PDF a second with {PROCESSES} processes"
    with multiprocessing.get_context("fork").Pool(1, initializer=_start, initargs=(page,)) as pool:
        early, late = pool.apply(_memory)
    yield f"memory: {early:.0f} MiB after {WARM} documents, {late:.0f} MiB after {MANY}, {late / early:.2f} x"


_page: list[Page] = []


def _start(page: Page) -> None:
    """Fonts are registered once a process, as a worker does when it starts."""
    _page[:] = [page]
    pdf.warm_up()


def _one(_number: int) -> int:
    return len(_render(_page[0]))


def _memory() -> tuple[float, float]:
    sizes = []
    for number in range(1, MANY + 1):
        _render(_page[0])
        if number in (WARM, MANY):
            sizes.append(_resident())
    return sizes[0], sizes[1]


def _resident() -> float:
    """What this process holds in memory, in MiB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20


def _render(page: Page) -> bytes:
    html, hoster, data = page
    return pdf.write(html, identifier="mesure", hoster=hoster, data=data)
