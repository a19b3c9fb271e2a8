"""The same question for several people at once, in a handful of queries: may we write, and why (002-182)."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import timedelta

from django.db.models import QuerySet
from django.db.models.functions import Lower
from django.utils import timezone

from crm.consent import Standing
from crm.habits import habits_of
from crm.interactions import REACHING
from crm.letters.refusals import Verdict
from crm.models import Consent, Contact, Interaction
from crm.suppression import suppressed_among
from hosters.models import Hoster


def prospecting_verdicts(hoster: Hoster, contacts: Sequence[Contact], *, opt_out: bool) -> list[Verdict]:
    """For each contact (with its organisation), whether the law lets us prospect; three queries.

    Who was reached lately, or wants no contact, is for the caller to leave aside (`reached_lately`).

    `opt_out`: whether the hoster chose to prospect nominative addresses without agreement (C4).
    """
    said = _said(hoster, contacts)
    suppressed = suppressed_among(hoster, [each.email for each in contacts])
    verdicts = []
    for each in contacts:
        standing = Standing(each, said[each.email.lower()], each.email in suppressed, opt_out)
        permission = standing.permission(Consent.Purpose.PROSPECTING)
        verdicts.append(Verdict(permission.allowed, permission.reason))
    return verdicts


def _said(hoster: Hoster, contacts: Sequence[Contact]) -> dict[str, dict[str, Consent]]:
    """What the person of each address said last, by purpose, on any of their cards."""
    rows = Consent.objects.filter(contact__organization__hoster=hoster, contact__erased_at=None)
    named = rows.annotate(address=Lower("contact__email"))
    found: dict[str, dict[str, Consent]] = defaultdict(dict)
    addresses = {each.email.lower() for each in contacts}
    for row in named.filter(address__in=addresses).order_by("given_at", "pk"):
        found[row.address][row.purpose] = row
    return found


def reached_lately(hoster: Hoster) -> "QuerySet[Interaction]":
    """Our calls, mails and letters within the gap that the hoster chose (004-022)."""
    since = timezone.now() - timedelta(days=habits_of(hoster).contact_gap_days)
    return Interaction.objects.filter(
        organization__hoster=hoster,
        direction=Interaction.Direction.OUTBOUND,
        channel__in=REACHING,
        happened_at__gte=since,
    ).order_by()
