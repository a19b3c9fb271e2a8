"""Prospect → lead → client: the only place where an organisation's stage changes (contradictions C1 and C2).

Codes are neutral and rest on evidence; the words come from the hoster's preset. A client is made by a deed of
purchase only: no form lets staff type it (004-003).
"""

from datetime import date

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


class StageRefused(Exception):
    """The stage cannot be set so; the message says why, in French."""


def stages_of(hoster: Hoster) -> list[tuple[str, str]]:
    """Code and label of each stage, in the order in which the hoster's words are read."""
    return [
        (stage.value, str(label)) for stage, label in LABELS[Hoster.StagePreset(hoster.stage_preset)].items()
    ]


@transaction.atomic
def advance_stage(
    *, organization: Organization, to: Stage, evidence: str, by: User | None = None
) -> StageChange | None:
    """Move an organisation forward on a fact and remember it. Moving to where it already is, or back, changes
    nothing; a former client who signs again is a client again.
    """
    locked = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    again = to == Stage.CLIENT and locked.lapsed_on is not None
    if not again and ORDER.index(to) <= ORDER.index(Stage(locked.stage)):
        return None
    Organization.objects.filter(pk=locked.pk).update(lapsed_on=None)
    change = note_stage(organization=locked, to=to, evidence=evidence, by=by)
    organization.stage = to
    return change


@transaction.atomic
def set_stage(*, organization: Organization, to: Stage, reason: str, by: User) -> StageChange:
    """Move an organisation by hand, with the reason: a webinar, a call, a mistake to correct (004-001, 004-045).

    Raises:
        StageRefused: to or from client, which only facts decide (004-003), no reason, or no change.
    """
    locked = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    if Stage.CLIENT in (to, locked.stage):
        raise StageRefused(
            str(
                _(
                    "Seul un devis accepté ou une facture payée fait un client : cela ne se décide pas à la main."
                )
            )
        )
    if to == locked.stage:
        raise StageRefused(str(_("C’est déjà son étape.")))
    if not reason.strip():
        raise StageRefused(str(_("Écrivez ce qui le prouve, en quelques mots.")))
    return note_stage(organization=locked, to=to, evidence=reason.strip(), by=by)


@transaction.atomic
def end_contract(*, organization: Organization, on: date, evidence: str) -> None:
    """The last contract ended: a former client, which the list and the page say. Said twice, it is kept once."""
    locked = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    if locked.stage != Stage.CLIENT or locked.lapsed_on:
        return
    Organization.objects.filter(pk=locked.pk).update(lapsed_on=on)
    note_stage(organization=locked, to=Stage.CLIENT, evidence=evidence, by=None)


@transaction.atomic
def undo_purchase(*, organization: Organization, evidence: str) -> None:
    """What made a client was taken back in full, and nothing else does: an interest remains (004-002)."""
    locked = Organization.objects.select_for_update(of=("self",)).get(pk=organization.pk)
    if locked.stage == Stage.CLIENT:
        note_stage(organization=locked, to=Stage.INTEREST, evidence=evidence, by=None)


def note_stage(*, organization: Organization, to: Stage, evidence: str, by: User | None) -> StageChange:
    """Write the stage and its evidence. For this module and for merges, which decided before."""
    change = StageChange.objects.create(
        organization=organization, before=organization.stage, after=to, evidence=evidence[:200], by=by
    )
    Organization.objects.filter(pk=organization.pk).update(stage=to, stage_since=timezone.now())
    return change
