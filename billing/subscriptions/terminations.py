"""« Résilier votre contrat » : received without an account, acknowledged at once, confirmed by a person (CON-04)."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import Subscription, SubscriptionEnd, Termination
from billing.quoting.online import FormAlreadyUsed
from billing.subscriptions.forecast import last_invoice, last_invoice_words
from billing.subscriptions.plans import Plan, as_planned, plan_end
from billing.subscriptions.refunds import refunds_of
from hosters.mail import queue_mail
from hosters.models import Hoster, User
from pricing.engine.money import ZERO
from pricing.typography import euros


@dataclass(frozen=True)
class Notice:
    """What the form says, cleaned. `wished_end` None: as soon as possible."""

    organization: str
    email: str
    contract: str
    wished_end: date | None
    reason: str
    key: UUID


def receive_termination(*, hoster: Hoster, notice: Notice) -> Termination:
    """Record the notice, acknowledge it with its content, date and time, tell the team.

    The same notice sent twice, even at once, is received once.

    Raises:
        FormAlreadyUsed: the same key came with another notice.
    """
    try:
        return _already(notice) or _receive(hoster, notice)
    except IntegrityError:  # the other one was first
        if already := _already(notice):
            return already
        raise FormAlreadyUsed from None


def plan_for(termination: Termination) -> Plan | None:
    """What the notice leads to, before a person confirms; None while no contract is recognised."""
    if termination.subscription is None:
        return None
    received = timezone.localdate(termination.received_at)
    return plan_end(
        subscription=termination.subscription, received_on=received, wished=termination.wished_end
    )


def money_words(subscription: Subscription, plan: Plan) -> str:
    """What is still to pay once that end is confirmed, and what would be given back (EUR, as the client pays it)."""
    told = [last_invoice_words(last_invoice(as_planned(subscription, plan)))]
    rows = refunds_of(subscription, last_day=plan.ends_on, since=plan.refund_from, everything=plan.everything)
    if back := sum((each.gross for each in rows), ZERO):
        told.append(_("À vous rendre, par un avoir : %(amount)s.") % {"amount": euros(back)})
    return " ".join(told)


def effective_on(termination: Termination) -> date | None:
    """The last day of the contract: the one confirmed, else the one that follows from the rules; None when unknown."""
    confirmed = SubscriptionEnd.objects.filter(termination=termination, undone_at=None).first()
    if confirmed:
        return confirmed.ends_on
    plan = plan_for(termination)
    return plan.ends_on if plan else None


def close_termination(*, termination: Termination, by: User) -> None:
    """No contract is concerned, or it was dealt with otherwise. Closing twice changes nothing."""
    rows = Termination.objects.filter(pk=termination.pk, handled_at=None)
    rows.update(handled_at=timezone.now(), handled_by=by)


def _already(notice: Notice) -> Termination | None:
    known = Termination.objects.filter(key=notice.key).first()
    if known and (known.email, known.contract) != (notice.email, notice.contract):
        raise FormAlreadyUsed
    return known


@transaction.atomic
def _receive(hoster: Hoster, notice: Notice) -> Termination:
    termination = Termination.objects.create(
        hoster=hoster,
        subscription=_subscription_of(notice),
        organization=notice.organization,
        email=notice.email,
        contract=notice.contract,
        wished_end=notice.wished_end,
        reason=notice.reason,
        key=notice.key,
    )
    queue_mail(hoster=hoster, kind="termination_acknowledged", to=notice.email, reference=termination.pk)
    queue_mail(hoster=hoster, kind="termination_received", to=hoster.email, reference=termination.pk)
    return termination


def _subscription_of(notice: Notice) -> Subscription | None:
    """The running contract whose quote has this number, if the address is one of that association's people."""
    found = Subscription.objects.active().filter(
        quote__number__iexact="".join(notice.contract.split()),
        organization__contacts__email__iexact=notice.email,
        organization__contacts__left_at=None,
    )
    return found.distinct().first()
