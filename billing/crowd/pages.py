"""How quick the staff's pages are: queries, processor, and what somebody waits when four people look at once.

The four are served as production serves them (`Dockerfile`): by a process for each core, with threads.
"""

import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from logging import ERROR, getLogger
from multiprocessing import get_context
from statistics import median, quantiles

from django.conf import settings
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import URLPattern, URLResolver, get_resolver
from django_scopes import scope

from billing.models import Invoice, Quote, Subscription
from crm.models import Organization
from hosters.models import Hoster, User

AT_ONCE = 4
#: As many as gunicorn starts in production.
PROCESSES = 2
TURNS = 80
ALONE = 10
#: Words that many organisations of the crowd have, and few.
SEARCHES = ("amis", "lavoir cahors", "facture 100")


@dataclass(frozen=True)
class Speed:
    """Milliseconds: `database` of the queries of one request, `cpu` the median of one request alone, `p50` and `p95`
    what half and 95 of 100 wait with four at once."""

    page: str
    queries: int
    database: float
    cpu: float
    p50: float
    p95: float


def speeds(hoster: Hoster, user: User, only: str = "") -> Iterator[Speed]:
    """One row for each page of the staff that opens without a choice, and for one of each document; of those whose
    address has `only` in it."""
    clients = [_signed_in(user) for _each in range(AT_ONCE)]
    getLogger("django.request").setLevel(ERROR)  # addresses that only take a form say so
    for page in [*_plain_pages(), *_searches(), *_details(hoster)]:
        if only not in page:
            continue
        address = f"/chez/{hoster.slug}/{page}"
        answer = clients[0].get(address)
        if answer.status_code == 200 and not answer.streaming:  # a list, not a redirection nor a file
            yield _speed(page, clients, address)


def _signed_in(user: User) -> Client:
    client = Client(headers={"host": "localhost"})
    client.force_login(user, backend=settings.AUTHENTICATION_BACKENDS[0])
    return client


def _speed(page: str, clients: list[Client], address: str) -> Speed:
    with CaptureQueriesContext(connection) as queries:
        clients[0].get(address)
        asked = [float(each["time"]) for each in queries]  # the next request empties the log
    spent = []
    for _turn in range(ALONE):
        start = time.process_time()
        clients[0].get(address)
        spent.append(time.process_time() - start)
    waited = _waited(address, [each.cookies[settings.SESSION_COOKIE_NAME].value for each in clients])
    told = (sum(asked), median(spent), median(waited), quantiles(waited, n=20)[-1])
    return Speed(page, len(asked), *(1000 * each for each in told))


def _waited(address: str, sessions: list[str]) -> list[float]:
    """What the people of these sessions wait, all of them at once, shared between the processes."""
    connection.close()  # a process must not inherit the connection of another
    shares = [sessions[number::PROCESSES] for number in range(PROCESSES)]
    with get_context("fork").Pool(PROCESSES) as cores:
        shared = cores.map(partial(_share, address), shares, chunksize=1)
    return [wait for waits in shared for wait in waits]


def _share(address: str, sessions: list[str]) -> list[float]:
    """In one process, a thread for each person."""
    with ThreadPoolExecutor(len(sessions)) as people:
        return [wait for waits in people.map(partial(_waits, address), sessions) for wait in waits]


def _waits(address: str, session: str) -> list[float]:
    client = Client(headers={"host": "localhost"})
    client.cookies[settings.SESSION_COOKIE_NAME] = session
    client.get(address)  # the first one opens the connection
    waits = []
    for _turn in range(TURNS // AT_ONCE):
        start = time.perf_counter()
        client.get(address)
        waits.append(time.perf_counter() - start)
    connection.close()  # this thread's own
    return waits


def _plain_pages() -> Iterator[str]:
    """Addresses of the staff without any argument."""
    staff = next(
        entry
        for entry in get_resolver().url_patterns
        if isinstance(entry, URLResolver) and str(entry.pattern) == "gestion/"
    )
    yield from sorted({f"gestion/{path}" for path in _paths(staff) if "<" not in path})


def _paths(resolver: URLResolver) -> Iterator[str]:
    for entry in resolver.url_patterns:
        if isinstance(entry, URLPattern):
            yield str(entry.pattern)
        else:
            yield from (f"{entry.pattern}{path}" for path in _paths(entry))


def _searches() -> Iterator[str]:
    for words in SEARCHES:
        yield f"gestion/organisations/?q={words}"


def _details(hoster: Hoster) -> Iterator[str]:
    with scope(hoster=hoster):
        for model in (Organization, Quote, Invoice, Subscription):
            row = model._default_manager.order_by("pk").last()
            if row is not None and hasattr(row, "get_absolute_url"):
                yield row.get_absolute_url().lstrip("/")
