"""Every view says who may open it and which methods it answers."""

from collections.abc import Callable

from tests.routes import Route, routes_of

ROUTES = {route.path: route for conf in ("config.urls", "config.urls_install") for route in routes_of(conf)}


#: What is fetched under the name of a file rather than read as a page.
FILES = {
    "hosters:brand_css",
    "hosters:logo",
    "storefront:sitemap",
    "storefront:robots",
    "storefront:chatons",
    "storefront:chatons_service",
    "robots",
}


def test_routes_are_found() -> None:
    names = {route.name for route in ROUTES.values()}
    assert {
        "storefront:offer",
        "portal:document",
        "staff:invoice",
        "hosters:health",
        "install:staff",
    } <= names


def but_for(rule: Callable[[Route], bool]) -> list[str]:
    """The routes that break a rule."""
    return [str(route) for route in ROUTES.values() if not rule(route)]


def test_views_say_who_may_open_them() -> None:
    assert but_for(lambda route: getattr(route.view, "access", None) in {"public", "private", "staff"}) == []


def test_staff_pages_are_for_staff_only() -> None:
    assert but_for(lambda route: not route.path.startswith("/gestion/") or route.view.access == "staff") == []


def test_paths_are_in_lower_case_and_end_plainly() -> None:
    """A page ends with a slash; a file does not."""
    assert but_for(lambda route: route.path == route.path.lower()) == []
    assert but_for(lambda route: route.path.endswith("/") or route.name in FILES) == []


def test_routes_have_an_english_name() -> None:
    assert but_for(lambda route: bool(route.name) or route.path == "/") == []
