"""Trials: opened with their last day, reminded before it, over by themselves; never a contract in silence."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billing.models import Subscription, Trial
from billing.people import who_decides
from billing.subscriptions.free_months import MOST_MONTHS, trial_refusal
from crm.models import Contact, Organization
from hosters.mail import queue_mail
from hosters.models import User
from offers.models import Offer
from pricing.periods import months_after

#: The reminder leaves this long before the last day.
REMINDER = timedelta(days=10)


class TrialRefused(Exception):
    """The trial cannot be opened; the message says why, in French."""


def open_trial(*, contact: Contact, offer: Offer, starts_on: date, ends_on: date, by: User) -> Trial:
    """Open a trial; the association is told its last day, and that nothing follows by itself.

    Raises:
        TrialRefused: it ends before it starts, there was one of this offer already, or the free months of this
            association, trials and welcomes, would be more than twelve in all.
    """
    if ends_on < starts_on:
        raise TrialRefused(_("Le dernier jour vient après le premier."))
    if ends_on >= months_after(starts_on, MOST_MONTHS):
        raise TrialRefused(_("Un essai dure douze mois au plus."))
    try:
        return _open(contact, offer, starts_on, ends_on, by)
    except IntegrityError:
        raise TrialRefused(
            _("Cette association a déjà essayé cette offre : un seul essai par offre.")
        ) from None


@transaction.atomic
def _open(contact: Contact, offer: Offer, starts_on: date, ends_on: date, by: User) -> Trial:
    organization = Organization.objects.select_for_update(of=("self",)).get(pk=contact.organization_id)
    if reason := trial_refusal(organization, starts_on, ends_on):
        raise TrialRefused(reason)
    trial = Trial.objects.create(
        hoster=organization.hoster,
        organization=organization,
        contact=contact,
        offer=offer,
        starts_on=starts_on,
        ends_on=ends_on,
        opened_by=by,
    )
    queue_mail(hoster=trial.hoster, kind="trial_opened", to=contact.email, reference=trial.pk)
    return trial


def follow_trials(*, day: date) -> None:
    """Remind those that end soon, close those that are over; for the hoster in scope. Twice does nothing twice."""
    soon = Trial.objects.running(day).filter(ends_on__lte=day + REMINDER, reminded_on=None)
    for trial in soon.select_related("contact", "hoster"):
        _once(trial, "reminded_on", day, "trial_ending")
    over = Trial.objects.filter(closed_on=None, ends_on__lt=day)
    for trial in over.select_related("contact", "hoster"):
        _once(trial, "closed_on", day, "trial_over")


@transaction.atomic
def _once(trial: Trial, column: str, day: date, kind: str) -> None:
    """One conditional update: of several processes, one sends the mail; none when a contract follows."""
    mine = Trial.objects.filter(pk=trial.pk, **{f"{column}": None}).update(**{column: day})
    follows = Subscription.objects.active().filter(
        organization=trial.organization_id, quote__offer=trial.offer_id
    )
    if mine and not follows.exists():
        queue_mail(hoster=trial.hoster, kind=kind, to=who_decides(trial.contact).email, reference=trial.pk)
