"""Prospect → lead → client: the only place where an organisation's stage changes (contradictions C1 and C2).

Codes are neutral and rest on evidence; the words come from the hoster's preset. A client is made by a deed of
purchase only: no form lets staff type it (004-003).
"""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from crm.models import Organization, Stage, StageChange
from hosters.models import Hoster, User

ORDER = [Stage.CONTACT, Stage.INTEREST, Stage.CLIENT]

LABELS = {
    Hoster.StagePreset.PLAN: {
        Stage.CONTACT: _("Prospect"),
        Stage.INTEREST: _("Lead"),
        Stage.CLIENT: _("Client"),
    },
    Hoster.StagePreset.ARTICLE: {
        Stage.CONTACT: _("Lead"),
        Stage.INTEREST: _("Prospect"),
        Stage.CLIENT: _("Client"),
    },
}


def stage_label(stage: str, hoster: Hoster) -> str:
    """The hoster's word for a stage."""
    return str(LABELS[Hoster.StagePreset(hoster.stage_preset)][Stage(stage)])


@transaction.atomic
def advance_stage(
    *, organization: Organization, to: Stage, evidence: str, by: User | None = None
) -> StageChange | None:
    """Move an organisation forward and remember why. Moving to where it already is, or back, changes nothing."""
    locked = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    if ORDER.index(to) <= ORDER.index(Stage(locked.stage)):
        return None
    change = StageChange.objects.create(
        organization=locked, before=locked.stage, after=to, evidence=evidence[:200], by=by
    )
    Organization.objects.filter(pk=locked.pk).update(stage=to, stage_since=timezone.now())
    organization.stage = to
    return change
