"""Calls, mails, meetings and notes of the team: one row each, and what comes next."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.follow_ups import plan
from crm.habits import habits_of
from crm.models import Contact, Interaction, Organization, Stage
from crm.scoring import rescore
from crm.stages import advance_stage
from hosters.models import User
from pricing.dates import date_format

#: What counts as writing to somebody; a note of the team reaches nobody.
REACHING = [Interaction.Channel.CALL, Interaction.Channel.MAIL, Interaction.Channel.LETTER]
#: What an organisation takes part in by itself, whoever wrote it down first.
TAKING_PART = frozenset(
    {Interaction.Channel.MEETING, Interaction.Channel.WEBINAR, Interaction.Channel.DOWNLOAD}
)


@dataclass(frozen=True)
class NextAction:
    """What to do next and when; nothing when `what` is empty."""

    what: str
    on: date | None


def record_interaction(*, interaction: Interaction, next_action: NextAction, by: User) -> Interaction:
    """Keep what was said, and plan what comes next. The same form sent twice keeps it once.

    What the organisation did knowingly (it called, it wrote, it met us) makes it warm; what we did does not. A webinar
    followed is an interest with evidence (004-008); a document downloaded counts for the score only (004-004).
    """
    if already := Interaction.objects.filter(key=interaction.key).first():
        return already
    try:
        return _record(interaction, next_action, by)
    except IntegrityError:  # the other one was first
        return Interaction.objects.get(key=interaction.key)


@transaction.atomic
def _record(interaction: Interaction, next_action: NextAction, by: User) -> Interaction:
    interaction.by = by
    interaction.save()
    organization = interaction.organization
    if knowing(interaction):
        never_or_before = Q(knowing_at=None) | Q(knowing_at__lt=interaction.happened_at)
        Organization.objects.filter(never_or_before, pk=organization.pk).update(
            knowing_at=interaction.happened_at
        )
        _answered_us(interaction.contact, interaction)
    if interaction.channel == Interaction.Channel.WEBINAR:
        day = date_format(timezone.localdate(interaction.happened_at), "j F Y")
        evidence = _("webinaire ou atelier suivi le %(day)s") % {"day": day}
        advance_stage(organization=organization, to=Stage.INTEREST, evidence=evidence, by=by)
    if next_action.what and next_action.on:
        plan(organization=organization, what=next_action.what, due_on=next_action.on, owner=by)
    rescore(organization=organization, by=by)
    return interaction


def knowing(interaction: Interaction) -> bool:
    """Whether the organisation took part knowingly."""
    return interaction.channel != Interaction.Channel.NOTE and (
        interaction.direction == Interaction.Direction.INBOUND or interaction.channel in TAKING_PART
    )


def _answered_us(contact: Contact | None, interaction: Interaction) -> None:
    """The three years of a prospect start again from what the person did (GDPR-05)."""
    if contact and interaction.direction == Interaction.Direction.INBOUND:
        earlier = Q(last_inbound_at=None) | Q(last_inbound_at__lt=interaction.happened_at)
        Contact.objects.filter(earlier, pk=contact.pk).update(last_inbound_at=interaction.happened_at)


def too_soon(organization: Organization) -> Interaction | None:
    """What we sent or said to them within the gap that the hoster chose (004-022), or None."""
    gap = habits_of(organization.hoster).contact_gap_days
    since = timezone.now() - timedelta(days=gap)
    ours = Interaction.objects.filter(
        organization=organization,
        direction=Interaction.Direction.OUTBOUND,
        channel__in=REACHING,
        happened_at__gte=since,
    )
    return ours.order_by("-happened_at").first()
