"""Deciding that a subscription ends, and taking it back before it does."""

from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.departures.timeline import open_departure
from billing.models import Invoice, Subscription, SubscriptionEnd, Termination
from billing.people import reader_of_invoices
from billing.subscriptions.periods import next_due
from billing.subscriptions.plans import Plan
from hosters.mail import queue_mail
from hosters.models import User

if TYPE_CHECKING:
    from django.db.models import QuerySet


class EndRefused(Exception):
    """The end cannot be decided or undone; the message says why, in French."""


@transaction.atomic
def decide_end(
    *,
    subscription: Subscription,
    plan: Plan,
    by: User | None,
    termination: Termination | None = None,
) -> SubscriptionEnd:
    """Confirm when a contract ends and what is paid back; the association is told in writing (CON-04).

    The invoices already issued do not change: what they say beyond the last day is credited when it is over.

    Raises:
        EndRefused: it is over, or its end is decided already: undo that one first.
    """
    locked = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
    if locked.ended_on or locked.ends_on:
        raise EndRefused(
            _("La fin de ce contrat est déjà décidée. Annulez-la d’abord pour en choisir une autre.")
        )
    told_to = termination.email if termination else reader_of_invoices(locked.quote.contact).email
    end = SubscriptionEnd.objects.create(
        hoster=locked.hoster,
        subscription=locked,
        termination=termination,
        reason=plan.reason,
        received_on=plan.received_on,
        ends_on=plan.ends_on,
        refund_from=plan.refund_from,
        everything=plan.everything,
        last_invoice=_invoices(locked).order_by("-pk").first(),
        why=plan.why,
        told_to=told_to,
        decided_by=by,
    )
    if plan.reason != SubscriptionEnd.Reason.REPLACED:  # the data stay with the next contract
        open_departure(end=end, transition_from=plan.transition_from)
    locked.ends_on, locked.leaving_since = plan.ends_on, plan.received_on
    if plan.reason == SubscriptionEnd.Reason.TERM:
        locked.renewal = Subscription.Renewal.NONE
    _plan_again(locked)
    if termination:
        rows = Termination.objects.filter(pk=termination.pk, handled_at=None)
        rows.update(handled_at=timezone.now(), handled_by=by)
    if plan.reason != SubscriptionEnd.Reason.REPLACED:  # the acceptance of the next contract says it all
        queue_mail(hoster=locked.hoster, kind="end_confirmed", to=told_to, reference=end.pk)
    return end


@transaction.atomic
def undo_end(*, end: SubscriptionEnd, by: User, why: str) -> None:
    """The association stays: the contract goes on as if nothing had been decided.

    Raises:
        EndRefused: the last day is over, it was undone already, or the last invoice left for its own days only.
    """
    locked = Subscription.objects.select_for_update(of=("self",)).get(pk=end.subscription_id)
    current = SubscriptionEnd.objects.get(pk=end.pk)
    if current.undone_at or current.applied_at or locked.ended_on:
        raise EndRefused(_("Cette fin n’est plus à annuler : elle a déjà eu lieu, ou elle est déjà annulée."))
    if locked.quote.renewal == Subscription.Renewal.NONE and current.reason == SubscriptionEnd.Reason.TERM:
        raise EndRefused(
            _("Ce contrat n’est pas reconduit : son devis le dit. Pour continuer, faites un nouveau devis.")
        )
    if _last_invoice_left(current):
        raise EndRefused(
            _(
                "La dernière facture est partie, pour les seuls jours qui restent. Pour continuer, faites un devis."
            )
        )
    current.undone_at, current.undone_by, current.undone_why = timezone.now(), by, why.strip()[:200]
    current.save(update_fields=["undone_at", "undone_by", "undone_why"])
    locked.ends_on = locked.leaving_since = None
    locked.renewal = locked.quote.renewal
    _plan_again(locked)
    queue_mail(hoster=locked.hoster, kind="end_undone", to=current.told_to, reference=current.pk)


def _plan_again(subscription: Subscription) -> None:
    """The next invoice follows what was just decided: the first one due that was not issued."""
    issued = _invoices(subscription).values_list("period_start", flat=True)
    last = max(filter(None, issued), default=None)
    after = -1 if last is None else subscription.months_begun(last)
    months = next_due(subscription, after)
    subscription.next_invoice_on = None if months is None else subscription.day(months)
    subscription.save(update_fields=["ends_on", "leaving_since", "renewal", "next_invoice_on"])


def _last_invoice_left(end: SubscriptionEnd) -> bool:
    """Whether a period begun after the notice was invoiced until the last day only."""
    made = _invoices(end.subscription).filter(period_start__gt=end.received_on, period_end=end.ends_on)
    return made.filter(pk__gt=end.last_invoice_id or 0).exists()


def _invoices(subscription: Subscription) -> "QuerySet[Invoice]":
    return Invoice.objects.filter(subscription=subscription, kind=Invoice.Kind.INVOICE)


def current_end(subscription: Subscription) -> SubscriptionEnd | None:
    """The end that was decided, applied or not; None when the contract goes on."""
    rows = SubscriptionEnd.objects.filter(subscription=subscription, undone_at=None)
    return rows.select_related("subscription", "last_invoice").first()
