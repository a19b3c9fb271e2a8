"""What outreach adds to the things to do: actions and reviews of campaigns, calls for projects; one query for all."""

from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import F, OuterRef, QuerySet, Subquery, Value
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.models import CallForProjects, CampaignAction, CampaignReview
from crm.workqueue import WorkItem, WorkItems, register_source
from hosters.models import Hoster, Role
from pricing.dates import date_format

#: A call for projects is written in days, not hours.
BEFORE_DEADLINE = timedelta(days=14)


def register() -> None:
    """Add our source to the work queue."""
    register_source(deadlines)


def deadlines(hoster: Hoster) -> WorkItems:
    """Actions due, calls for projects whose deadline comes, reviews that were promised."""
    today = timezone.localdate()
    actions = CampaignAction.objects.filter(campaign__hoster=hoster, done_at=None, due_on__lte=today)
    reviews = CampaignReview.objects.filter(campaign__hoster=hoster, next_on__lte=today)
    calls = CallForProjects.objects.filter(
        hoster=hoster, status__in=CallForProjects.OPEN, deadline__lte=today + BEFORE_DEADLINE
    )
    told = _told("action", actions, "campaign_id", "what", "due_on").union(
        _told("review", _latest(reviews), "campaign_id", "campaign__name", "next_on"),
        _told("call", calls, "pk", "title", "deadline"),
        all=True,
    )
    yield (told,)
    for kind, pk, title, day in told:
        yield _item(kind, pk, title, day)


def _latest(reviews: "QuerySet[CampaignReview]") -> "QuerySet[CampaignReview]":
    """Reviews that promised another one, which has not come since."""
    newest = CampaignReview.objects.filter(campaign=OuterRef("campaign")).order_by("-on", "-pk")
    return reviews.filter(pk=Subquery(newest.values("pk")[:1]))


def _told(kind: str, rows: "QuerySet[Any]", key: str, title: str, day: str) -> "QuerySet[Any, Any]":
    named = rows.order_by().annotate(of=Value(kind), of_pk=F(key), title_of=F(title), day_of=F(day))
    return named.values_list("of", "of_pk", "title_of", "day_of")


def _item(kind: str, pk: int, title: str, day: date) -> WorkItem:
    words = {
        "action": (_("Campagne"), _("Action prévue pour le %(day)s."), "staff:campaign"),
        "review": (_("Bilan"), _("Bilan de campagne promis pour le %(day)s."), "staff:campaign"),
        "call": (_("Appel à projets"), _("À rendre le %(day)s."), "staff:outreach_edit"),
    }
    label, detail, page = words[kind]
    call = kind == "call"
    here = reverse(page, kwargs={"pk": pk, "kind": "appels"} if call else {"pk": pk})
    return WorkItem(
        at=timezone.make_aware(datetime.combine(day, time())),
        label=label,
        title=title,
        detail=detail % {"day": date_format(day, "j F Y")},
        url=reverse("staff:outreach") if call else here,
        mend=here if call else "",
        button=_("Ouvrir"),
        tone="warning" if day < timezone.localdate() else "info",
        roles=(Role.SALES,),
    )
