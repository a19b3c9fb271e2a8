"""When a contract ends and what is paid back: one table of rules, shown before anybody confirms.

A notice is free, at any time; what was paid for the period that runs is kept, and so is the service until its end.
A period that begins after the notice is owed for its own days only. The law, or a fault of ours, gives back what was
paid for the days after the end (L215-1, règlement 2023/2854, loi 1901 article 4).
"""

from copy import copy
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from billing.models import ContractChange, Subscription, SubscriptionEnd
from billing.subscriptions.periods import commitment_end

Reason = SubscriptionEnd.Reason
#: The longest notice that a customer may be held to (règlement 2023/2854, article 25, 2 d).
LONGEST_NOTICE = 60  # days

RULES: dict[str, str | Promise] = {
    Reason.NOTICE: _(
        "La période déjà payée reste due et le service continue jusqu’à sa fin ; une période commencée après la "
        "demande n’est due que jusqu’au dernier jour."
    ),
    Reason.FREE_EXIT: _(
        "L’avis de reconduction n’est pas parti à temps : pas de préavis, et ce qui est payé au-delà du dernier jour "
        "est rendu sous trente jours (code de la consommation, article L215-1)."
    ),
    Reason.GUARANTEE: _("La garantie « satisfait ou remboursé » court encore : tout est rendu."),
    Reason.SWITCH: _(
        "Changement d’hébergeur (règlement européen 2023/2854) : préavis de deux mois au plus, puis trente jours de "
        "transition pendant lesquels le service continue ; aucuns frais, et ce qui est payé au-delà est rendu."
    ),
    Reason.RESIGNATION: _(
        "Une démission prend effet tout de suite : rien n’est dû pour la suite, ce qui est payé au-delà est rendu "
        "(loi du 1er juillet 1901, article 4)."
    ),
    Reason.FAULT: _("Nous n’avons pas tenu le contrat : ce qui est payé au-delà du dernier jour est rendu."),
    Reason.TERM: _("Le contrat s’arrête à son terme : rien de plus n’est dû."),
    Reason.AGREEMENT: _("Décidé ensemble : ce qui est payé au-delà du dernier jour est rendu."),
    Reason.CHANGE: _(
        "Le contrat change et vous ne le voulez pas : pas de préavis, aucuns frais, et ce qui est payé au-delà du "
        "dernier jour est rendu."
    ),
    Reason.REPLACED: _("Un autre contrat prend la suite, à la fin de la période déjà payée."),
}
#: The transition to another hoster, after the notice (article 25, 2 a).
TRANSITION = timedelta(days=30)
#: These need no notice and end on the day asked.
AT_ONCE = {
    Reason.FREE_EXIT,
    Reason.CHANGE,
    Reason.GUARANTEE,
    Reason.RESIGNATION,
    Reason.FAULT,
    Reason.AGREEMENT,
}


@dataclass(frozen=True)
class Plan:
    """The last day of a contract and what is paid back, as `SubscriptionEnd` keeps them."""

    reason: str
    received_on: date
    ends_on: date
    refund_from: date | None
    everything: bool
    transition_from: date | None = None

    @property
    def why(self) -> str:
        return str(RULES[self.reason])


def plan_end(
    *, subscription: Subscription, received_on: date, wished: date | None = None, reason: str = Reason.NOTICE
) -> Plan:
    """What follows from a notice received that day; the kindest rule that applies replaces a plain notice.

    `wished` None: as soon as possible.
    """
    reason = _kindest(subscription, reason, received_on)
    ends_on = _last_day(subscription, reason, received_on, wished)
    return Plan(
        reason=reason,
        received_on=received_on,
        ends_on=max(ends_on, subscription.started_on),
        refund_from=_refund_from(subscription, reason, received_on),
        everything=reason == Reason.GUARANTEE,
        transition_from=_earliest(subscription, received_on) if reason == Reason.SWITCH else None,
    )


def as_planned(subscription: Subscription, plan: Plan) -> Subscription:
    """The contract as it would be once that end is decided: only to ask what it would then owe, never saved."""
    planned = copy(subscription)
    planned.ends_on, planned.leaving_since = plan.ends_on, plan.received_on
    return planned


def notice_days(subscription: Subscription) -> int:
    """The notice of a contract, never longer than the law lets it be."""
    return min(subscription.quote.promise["exit"]["notice_days"], LONGEST_NOTICE)


def _kindest(subscription: Subscription, reason: str, received_on: date) -> str:
    if reason != Reason.NOTICE:
        return reason
    version = subscription.quote.tariff_version
    guarantee = version.tariff.guarantee_days if version else 0
    if guarantee and received_on <= subscription.started_on + timedelta(days=guarantee):
        return Reason.GUARANTEE
    if subscription.free_exit_from and received_on >= subscription.free_exit_from:
        return Reason.FREE_EXIT
    return Reason.CHANGE if open_exit(subscription, received_on) else reason


def open_exit(subscription: Subscription, on: date) -> ContractChange | None:
    """The change of contract that lets the association leave without notice that day, if any; one that was never told
    opens nothing (L224-25-26, CON-06, CON-07)."""
    told = [each for each in subscription.contract_changes.all() if each.sent_at and not each.withdrawn_at]
    opened = [each for each in told if each.exit_from <= on <= each.exit_until]
    return min(opened, key=lambda each: each.exit_from, default=None)


def _last_day(subscription: Subscription, reason: str, received_on: date, wished: date | None) -> date:
    if reason == Reason.TERM:
        return subscription.commitment_until or received_on
    if reason in AT_ONCE:
        return max(received_on, wished or received_on)
    earliest = _earliest(subscription, received_on)
    if wished:
        return max(earliest, wished)
    if reason == Reason.SWITCH:
        return earliest + TRANSITION
    return max(earliest, commitment_end(subscription, received_on) or earliest)


def _earliest(subscription: Subscription, received_on: date) -> date:
    return received_on + timedelta(days=notice_days(subscription))


def _refund_from(subscription: Subscription, reason: str, received_on: date) -> date | None:
    if reason == Reason.NOTICE:
        return received_on + timedelta(days=1)
    if reason == Reason.TERM:
        return None
    if reason == Reason.FREE_EXIT:
        return subscription.free_exit_from
    if reason == Reason.CHANGE and (change := open_exit(subscription, received_on)):
        return change.effective_on if change.kind == ContractChange.Kind.PRICE else subscription.started_on
    return subscription.started_on
