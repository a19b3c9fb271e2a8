"""What boards add to the pages of the team: the story of an organisation, and what to do today."""

from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from billing.models import BoardDecision, BoardMeeting, BoardVote, Quote, ValidityExtension
from crm import timeline, workqueue
from crm.models import Organization
from crm.timeline import Event, Events
from crm.workqueue import WorkItem, WorkItems, oldest
from hosters.models import Hoster, Role
from pricing.dates import date_format

SOON = timedelta(days=7)
#: What tells which quote it is and where its page is; the rest of a quote is long.
OF_QUOTE = ("quote__number", "quote__state")


def register() -> None:
    """Add our events and our things to do."""
    for source in (meetings, votes, decisions, extensions):
        timeline.register_source(source)
    for items in (meetings_of_tomorrow, quotes_about_to_expire, extensions_to_grant):
        workqueue.register_source(items)


def meetings(organization: Organization) -> Events:
    rows = BoardMeeting.objects.filter(quote__organization=organization).select_related("quote")
    rows = rows.only("body", "held_on", "told_at", *OF_QUOTE)
    yield (rows,)
    for meeting in rows:
        title = _("Devis %(number)s à l’ordre du jour") % {"number": meeting.quote.number}
        yield Event(
            when=meeting.told_at, title=title, text=_told(meeting), url=meeting.quote.get_absolute_url()
        )


def votes(organization: Organization) -> Events:
    rows = BoardVote.objects.filter(quote__organization=organization).select_related("quote")
    rows = rows.only("opened_at", "closes_on", *OF_QUOTE)
    yield (rows,)
    for vote in rows:
        title = _("Vote en ligne ouvert sur le devis %(number)s") % {"number": vote.quote.number}
        text = _("jusqu’au %(day)s") % {"day": date_format(vote.closes_on, "j F Y")}
        yield Event(when=vote.opened_at, title=title, text=text, url=vote.quote.get_absolute_url())


def decisions(organization: Organization) -> Events:
    tones = {"accepted": "success", "conditional": "success", "refused": "danger", "postponed": "warning"}
    rows = BoardDecision.objects.filter(quote__organization=organization).select_related("quote")
    rows = rows.only("result", "conditions", "recorded_at", *OF_QUOTE)
    yield (rows,)
    for made in rows:
        words = {"number": made.quote.number, "result": made.get_result_display()}
        yield Event(
            when=made.recorded_at,
            title=_("Décision sur le devis %(number)s : %(result)s") % words,
            text=made.conditions,
            url=made.quote.get_absolute_url(),
            tone=tones[made.result],
        )


def extensions(organization: Organization) -> Events:
    rows = ValidityExtension.objects.filter(quote__organization=organization).exclude(granted_at=None)
    rows = rows.select_related("quote").only("granted_at", "granted_until", *OF_QUOTE)
    yield (rows,)
    for granted in rows:
        assert granted.granted_at and granted.granted_until
        words = {"number": granted.quote.number, "day": date_format(granted.granted_until, "j F Y")}
        title = _("Devis %(number)s prolongé jusqu’au %(day)s") % words
        yield Event(when=granted.granted_at, title=title, url=granted.quote.get_absolute_url())


def meetings_of_tomorrow(hoster: Hoster) -> WorkItems:
    """Boards that meet today or tomorrow: a call now helps the person who will speak."""
    today = timezone.localdate()
    near = Quote.objects.filter(hoster=hoster, meeting_on__range=(today, today + timedelta(days=1)))
    near = near.undecided().select_related("organization", "contact").prefetch_related("meetings")
    named = near.only(
        "number", "state", "meeting_on", "organization__name", "contact__name", "contact__email"
    )
    waiting = oldest(named, "meeting_on")
    yield (waiting,)
    for quote in waiting:
        assert quote.meeting_on
        meeting = next(iter(quote.meetings.all()), None)
        yield WorkItem(
            at=_start(quote.meeting_on),
            label=_("CA aujourd’hui") if quote.meeting_on == today else _("CA demain"),
            title=quote.organization.name,
            detail=_("Devis %(number)s, %(body)s. Une question avant ? %(name)s, %(email)s.")
            % {
                "number": quote.number,
                "body": meeting.get_body_display() if meeting else _("réunion"),
                "name": quote.contact.name,
                "email": quote.contact.email,
            },
            url=quote.get_absolute_url(),
            button=_("Ouvrir le devis"),
            tone="info",
        )


def quotes_about_to_expire(hoster: Hoster) -> WorkItems:
    """Undecided in their last week: extend them, or ask what is missing."""
    rows = Quote.objects.filter(hoster=hoster, valid_until__lte=timezone.localdate() + SOON).undecided()
    named = rows.select_related("organization").only("number", "state", "valid_until", "organization__name")
    waiting = oldest(named, "valid_until")
    yield (waiting,)
    for quote in waiting:
        yield WorkItem(
            at=_start(quote.valid_until),
            label=_("Devis bientôt périmé"),
            title=quote.organization.name,
            detail=_("Devis %(number)s, valable jusqu’au %(day)s.")
            % {"number": quote.number, "day": date_format(quote.valid_until, "j F Y")},
            url=quote.get_absolute_url() + "#validite",
            button=_("Ouvrir le devis"),
            tone="warning",
        )


def extensions_to_grant(hoster: Hoster) -> WorkItems:
    """Asked by an association whose meeting comes after the end of validity: one click."""
    rows = ValidityExtension.objects.filter(
        quote__hoster=hoster,
        granted_at=None,
        quote__state__in=Quote.OPEN_STATES,
        quote__valid_until__gte=timezone.localdate(),
    )
    named = rows.select_related("quote__organization").only(
        "asked_at", "asked_until", *OF_QUOTE, "quote__organization__name"
    )
    waiting = oldest(named, "asked_at")
    yield (waiting,)
    for asked in waiting:
        day = date_format(asked.asked_until, "j F Y")
        yield WorkItem(
            at=asked.asked_at,
            label=_("Prolongation demandée"),
            title=asked.quote.organization.name,
            detail=_("Devis %(number)s : la réunion est après la fin de validité.")
            % {"number": asked.quote.number},
            url=asked.quote.get_absolute_url(),
            button=_("Prolonger jusqu’au %(day)s") % {"day": day},
            act=reverse("staff:grant_extension", kwargs={"pk": asked.pk}),
            tone="warning",
            roles=(Role.SALES,),
        )


def _start(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _told(meeting: BoardMeeting) -> str:
    return f"{capfirst(meeting.get_body_display())}, {date_format(meeting.held_on, 'j F Y')}"
