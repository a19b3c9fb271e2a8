"""What the team adds to the story of an organisation: exchanges, follow-ups, deals, scores, merges."""

from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from crm.models import (
    Campaign,
    FollowUp,
    Interaction,
    Letter,
    Merge,
    OpportunityChange,
    Organization,
    Postponement,
    ScoreChange,
    Step,
    WishVoice,
)
from crm.timeline import Event, Events, register_source
from pricing.dates import date_format

TONES = {Step.WON: "success", Step.LOST: "warning"}


def register() -> None:
    """Add our sources to the timeline."""
    for source in (interactions, follow_ups, postponements, deals, scores, merges, arrivals, wishes):
        register_source(source)


def interactions(organization: Organization) -> Events:
    rows = Interaction.objects.filter(organization=organization).select_related(
        "contact", "by", "letter", "objection"
    )
    told = ("happened_at", "channel", "summary", "brought", "contact__name", "by__name", "by__email")
    rows = rows.only(*told, "letter__subject", "letter__body", "letter__stopped", "objection__title")
    yield (rows,)
    for each in rows:
        people = [each.contact.name if each.contact else "", str(each.by or "")]
        title = " · ".join(filter(None, [capfirst(each.get_channel_display()), *people]))
        brought = _("Ce que ça a apporté : %(what)s") % {"what": each.brought} if each.brought else ""
        why = _("Ce qui l’a fait hésiter : %(what)s") % {"what": each.objection} if each.objection else ""
        text = " – ".join(filter(None, [each.summary, brought, why]))
        letter: Letter | None = getattr(each, "letter", None)
        yield _letter_sent(each, letter, title) if letter else Event(each.happened_at, title, text)


def _letter_sent(each: Interaction, letter: Letter, title: str) -> Event:
    stopped = _("Il n’est pas parti : %(why)s") % {"why": letter.stopped} if letter.stopped else ""
    text = "\n\n".join(filter(None, [stopped, letter.subject, letter.body]))
    return Event(each.happened_at, title, text, tone="warning" if stopped else "")


def follow_ups(organization: Organization) -> Events:
    rows = FollowUp.objects.filter(organization=organization).exclude(done_at=None)
    yield (rows,)
    for each in rows:
        assert each.done_at is not None  # the filter asked for it
        yield Event(when=each.done_at, title=_("Relance faite"), text=each.what, tone="success")


def postponements(organization: Organization) -> Events:
    rows = Postponement.objects.filter(follow_up__organization=organization).select_related("follow_up")
    yield (rows,)
    for each in rows:
        title = _("Relance reportée au %(day)s") % {"day": date_format(each.after, "j F Y")}
        yield Event(when=each.at, title=title, text=f"{each.follow_up.what} – {each.reason}")


def deals(organization: Organization) -> Events:
    rows = OpportunityChange.objects.filter(opportunity__organization=organization)
    rows = rows.select_related("opportunity").only("at", "after", "why", "opportunity__offer")
    yield (rows,)
    for each in rows:
        title = _("Affaire « %(offer)s » : %(step)s") % {
            "offer": each.opportunity.offer,
            "step": Step(each.after).label,
        }
        yield Event(when=each.at, title=title, text=each.why, tone=TONES.get(Step(each.after), ""))


def scores(organization: Organization) -> Events:
    rows = ScoreChange.objects.filter(organization=organization)
    yield (rows,)
    for each in rows:
        was = _("aucune") if each.before is None else each.before
        now = _("aucune") if each.after is None else each.after
        yield Event(when=each.at, title=_("Note : %(was)s → %(now)s") % {"was": was, "now": now})


def merges(organization: Organization) -> Events:
    rows = Merge.objects.filter(kept=organization).select_related("absorbed")
    rows = rows.only("at", "undone_at", "absorbed__name")
    yield (rows,)
    for each in rows:
        title = _("Fusionnée avec « %(name)s »") % {"name": each.absorbed.name}
        yield Event(when=each.at, title=title)
        if each.undone_at:
            yield Event(when=each.undone_at, title=_("Fusion annulée"), text=each.absorbed.name)


def arrivals(organization: Organization) -> Events:
    """The campaign that brought it (004-030)."""
    code = organization.source
    rows = Campaign.objects.filter(hoster=organization.hoster, code=code).exclude(code="")
    yield (rows,)
    for each in rows:
        url = reverse("staff:campaign", kwargs={"pk": each.pk})
        title = _("Arrivée par la campagne « %(name)s »") % {"name": each.name}
        yield Event(when=organization.created_at, title=title, url=url)


def wishes(organization: Organization) -> Events:
    rows = WishVoice.objects.filter(organization=organization).select_related("wish")
    yield (rows,)
    for each in rows:
        title = _("Aimerait « %(what)s »") % {"what": each.wish.title}
        url = reverse("staff:outreach_wish", kwargs={"pk": each.wish_id})
        yield Event(when=each.at, title=title, text=each.words, url=url)
