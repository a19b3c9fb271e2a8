"""The whole story of an organisation. Upper apps add their chapters by registering a source in `ready()`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.models import Organization, Request, StageChange
from crm.stages import stage_label


@dataclass(frozen=True)
class Event:
    """One thing that happened: when, what, and where to see it."""

    when: datetime
    title: str
    text: str = ""
    url: str = ""
    tone: str = ""


Source = Callable[[Organization], Iterable[Event]]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Add a source of events. Called in `ready()`."""
    _sources.append(source)


def timeline(organization: Organization) -> list[Event]:
    """Every event of an organisation, the latest first."""
    events = [event for source in _sources for event in source(organization)]
    return sorted(events, key=lambda event: event.when, reverse=True)


def requests(organization: Organization) -> Iterable[Event]:
    for request in Request.objects.filter(organization=organization).select_related("contact"):
        title = f"{capfirst(request.get_kind_display())} · {request.contact.name}"
        text = request.message or request.subject
        yield Event(when=request.created_at, title=title, text=text, url=request.get_absolute_url())


def stage_changes(organization: Organization) -> Iterable[Event]:
    for change in StageChange.objects.filter(organization=organization).select_related("by"):
        title = _("Étape : %(stage)s") % {"stage": stage_label(change.after, organization.hoster)}
        yield Event(when=change.at, title=title, text=change.evidence)


register_source(requests)
register_source(stage_changes)
