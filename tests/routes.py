"""Every route of a URLconf, walked as Django resolves them. Tests of access are generated from it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver


@dataclass(frozen=True)
class Route:
    """`name` is the namespaced name (`staff:quote`), `arguments` the names of what its path captures."""

    name: str
    path: str
    view: Callable[..., Any]
    arguments: tuple[str, ...]

    def __str__(self) -> str:
        return self.name or self.path


def routes_of(urlconf: str) -> list[Route]:
    """The routes of a URLconf in order, allauth's excepted: it tests its own."""
    return [route for route in _walk(get_resolver(urlconf), "", "") if not _is_allauth(route)]


def _walk(resolver: URLResolver, prefix: str, namespace: str) -> Iterator[Route]:
    for entry in resolver.url_patterns:
        path = prefix + str(entry.pattern)
        if isinstance(entry, URLResolver):
            inner = f"{namespace}{entry.namespace}:" if entry.namespace else namespace
            yield from _walk(entry, path, inner)
        elif isinstance(entry, URLPattern):
            name = namespace + entry.name if entry.name else ""
            yield Route(name, f"/{path}", entry.callback, tuple(entry.pattern.converters))


def _is_allauth(route: Route) -> bool:
    return route.view.__module__.startswith("allauth")
