"""The whole story of an organisation. Upper apps add their chapters by registering a source in `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.models import Organization, Request, StageChange
from crm.stages import stage_label
from hosters.together import Part, read_together


@dataclass(frozen=True)
class Event:
    """One thing that happened: when, what, and where to see it."""

    when: datetime
    title: str
    text: str = ""
    url: str = ""
    tone: str = ""


#: What a source gives: first the querysets that it reads, then the events.
Events = Part[Event]
Source = Callable[[Organization], Events]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Add a source of events. Called in `ready()`."""
    _sources.append(source)


def timeline(organization: Organization) -> list[Event]:
    """Every event of an organisation, the latest first. One query."""
    told = read_together([source(organization) for source in _sources])
    events = [event for source in told for event in source]
    return sorted(events, key=lambda event: event.when, reverse=True)


def requests(organization: Organization) -> Events:
    rows = Request.objects.filter(organization=organization).select_related("contact")
    rows = rows.only("kind", "subject", "message", "created_at", "contact__name")
    yield (rows,)
    for request in rows:
        title = f"{capfirst(request.get_kind_display())} · {request.contact.name}"
        text = request.message or request.subject
        yield Event(when=request.created_at, title=title, text=text, url=request.get_absolute_url())


def stage_changes(organization: Organization) -> Events:
    rows = StageChange.objects.filter(organization=organization).only("at", "after", "evidence")
    yield (rows,)
    for change in rows:
        title = _("Étape : %(stage)s") % {"stage": stage_label(change.after, organization.hoster)}
        yield Event(when=change.at, title=title, text=change.evidence)


register_source(requests)
register_source(stage_changes)
