"""Trials: opened with their last day, reminded before it, over by themselves; never a contract in silence."""

from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from billing.models import Quote, Subscription, Trial
from billing.people import who_decides
from crm.models import Contact, Organization
from hosters.mail import queue_mail
from hosters.models import User
from offers.models import Offer
from pricing.periods import months_after

#: Free months that an association may have at most, in one trial or in several.
MOST_MONTHS = 12
#: The reminder leaves this long before the last day.
REMINDER = timedelta(days=10)


class TrialRefused(Exception):
    """The trial cannot be opened; the message says why, in French."""


def open_trial(*, contact: Contact, offer: Offer, starts_on: date, ends_on: date, by: User) -> Trial:
    """Open a trial; the association is told its last day, and that nothing follows by itself.

    Raises:
        TrialRefused: it ends before it starts, there was one of this offer already, or the free months of this
            association would be more than twelve in all.
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
    if _free_days(organization, starts_on, ends_on) > (months_after(starts_on, MOST_MONTHS) - starts_on).days:
        raise TrialRefused(
            _(
                "Avec ses essais précédents, cette association aurait plus de douze mois gratuits : "
                "la loi n’en permet pas davantage."
            )
        )
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


def _free_days(organization: Organization, starts_on: date, ends_on: date) -> int:
    """On how many days something is free for an association, all its trials together and this one; days of two
    trials at once count once (DEV-08; code de commerce, L442-12)."""
    spans = sorted([*organization.trials.values_list("starts_on", "ends_on"), (starts_on, ends_on)])
    days, free_until = 0, date.min
    for first, last in spans:
        begins = max(first, free_until + timedelta(days=1))
        days += max((last - begins).days + 1, 0)
        free_until = max(free_until, last)
    return days


def first_paid_day(*, quote: Quote, today: date) -> date:
    """The day on which a contract accepted today begins: after the trial of the same offer, if one runs (002-036)."""
    running = Trial.objects.running(today).filter(organization=quote.organization_id, offer=quote.offer_id)
    trial = running.first() if quote.offer_id else None
    return trial.ends_on + timedelta(days=1) if trial else today


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
