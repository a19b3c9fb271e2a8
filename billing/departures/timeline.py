"""The delays of a departure, and what moves them (CON-08, règlement 2023/2854, article 25)."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.departures.refusal import DepartureRefused
from billing.models import Departure, Subscription, SubscriptionEnd
from hosters.mail import queue_mail
from hosters.working_days import working_days_after
from pricing.dates import date_format
from pricing.periods import months_after

#: The data stay within reach at least that long after the contract (article 25, 2 g).
SHORTEST_RETRIEVAL = 30  # days
#: The hoster says within these working days why the transition cannot be done in thirty days (article 25, 4).
TO_SAY_SO = 14
#: And then it lasts no longer than this.
LONGEST_TRANSITION = 7  # months


def open_departure(*, end: SubscriptionEnd, transition_from: date | None) -> Departure:
    """The delays that a decided end opens, as the accepted quote promised them, never shorter than the law."""
    until, erase_by = _delays(end)
    return Departure.objects.create(
        hoster=end.hoster,
        end=end,
        transition_from=transition_from,
        retrieval_until=until,
        erase_by=erase_by,
    )


@transaction.atomic
def extend_transition(*, departure: Departure, by_client: bool, until: date, why: str) -> None:
    """Move the end of a transition, once; the service goes on until then, with no other invoice.

    Raises:
        DepartureRefused: no transition runs, too late, too long, no reason, or done before.
    """
    locked = Departure.objects.select_for_update(of=("self",)).get(pk=departure.pk)
    end = SubscriptionEnd.objects.select_related("subscription").get(pk=locked.end_id)
    who = Departure.ExtendedBy.CLIENT if by_client else Departure.ExtendedBy.HOSTER
    _check(locked, end, who, until, why)
    locked.extended_by, locked.extended_from, locked.extension_why = who, end.ends_on, why.strip()[:300]
    end.ends_on = until
    end.save(update_fields=["ends_on"])
    Subscription.objects.filter(pk=end.subscription_id).update(ends_on=until)
    locked.retrieval_until, locked.erase_by = _delays(end)
    locked.save()
    queue_mail(hoster=locked.hoster, kind="transition_extended", to=end.told_to, reference=locked.pk)


def last_day_to_extend(end: SubscriptionEnd) -> date:
    """Until when the hoster may say that thirty days are not enough."""
    return working_days_after(end.received_on, TO_SAY_SO)


def _check(departure: Departure, end: SubscriptionEnd, who: str, until: date, why: str) -> None:
    from_day = departure.transition_from
    if from_day is None or end.undone_at or end.applied_at:
        raise DepartureRefused(_("Aucune transition n’est en cours pour ce contrat."))
    if departure.extended_by:
        raise DepartureRefused(_("Cette transition est déjà prolongée : une seule fois suffit."))
    if until <= end.ends_on or until > months_after(from_day, LONGEST_TRANSITION):
        told = {"day": date_format(months_after(from_day, LONGEST_TRANSITION), "j F Y")}
        raise DepartureRefused(_("Choisissez un jour après la fin prévue, au plus tard le %(day)s.") % told)
    if who == Departure.ExtendedBy.CLIENT:
        return
    if not why.strip():
        raise DepartureRefused(_("Dites pourquoi trente jours ne suffisent pas : l’association le lit."))

    if timezone.localdate() > last_day_to_extend(end):
        told = {"day": date_format(last_day_to_extend(end), "j F Y")}
        raise DepartureRefused(_("Il fallait le dire avant le %(day)s (quatorze jours ouvrés).") % told)


def _delays(end: SubscriptionEnd) -> tuple[date, date]:
    """Until when the data are within reach, and by when they are erased."""
    promised = end.subscription.quote.promise["exit"]
    reach = max(promised["retrieval_days"], SHORTEST_RETRIEVAL)
    erase = max(promised["erasure_days"], reach)
    return end.ends_on + timedelta(days=reach), end.ends_on + timedelta(days=erase)
