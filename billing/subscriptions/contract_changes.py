"""A change of a running contract, told before it applies (CON-06, CON-07, 002-027).

A price changes at a renewal, never inside a paid term, and only when the message left at least a month before the last
day to refuse that renewal. Other terms change thirty days after they are told, at the soonest. Either way the
association may leave without notice until thirty days after the day of the change, and is paid back.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import ContractChange, RenewalNotice, Subscription
from billing.people import who_decides
from billing.subscriptions.new_prices import NewPrice
from billing.subscriptions.periods import DAY, commitment_months
from billing.subscriptions.plans import notice_days
from hosters.mail import queue_mail
from hosters.models import Mail, User
from pricing.dates import date_format
from pricing.periods import months_after

Kind = ContractChange.Kind
#: Free exit after the day of a change (code de la consommation, L224-25-26), and the shortest delay to tell it.
FREE_EXIT = timedelta(days=30)
#: From the message to the last day to refuse (as L215-1 has it for a renewal).
MONTHS_TO_THINK = 1


class ChangeRefused(Exception):
    """The change cannot be announced or taken back; the message says why, in French."""


@dataclass(frozen=True)
class Calendar:
    """From when a price may change: the first day of a commitment, the last day to refuse it, and to tell it."""

    effective_on: date
    leave_by: date
    tell_by: date


def calendar_of(subscription: Subscription, *, today: date) -> Calendar:
    """The first renewal that can still be told in time, and whose own notice did not leave yet.

    Raises:
        ChangeRefused: the contract comes to no renewal.
    """
    months, end = commitment_months(subscription), subscription.commitment_until
    tacit = subscription.renewal == Subscription.Renewal.TACIT and subscription.ends_on is None
    if months is None or end is None or not tacit or subscription.ended_on:
        raise ChangeRefused(_("Ce contrat n’est pas reconduit : son prix ne change plus."))
    told = set(RenewalNotice.objects.filter(subscription=subscription).values_list("term_end", flat=True))
    while True:
        leave_by = end - timedelta(days=notice_days(subscription))
        tell_by = months_after(leave_by, -MONTHS_TO_THINK)
        if today <= tell_by and end not in told:
            return Calendar(end + DAY, leave_by, tell_by)
        end = subscription.day(subscription.months_begun(end + DAY) + months) - DAY


@transaction.atomic
def announce_price(*, subscription: Subscription, price: NewPrice, why: str, by: User) -> ContractChange:
    """Tell the association its new price, by a mail of its own that is kept; it applies at the renewal.

    Raises:
        ChangeRefused: no renewal to come, the same price, or another change of price is waiting.
    """
    locked = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
    today = timezone.localdate()
    if locked.coming_price:
        raise ChangeRefused(_("Un autre prix est déjà annoncé : retirez-le d’abord."))
    if price.words == locked.price_words:
        raise ChangeRefused(_("Ce prix est le même que celui du contrat : il n’y a rien à annoncer."))
    when = calendar_of(locked, today=today)
    change = ContractChange.objects.create(
        hoster=locked.hoster,
        subscription=locked,
        former=locked.price_change,
        kind=Kind.PRICE,
        what=why.strip(),
        old_price=locked.price_words,
        new_price=price.words,
        lines=price.lines,
        effective_on=when.effective_on,
        tell_by=when.tell_by,
        leave_by=when.leave_by,
        exit_from=when.effective_on,
        exit_until=when.effective_on + FREE_EXIT,
        to=who_decides(locked.quote.contact).email,
        decided_by=by,
    )
    locked.price_change = change
    locked.save(update_fields=["price_change"])
    queue_mail(hoster=locked.hoster, kind="price_change", to=change.to, reference=change.pk)
    return change


@transaction.atomic
def announce_terms(
    *, subscription: Subscription, what: str, effective_on: date, by: User | None
) -> ContractChange:
    """Tell the association that the service or its conditions change, with its right to leave (L224-25-25, 26).

    Raises:
        ChangeRefused: it ends already, or the day leaves less than thirty days.
    """
    locked = Subscription.objects.select_for_update(of=("self",)).get(pk=subscription.pk)
    today = timezone.localdate()
    if locked.ended_on or locked.ends_on:
        raise ChangeRefused(_("La fin de ce contrat est décidée : il ne change plus."))
    if effective_on < today + FREE_EXIT:
        soonest = date_format(today + FREE_EXIT, "j F Y")
        raise ChangeRefused(
            _("Il faut trente jours au moins. Choisissez le %(day)s ou plus tard.") % {"day": soonest}
        )
    change = ContractChange.objects.create(
        hoster=locked.hoster,
        subscription=locked,
        kind=Kind.TERMS,
        what=what.strip(),
        effective_on=effective_on,
        tell_by=effective_on - FREE_EXIT,
        leave_by=effective_on + FREE_EXIT,
        exit_from=today,
        exit_until=effective_on + FREE_EXIT,
        to=who_decides(locked.quote.contact).email,
        decided_by=by,
    )
    queue_mail(hoster=locked.hoster, kind="terms_change", to=change.to, reference=change.pk)
    return change


@transaction.atomic
def withdraw_change(*, change: ContractChange) -> None:
    """Take back a change before its day; the association is told that nothing changes, if it was told of the change.

    Raises:
        ChangeRefused: it applies already, or was taken back before.
    """
    locked = Subscription.objects.select_for_update(of=("self",)).get(pk=change.subscription_id)
    current = ContractChange.objects.get(pk=change.pk)
    if current.withdrawn_at or current.effective_on <= timezone.localdate():
        raise ChangeRefused(_("Ce changement ne se retire plus."))
    current.withdrawn_at = timezone.now()
    current.save(update_fields=["withdrawn_at"])
    if locked.price_change_id == current.pk:
        locked.price_change = current.former
        locked.save(update_fields=["price_change"])
    if current.sent_at:
        queue_mail(hoster=locked.hoster, kind="change_withdrawn", to=current.to, reference=current.pk)


def keep_proof(mail: Mail, subject: str, text: str) -> None:
    """What left, word for word, the first time; the same mail sent again after a crash changes nothing."""
    now = timezone.now()
    sealed = "\n".join([mail.to, now.isoformat(), subject, text])
    ContractChange.objects.filter(pk=mail.reference, sent_at=None).update(
        sent_at=now,
        subject=subject[:300],
        text=text,
        sha256=hashlib.sha256(sealed.encode()).hexdigest(),
    )
