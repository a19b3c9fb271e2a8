"""What staff should do today. Upper apps add their items by registering a source in `ready()`."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from crm.models import Request
from hosters.models import Hoster, Mail, Role
from pricing.typography import NBSP


@dataclass(frozen=True)
class WorkItem:
    """One thing to do, with its one button. `act` is a URL to POST to, else `url` is a page to open.

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
    tone: str = ""
    roles: tuple[Role, ...] = ()

    def seen_by(self, role: str) -> "WorkItem":
        """The same thing for a person who may only look at it: its button opens the page."""
        if not self.act or not self.roles or role in {*self.roles, Role.ADMIN}:
            return self
        return replace(self, act="", button=_("Voir"))


Source = Callable[[Hoster], Iterable[WorkItem]]
_sources: list[Source] = []


def register_source(source: Source) -> None:
    """Add a source of things to do. Called in `ready()`."""
    _sources.append(source)


def workqueue(hoster: Hoster, *, role: str) -> list[WorkItem]:
    """Everything that waits, the oldest first, with the buttons of a role."""
    items = (item.seen_by(role) for source in _sources for item in source(hoster))
    return sorted(items, key=lambda item: item.at)


#: In a word, what kind of answer is expected; a quote or a price keeps the general word.
KINDS = {
    Request.Kind.QUESTION: gettext_lazy("Question"),
    Request.Kind.CALLBACK: gettext_lazy("À rappeler"),
    Request.Kind.APPOINTMENT: gettext_lazy("Rendez-vous"),
}


def requests_to_answer(hoster: Hoster) -> Iterable[WorkItem]:
    """People who asked something expect a person to call or write (004-028)."""
    for request in Request.objects.filter(hoster=hoster).waiting().select_related("organization", "contact"):
        phone = request.phone or request.contact.phone
        who = ", ".join(
            filter(None, [request.contact.name, phone.replace(" ", NBSP), request.get_slot_display()])
        )
        yield WorkItem(
            at=request.created_at,
            label=str(KINDS.get(Request.Kind(request.kind), _("Demande"))),
            title=request.organization.name,
            detail=" – ".join(filter(None, [request.subject, who, request.message])),
            url=request.organization.get_absolute_url(),
            button=_("C’est répondu"),
            act=reverse("staff:close_request", kwargs={"pk": request.pk}),
            tone="info",
            roles=(Role.SALES,),
        )


def failed_mails(hoster: Hoster) -> Iterable[WorkItem]:
    """Mails that no server took: the address may be wrong, or the server away; a person decides."""
    for mail in Mail.objects.filter(hoster=hoster, state=Mail.State.FAILED):
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
register_source(failed_mails)
