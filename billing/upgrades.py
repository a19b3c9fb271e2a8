"""When a wider offer may be proposed to a client: a quota used beyond four fifths, or a need on record (004-039, C6).

Read in contracts, in what the team wrote down and in what the association declared; never in the hosted tools (001-011,
C3). Nothing leaves by itself: a person reads why, and decides whether it serves the association.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.models import Subscription
from billing.support import support_of
from crm.folding import folded
from crm.models import Organization
from offers.need_search import PEOPLE
from pricing.typography import minutes, quantity

#: Share of a quota, in percent, beyond which more may be proposed.
FULL = 80


@dataclass(frozen=True)
class Reason:
    """Why something more may serve an association, and where it is read."""

    what: str
    url: str


def reasons_for_more(organization: Organization) -> list[Reason]:
    """Every reason that there is today, quotas first; none at all for who is no client."""
    rows = Subscription.objects.active().filter(organization=organization)
    related = "quote__tariff_version", "support_allowance"
    running = list(rows.select_related(*related).prefetch_related("support_times", "quote__items"))
    if not running:
        return []
    quotas = [reason for each in running for reason in _quotas(organization, each)]
    return [*quotas, *_needs(organization, running)]


def _quotas(organization: Organization, subscription: Subscription) -> Iterator[Reason]:
    """Time of support used, people declared: of the contract, and of its own page."""
    offer = subscription.quote.promise["offer"]
    support = support_of(subscription)
    if (
        support
        and support.balance.available
        and _share(support.balance.used, support.balance.available) > FULL
    ):
        told = {
            "offer": offer,
            "share": _share(support.balance.used, support.balance.available),
            "used": minutes(support.balance.used),
            "whole": minutes(support.balance.available),
        }
        what = _("%(offer)s : %(share)s %% du temps d’accompagnement sont utilisés (%(used)s sur %(whole)s).")
        yield Reason(what % told, subscription.get_absolute_url())
    sold = sum(
        (
            Decimal(each.selection.get("quantities", {}).get(PEOPLE, 0))
            for each in subscription.quote.items.all()
        ),
        Decimal(0),
    )
    if sold and organization.accounts and organization.accounts > sold:
        told = {"offer": offer, "people": organization.accounts, "sold": quantity(sold)}
        what = _("%(offer)s : l’association déclare %(people)s comptes, le contrat en prévoit %(sold)s.")
        yield Reason(what % told, organization.get_absolute_url())


def _share(used: int, whole: int) -> int:
    return 100 * used // whole


def _needs(organization: Organization, running: list[Subscription]) -> Iterator[Reason]:
    """The needs on its card that no running contract answers."""
    parts = [part for each in running for part in each.quote.promise["parts"]]
    given = folded(
        " ".join(part[name] for part in parts for name in ("need", "function", "detail", "software"))
    )
    for need in organization.tags.order_by("name"):
        if f" {folded(need.name)} " not in f" {given} ":
            what = _("Le besoin « %(need)s » est noté, et aucun de ses contrats n’y répond.")
            yield Reason(what % {"need": need.name}, organization.get_absolute_url())
