"""Deals: opened by a request or by hand, moved by what happens to the quote, or by a person who says why."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from crm.models import LossReason, Opportunity, OpportunityChange, Organization, Request, Step
from hosters.models import User

#: Requests that open a deal: somebody wants a price.
OPENING = frozenset({Request.Kind.QUOTE, Request.Kind.ON_QUOTE})
#: The way forward; the two ends come after.
FORWARD = [Step.NEED, Step.QUOTE, Step.BOARD, Step.SIGNATURE]
#: Which step a person may choose, on the board or in the form (004-003: only a deed of purchase wins).
BY_HAND = [*FORWARD, Step.LOST]


class StepRefused(Exception):
    """The deal cannot go there; the message says why, in French."""


@transaction.atomic
def open_by_hand(*, opportunity: Opportunity, by: User) -> Opportunity:
    """Write a deal that a form describes, and how it began."""
    opportunity.owner = opportunity.owner or by
    opportunity.save()
    _note(opportunity, "", Step(opportunity.step), _("ouverte à la main"), by)
    return opportunity


def open_for_request(*, request: Request) -> None:
    """Somebody asked for a price: a deal at its first step. The same request opens one deal; what is asked on a quote
    belongs to the deal of that quote."""
    if request.kind not in OPENING or "quote" in request.details:
        return
    if Opportunity.objects.filter(key=request.key).exists():
        return
    opened = Opportunity.objects.create(
        hoster=request.hoster, organization=request.organization, offer=request.subject[:120], key=request.key
    )
    _note(opened, "", Step.NEED, request.subject, None)


@transaction.atomic
def note_quote(
    *, organization: Organization, key: UUID, offer: str, yearly_value: Decimal, number: str
) -> None:
    """A quote is sent: what it is worth a year (EUR) is known. One that no request announced opens a deal; a new
    version opens again a deal that was lost.
    """
    why = _("devis %(number)s envoyé") % {"number": number}
    deal = _of(key)
    if deal is None:
        deal = Opportunity.objects.create(
            hoster=organization.hoster, organization=organization, offer=(offer or number)[:120], key=key
        )
        _note(deal, "", Step.NEED, why, None)
    named = (offer or deal.offer)[:120]
    Opportunity.objects.filter(pk=deal.pk).update(offer=named, yearly_value=yearly_value)
    if deal.step == Step.LOST:
        Opportunity.objects.filter(pk=deal.pk).update(loss_reason="")
        _move(deal, Step.QUOTE, why, None)
    else:
        _forward(deal, Step.QUOTE, why)


@transaction.atomic
def note_meeting(*, key: UUID, on: date) -> None:
    """The association said when its board meets."""
    deal = _of(key)
    if deal:
        Opportunity.objects.filter(pk=deal.pk).update(meeting_on=on)
        _forward(deal, Step.BOARD, _("réunion annoncée"))


@transaction.atomic
def note_won(*, key: UUID, why: str) -> None:
    """The quote is accepted."""
    deal = _of(key)
    if deal and deal.step != Step.WON:
        _move(deal, Step.WON, why, None)


@transaction.atomic
def note_lost(*, key: UUID, why: str, reason: LossReason = LossReason.OTHER) -> None:
    """The quote was refused, or withdrawn for good."""
    deal = _of(key)
    if deal and deal.step not in (Step.WON, Step.LOST):
        Opportunity.objects.filter(pk=deal.pk).update(loss_reason=reason)
        _move(deal, Step.LOST, why, None)


@transaction.atomic
def move_by_hand(*, opportunity: Opportunity, to: Step, by: User, why: str = "") -> Opportunity:
    """Another step, chosen by a person. Moving to where it is changes nothing.

    Raises:
        StepRefused: won by hand, lost without its reason (`lose` asks for it), or already won.
    """
    deal = Opportunity.objects.select_for_update(of=("self",)).get(pk=opportunity.pk)
    if to == deal.step:
        return deal
    if deal.step == Step.WON:
        raise StepRefused(_("Cette affaire est gagnée : son devis est accepté."))
    if to not in FORWARD:
        raise StepRefused(
            _("Une affaire est gagnée quand le devis est accepté : cela ne se décide pas à la main.")
            if to == Step.WON
            else _("Dites pourquoi elle est perdue.")
        )
    if deal.step == Step.LOST:
        Opportunity.objects.filter(pk=deal.pk).update(loss_reason="")
    _move(deal, to, why or _("déplacée à la main"), by)
    return deal


@transaction.atomic
def lose(*, opportunity: Opportunity, reason: LossReason, note: str, leave_alone: bool, by: User) -> None:
    """A refusal, in one click and with its reason; `leave_alone` also stops writing to them (002-197).

    Raises:
        StepRefused: it is won already.
    """
    deal = Opportunity.objects.select_for_update(of=("self",)).get(pk=opportunity.pk)
    if deal.step == Step.WON:
        raise StepRefused(_("Cette affaire est gagnée : son devis est accepté."))
    Opportunity.objects.filter(pk=deal.pk).update(loss_reason=reason)
    if deal.step != Step.LOST:
        _move(deal, Step.LOST, note.strip() or str(LossReason(reason).label), by)
    if leave_alone:
        Organization.objects.filter(pk=deal.organization_id).update(do_not_contact=True)


def _of(key: UUID) -> Opportunity | None:
    return Opportunity.objects.select_for_update(of=("self",)).filter(key=key).first()


def _forward(deal: Opportunity, to: Step, why: str) -> None:
    """Facts only push forward: a deal that a person took further stays there."""
    if deal.step in FORWARD and FORWARD.index(Step(deal.step)) < FORWARD.index(to):
        _move(deal, to, why, None)


def _move(deal: Opportunity, to: Step, why: str, by: User | None) -> None:
    _note(deal, deal.step, to, why, by)
    Opportunity.objects.filter(pk=deal.pk).update(step=to, step_since=timezone.now())
    deal.step = to


def _note(deal: Opportunity, before: str, after: Step, why: str, by: User | None) -> None:
    OpportunityChange.objects.create(opportunity=deal, before=before, after=after, why=why[:240], by=by)


def keep_deal(*, opportunity: Opportunity) -> None:
    """Write what a form corrected; the step moves elsewhere."""
    opportunity.save(update_fields=["offer", "yearly_value", "meeting_on", "owner"])
