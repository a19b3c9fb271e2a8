"""The next thing to do for an organisation: planned, done, or put off with the reason."""

from datetime import date

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.models import FollowUp, Organization, Postponement
from crm.models.follow_up import FollowUpQuerySet
from crm.temperature import heat
from hosters.models import Hoster, User


class PostponementRefused(Exception):
    """It cannot be put off so; the message says why, in French."""


def plan(*, organization: Organization, what: str, due_on: date, owner: User | None) -> FollowUp:
    """Something to do for an organisation on a day."""
    return FollowUp.objects.create(
        hoster=organization.hoster, organization=organization, what=what[:200], due_on=due_on, owner=owner
    )


def finish(*, follow_up: FollowUp, by: User) -> None:
    """It is done. Twice changes nothing."""
    FollowUp.objects.filter(pk=follow_up.pk, done_at=None).update(done_at=timezone.now(), done_by=by)


@transaction.atomic
def postpone(*, follow_up: FollowUp, until: date, reason: str, by: User) -> None:
    """Later, because of something.

    Raises:
        PostponementRefused: done already, a day that is not to come, or no reason.
    """
    locked = FollowUp.objects.select_for_update(of=("self",)).get(pk=follow_up.pk)
    if locked.done_at:
        raise PostponementRefused(_("Cette relance est déjà faite."))
    if until <= timezone.localdate():
        raise PostponementRefused(_("Choisissez un jour à venir."))
    if not reason.strip():
        raise PostponementRefused(_("Écrivez pourquoi, en quelques mots."))
    Postponement.objects.create(
        follow_up=locked, before=locked.due_on, after=until, reason=reason.strip()[:200], by=by
    )
    FollowUp.objects.filter(pk=locked.pk).update(due_on=until)


def due(hoster: Hoster, *, on: date | None = None) -> FollowUpQuerySet:
    """What to do by a day: the warmest first, then the best score, then the oldest (004-010)."""
    rows = FollowUp.objects.filter(hoster=hoster).due(on or timezone.localdate())
    warmest = heat("organization__").desc()
    best = F("organization__score").desc(nulls_last=True)
    told = ("name", "score", "do_not_contact", "knowing_at")
    rows = rows.select_related("organization", "owner").only(
        "what", "due_on", *(f"organization__{name}" for name in told), "owner__name", "owner__email"
    )
    return rows.order_by(warmest, best, "due_on", "pk")
