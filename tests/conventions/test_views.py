"""Every view says who may open it and which methods it answers."""

import pytest

from tests.routes import Route, routes_of

ROUTES = {route.path: route for conf in ("config.urls", "config.urls_install") for route in routes_of(conf)}


#: What is fetched under the name of a file rather than read as a page.
FILES = {"hosters:brand_css", "hosters:logo", "storefront:sitemap", "storefront:robots", "robots"}


def test_routes_are_found() -> None:
    names = {route.name for route in ROUTES.values()}
    assert {
        "storefront:offer",
        "portal:document",
        "staff:invoice",
        "hosters:health",
        "install:staff",
    } <= names


@pytest.mark.parametrize("route", ROUTES.values(), ids=str)
def test_view_says_who_may_open_it(route: Route) -> None:
    assert getattr(route.view, "access", None) in {"public", "private", "staff"}


@pytest.mark.parametrize(
    "route", [route for path, route in ROUTES.items() if path.startswith("/gestion/")], ids=str
)
def test_staff_page_is_for_staff_only(route: Route) -> None:
    assert route.view.access == "staff"


@pytest.mark.parametrize("route", ROUTES.values(), ids=str)
def test_path_is_french_and_ends_plainly(route: Route) -> None:
    """A page ends with a slash; a file does not."""
    assert route.path == route.path.lower()
    assert route.path.endswith("/") or route.name in FILES


@pytest.mark.parametrize("route", ROUTES.values(), ids=str)
def test_route_has_an_english_name(route: Route) -> None:
    assert route.name or route.path == "/"
