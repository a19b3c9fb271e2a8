"""Parts of staff pages that belong to upper apps: they register what they show, crm does not know them."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet

from crm.models import Organization
from hosters.models import Hoster


@dataclass(frozen=True)
class Panel:
    """A template and its context; a page reads the querysets of all its panels in one query."""

    template: str
    context: dict[str, Any]


_dashboard: list[Callable[[Hoster], Panel]] = []
_organization: list[Callable[[Organization], Panel]] = []


def register_dashboard_panel(panel: Callable[[Hoster], Panel]) -> None:
    """Add a panel to the dashboard. Called in `ready()`."""
    _dashboard.append(panel)


def register_organization_panel(panel: Callable[[Organization], Panel]) -> None:
    """Add a panel to the page of an organisation. Called in `ready()`."""
    _organization.append(panel)


def rows_of(panels: Iterable[Panel]) -> "list[QuerySet[Any, Any]]":
    """The querysets that these panels show."""
    return [value for panel in panels for value in panel.context.values() if isinstance(value, QuerySet)]


def dashboard_panels(hoster: Hoster) -> list[Panel]:
    return [panel(hoster) for panel in _dashboard]


def organization_panels(organization: Organization) -> list[Panel]:
    return [panel(organization) for panel in _organization]
