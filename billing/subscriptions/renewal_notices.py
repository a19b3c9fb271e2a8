"""The notice of renewal that the law wants, in its window, in a mail of its own, with its proof (CON-02, L215-1).

A commitment of a month at a time has no window: nobody is bound beyond the notice, and no notice is sent.
"""

import hashlib
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.db.models.lookups import GreaterThanOrEqual
from django.utils import timezone

from billing.models import QuoteLine, RenewalNotice, Subscription
from billing.people import who_decides
from billing.subscriptions.periods import commitment_months
from billing.subscriptions.plans import notice_days
from hosters.mail import queue_mail
from hosters.models import Mail
from pricing.engine import Cadence
from pricing.periods import months_after

if TYPE_CHECKING:
    from django.db.models import QuerySet

#: The window of L215-1: from three months to one month before the last day to refuse.
OPENS, CLOSES = 3, 1  # months
SHORTEST = 2  # months of commitment
#: No window opens earlier than this before a term, whatever the notice of the contract.
FARTHEST = timedelta(days=93 + 60)


@dataclass(frozen=True)
class Window:
    """The last day to refuse the renewal, and between which days the notice must leave."""

    deadline: date
    opens: date
    closes: date


def window_of(subscription: Subscription) -> Window | None:
    """The window of the commitment that runs; None when no notice is due."""
    months = commitment_months(subscription)
    tacit = subscription.renewal == Subscription.Renewal.TACIT and subscription.ends_on is None
    if subscription.commitment_until is None or months is None or months < SHORTEST or not tacit:
        return None
    deadline = subscription.commitment_until - timedelta(days=notice_days(subscription))
    return Window(deadline, months_after(deadline, -OPENS), months_after(deadline, -CLOSES))


def send_due_notices(*, day: date) -> int:
    """Queue the notices of the hoster in scope whose window is open that day; once each, whoever asks."""
    told = RenewalNotice.objects.filter(subscription=OuterRef("pk"), term_end=OuterRef("commitment_until"))
    rows = near_their_term(day).exclude(Exists(told)).select_related("quote__contact", "hoster")
    sent = 0
    for subscription in rows.prefetch_related("quote__lines").order_by("pk"):
        window = window_of(subscription)
        if window and window.opens <= day <= window.closes:
            sent += _queue(subscription, window)
    return sent


def near_their_term(day: date) -> "QuerySet[Subscription]":
    """The running subscriptions of the scope whose window may have come; most, month by month, are not even read."""
    periods = QuoteLine.objects.filter(quote=OuterRef("quote"), kept=True, cadence=Cadence.PERIOD)
    # Asked of each row that is left, never of every line that was ever sold.
    longest = periods.order_by().values("quote").annotate(most=Max(Coalesce("term_months", 0))).values("most")
    return Subscription.objects.active().filter(
        GreaterThanOrEqual(Coalesce(Subquery(longest), SHORTEST), SHORTEST),
        ends_on=None,
        renewal=Subscription.Renewal.TACIT,
        commitment_until__gte=day,
        commitment_until__lte=day + FARTHEST,
    )


@transaction.atomic
def _queue(subscription: Subscription, window: Window) -> bool:
    """Write the notice and queue its mail; another process may have been first."""
    assert subscription.commitment_until is not None  # a window has a term
    notice, new = RenewalNotice.objects.get_or_create(
        subscription=subscription,
        term_end=subscription.commitment_until,
        defaults={
            "hoster": subscription.hoster,
            "deadline": window.deadline,
            "window_from": window.opens,
            "window_until": window.closes,
            "to": who_decides(subscription.quote.contact).email,
        },
    )
    if new:
        queue_mail(hoster=notice.hoster, kind="renewal_notice", to=notice.to, reference=notice.pk)
    return new


def keep_proof(mail: Mail, subject: str, text: str) -> None:
    """What left, word for word, the first time; the same mail sent again after a crash changes nothing."""
    now = timezone.now()
    sealed = "\n".join([mail.to, now.isoformat(), subject, text])
    RenewalNotice.objects.filter(pk=mail.reference, sent_at=None).update(
        sent_at=now,
        subject=subject[:300],
        text=text,
        sha256=hashlib.sha256(sealed.encode()).hexdigest(),
    )


def was_told(subscription: Subscription, *, term_end: date) -> bool:
    """Whether the notice of that term left in its window."""
    notice = RenewalNotice.objects.filter(subscription=subscription, term_end=term_end).first()
    return notice is not None and notice.in_time
