"""What subscriptions ask of the team today: notices to confirm or missed, late invoices, data to erase."""

from datetime import date, datetime, time, timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from billing.models import Departure, RenewalNotice, Subscription, Termination, Trial
from billing.models.subscription import LAST_TERM_TOLD
from billing.subscriptions.renewal_notices import near_their_term, window_of
from billing.subscriptions.terminations import plan_for
from crm.workqueue import WorkItem, WorkItems, oldest, register_source
from hosters.models import Hoster, Role
from pricing.dates import date_format

#: An invoice that is due leaves within the hour; after this long, something is wrong.
LATE = timedelta(days=1)


def register() -> None:
    """Add our things to do."""
    for source in (
        terminations_to_confirm,
        late_invoices,
        missed_notices,
        ends_at_term,
        data_to_erase,
        trials_ending,
    ):
        register_source(source)


def terminations_to_confirm(hoster: Hoster) -> WorkItems:
    """People who leave expect a date by return (CON-04)."""
    rows = Termination.objects.filter(hoster=hoster).waiting()
    rows = rows.select_related("subscription__quote__tariff_version")
    rows = rows.prefetch_related("subscription__quote__lines", "subscription__contract_changes")
    waiting = oldest(rows, "received_at")
    yield (waiting,)
    for notice in waiting:
        plan = plan_for(notice)
        told = {"contract": notice.contract, "email": notice.email}
        detail = _("Contrat %(contract)s, demandé par %(email)s.") % told
        if plan:
            detail += " " + _("Fin prévue le %(day)s.") % {"day": _words(plan.ends_on)}
        else:
            detail += " " + _("Contrat non reconnu : à vérifier.")
        yield WorkItem(
            at=notice.received_at,
            label=_("Résiliation"),
            title=notice.organization,
            detail=" – ".join(filter(None, [detail, notice.reason])),
            url=reverse("staff:termination", kwargs={"pk": notice.pk}),
            button=_("Lire et confirmer"),
            tone="warning",
            roles=(Role.SALES, Role.ACCOUNTANT),
        )


def late_invoices(hoster: Hoster) -> WorkItems:
    """What the daily task should have issued: it tries again each hour, and its journal says why it fails."""
    late = Subscription.objects.active().filter(
        hoster=hoster, next_invoice_on__lt=timezone.localdate() - LATE
    )
    named = late.select_related("organization", "quote").only(
        "next_invoice_on", "organization__name", "quote__number"
    )
    waiting = oldest(named, "next_invoice_on")
    yield (waiting,)
    for each in waiting:
        assert each.next_invoice_on is not None  # the filter asked for it
        yield WorkItem(
            at=_at(each.next_invoice_on),
            label=_("Facture non émise"),
            title=each.organization.name,
            detail=_("Contrat %(number)s : la facture du %(day)s n’est pas partie.")
            % {"number": each.quote.number, "day": _words(each.next_invoice_on)},
            url=each.get_absolute_url(),
            button=_("Ouvrir l’abonnement"),
            tone="danger",
        )


def missed_notices(hoster: Hoster) -> WorkItems:
    """The window closed and no notice left: after the term, the association leaves when it wants (L215-1)."""
    today = timezone.localdate()
    near = near_their_term(today).filter(hoster=hoster)
    near = near.select_related("organization", "quote").prefetch_related("quote__lines")
    near = near.only("renewal", "ends_on", "commitment_until", "organization__name", "quote__promise")
    sent = RenewalNotice.objects.filter(hoster=hoster, term_end__gte=today)
    yield near, sent
    in_time = {(each.subscription_id, each.term_end) for each in sent if each.in_time or not each.sent_at}
    for each in near:
        window = window_of(each)
        if window and window.closes < today and (each.pk, each.commitment_until) not in in_time:
            yield WorkItem(
                at=_at(window.closes),
                label=_("Avis de reconduction manqué"),
                title=each.organization.name,
                detail=_(
                    "L’avis devait partir avant le %(day)s. Après le terme, l’association pourra partir à tout "
                    "moment et sera remboursée du temps non couru : mieux vaut l’appeler."
                )
                % {"day": _words(window.closes)},
                url=each.get_absolute_url(),
                button=_("Ouvrir l’abonnement"),
                tone="warning",
            )


def ends_at_term(hoster: Hoster) -> WorkItems:
    """A contract that stops at its term, unless somebody speaks of what follows."""
    today = timezone.localdate()
    near = Subscription.objects.active().filter(
        hoster=hoster,
        renewal=Subscription.Renewal.NONE,
        ends_on__gte=today,
        ends_on__lte=today + LAST_TERM_TOLD,
    )
    named = near.select_related("organization", "quote").only(
        "ends_on", "organization__name", "quote__number"
    )
    waiting = oldest(named, "ends_on")
    yield (waiting,)
    for each in waiting:
        assert each.ends_on is not None  # the filter asked for it
        yield WorkItem(
            at=_at(each.ends_on - LAST_TERM_TOLD),
            label=_("Fin de contrat proche"),
            title=each.organization.name,
            detail=_("Le contrat %(number)s s’arrête le %(day)s : proposer la suite.")
            % {"number": each.quote.number, "day": _words(each.ends_on)},
            url=each.get_absolute_url(),
            button=_("Ouvrir l’abonnement"),
            tone="info",
        )


def data_to_erase(hoster: Hoster) -> WorkItems:
    """The delay to fetch the data is over: erase, and record it so that the certificate leaves (CON-08)."""
    today = timezone.localdate()
    rows = Departure.objects.filter(
        hoster=hoster,
        erased_on=None,
        retrieval_until__lt=today,
        end__undone_at=None,
        end__applied_at__isnull=False,
    )
    named = rows.select_related("end__subscription__organization").only(
        "retrieval_until", "erase_by", "end__subscription__organization__name"
    )
    waiting = oldest(named, "retrieval_until")
    yield (waiting,)
    for each in waiting:
        yield WorkItem(
            at=_at(each.retrieval_until),
            label=_("Données à effacer"),
            title=each.end.subscription.organization.name,
            detail=_("À effacer avant le %(day)s, sauvegardes comprises.") % {"day": _words(each.erase_by)},
            url=each.get_absolute_url(),
            button=_("Noter l’effacement"),
            tone="danger" if each.erase_by < today else "warning",
        )


def trials_ending(hoster: Hoster) -> WorkItems:
    """A trial that was reminded: a call helps to choose (002-203)."""
    today = timezone.localdate()
    rows = Trial.objects.running(today).filter(hoster=hoster, reminded_on__isnull=False)
    named = rows.select_related("organization", "offer").only(
        "reminded_on", "ends_on", "organization__name", "offer__name"
    )
    waiting = oldest(named, "reminded_on")
    yield (waiting,)
    for each in waiting:
        yield WorkItem(
            at=_at(each.reminded_on or each.ends_on),
            label=_("Essai bientôt fini"),
            title=each.organization.name,
            detail=_("L’essai de %(offer)s se termine le %(day)s.")
            % {"offer": each.offer.name, "day": _words(each.ends_on)},
            url=each.organization.get_absolute_url(),
            button=_("Ouvrir la fiche"),
            tone="info",
            roles=(Role.SALES,),
        )


def _at(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time()))


def _words(day: date) -> str:
    return date_format(day, "j F Y")
