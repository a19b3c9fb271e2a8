"""What staff should do today. Upper apps add their items by registering a source in `ready()`."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta
from itertools import islice
from typing import TypeVar

from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.models import Habits, Opportunity, Request
from hosters.models import Hoster, Mail, Role
from hosters.together import Part, read_together
from hosters.working_days import working_days_after
from pricing.dates import date_format
from pricing.typography import NBSP


@dataclass(frozen=True)
class WorkItem:
    """One thing to do, with its one button. `act` is a URL to POST to, else `url` is a page to open; `mend` is the
    page where those who may do it go instead.

    `label` says in a word or two what kind of thing it is. `roles` may do it, administrators always; everybody if
    none is named.
    """

    at: datetime
    label: str
    title: str
    detail: str
    url: str
    button: str
    act: str = ""
    mend: str = ""
    tone: str = ""
    roles: tuple[Role, ...] = ()

    def seen_by(self, role: str) -> "WorkItem":
        """The same thing for a person who may only look at it: its button opens the page."""
        if not self.roles or role in {*self.roles, Role.ADMIN}:
            return replace(self, url=self.mend or self.url)
        return replace(self, act="", button=_("Voir")) if self.act or self.mend else self


#: What a source gives: first the querysets that it reads, then the things to do.
WorkItems = Part[WorkItem]
Source = Callable[[Hoster], WorkItems]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Add a source of things to do. Called in `ready()`."""
    _sources.append(source)


#: Things of one kind that the queue shows: nobody does more in a day, the next ones come up as these are done.
MOST = 20
Row = TypeVar("Row", bound=Model)


class WorkQueue(list[WorkItem]):
    """What waits, the oldest first; `more` when some kind has more things than are shown."""

    more = False


def oldest(rows: "QuerySet[Row]", *order: str) -> "QuerySet[Row]":
    """The rows that a source reads: those that the queue shows, and one more to know whether there are others."""
    return rows.order_by(*order, "pk")[: MOST + 1]


def workqueue(hoster: Hoster, *, role: str) -> WorkQueue:
    """What waits, the oldest first, with the buttons of a role; never more than `MOST` of one kind. One query."""
    queue = WorkQueue()
    for source in read_together([source(hoster) for source in _sources]):
        items = list(islice(source, MOST + 1))
        queue.more |= len(items) > MOST
        queue += [item.seen_by(role) for item in items[:MOST]]
    queue.sort(key=lambda item: item.at)
    return queue


#: In a word, what kind of answer is expected; a quote or a price keeps the general word.
KINDS = {
    Request.Kind.QUESTION: gettext_lazy("Question"),
    Request.Kind.CALLBACK: gettext_lazy("À rappeler"),
    Request.Kind.APPOINTMENT: gettext_lazy("Rendez-vous"),
    Request.Kind.TRIAL: gettext_lazy("Essai"),
    Request.Kind.BRIEF: gettext_lazy("Cahier des charges"),
    Request.Kind.CHANGE: gettext_lazy("Changement"),
}


def requests_to_answer(hoster: Hoster) -> WorkItems:
    """People who asked something expect a person to call or write (004-028)."""
    chosen = Habits.objects.filter(hoster=hoster)
    waiting = Request.objects.filter(hoster=hoster).waiting().select_related("organization", "contact")
    words = waiting.only(
        "kind",
        "subject",
        "message",
        "phone",
        "slot",
        "created_at",
        "organization__name",
        "contact__name",
        "contact__phone",
    )
    rows = oldest(words, "created_at")
    yield chosen, rows
    days = (chosen[0] if chosen else Habits()).call_days
    for request in rows:
        phone = request.phone or request.contact.phone
        who = ", ".join(
            filter(None, [request.contact.name, phone.replace(" ", NBSP), request.get_slot_display()])
        )
        call_by = working_days_after(timezone.localdate(request.created_at), days)
        by = _("à rappeler avant le %(day)s") % {"day": date_format(call_by, "j F")}
        yield WorkItem(
            at=request.created_at,
            label=str(KINDS.get(Request.Kind(request.kind), _("Demande"))),
            title=request.organization.name,
            detail=" – ".join(filter(None, [request.subject, who, by, request.message])),
            url=request.get_absolute_url(),
            button=_("C’est répondu"),
            act=reverse("staff:close_request", kwargs={"pk": request.pk}),
            tone="warning" if timezone.localdate() > call_by else "info",
            roles=(Role.SALES,),
        )


def failed_mails(hoster: Hoster) -> WorkItems:
    """Mails that no server took: the address may be wrong, or the server away; a person decides."""
    rows = oldest(Mail.objects.filter(hoster=hoster, state=Mail.State.FAILED), "created_at")
    yield (rows,)
    for mail in rows:
        yield WorkItem(
            at=mail.created_at,
            label=_("Courriel en échec"),
            title=mail.to,
            detail=mail.last_error,
            url=reverse("staff:dashboard"),
            button=_("Renvoyer"),
            act=reverse("staff:retry_mail", kwargs={"pk": mail.pk}),
            tone="danger",
        )


register_source(requests_to_answer)


def board_meetings(hoster: Hoster) -> WorkItems:
    """Boards that vote today or tomorrow: a last call answers the last question (004-026)."""
    tomorrow = timezone.localdate() + timedelta(days=1)
    soon = Opportunity.objects.filter(
        hoster=hoster, meeting_on__range=(timezone.localdate(), tomorrow)
    ).open()
    rows = oldest(
        soon.select_related("organization").only("offer", "meeting_on", "organization__name"), "meeting_on"
    )
    yield (rows,)
    for deal in rows:
        assert deal.meeting_on is not None  # the filter asked for it
        yield WorkItem(
            at=timezone.make_aware(datetime.combine(deal.meeting_on, time())),
            label=_("Réunion du CA"),
            title=deal.organization.name,
            detail=_("Le vote sur « %(offer)s » est le %(day)s.")
            % {"offer": deal.offer, "day": date_format(deal.meeting_on, "j F Y")},
            url=deal.organization.get_absolute_url(),
            button=_("Ouvrir la fiche"),
            tone="info",
        )


register_source(failed_mails)
register_source(board_meetings)
