"""Run the checks: on facts, on an offer, on everything a hoster sells."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.utils import timezone

from hosters.models import Hoster
from offers.linter.adapter import hoster_facts
from offers.linter.context import Context
from offers.linter.facts import HosterFacts, OfferFacts
from offers.linter.finding import Finding, counts
from offers.linter.registry import CHECKS
from offers.linter.thresholds import Thresholds
from offers.models import Offer
from pricing.engine import Severity

_WORST_FIRST = list(Severity)
DEFAULTS = Thresholds()


def lint_hoster(
    hoster: Hoster,
    *,
    offers: Sequence[Offer] | None = None,
    today: date | None = None,
    thresholds: Thresholds = DEFAULTS,
) -> list[Finding]:
    """What the linter says of every offer, drafts too: offer by offer in the hoster's order, the worst first.

    What concerns a range or the hoster as a whole (`offer` is "") is said once, at the end. `offers`: all of them,
    when they were read `for_linting` already.
    """
    day = today or timezone.localdate()
    return lint_facts(hoster_facts(hoster, today=day, offers=offers), today=day, thresholds=thresholds)


def errors_and_warnings(hoster: Hoster, offers: Sequence[Offer]) -> dict[str, dict[str, int]]:
    """How many remarks each offer has that are more than advice, by its slug; nothing for an offer without any.

    `offers`: all those of the hoster, read `for_linting`.
    """
    told: dict[str, list[Finding]] = {}
    for each in lint_hoster(hoster, offers=offers) if offers else []:
        if each.offer and each.severity is not Severity.INFO:
            told.setdefault(each.offer, []).append(each)
    return {slug: counts(found) for slug, found in told.items()}


def lint_offer(
    offer: Offer,
    *,
    definition: Mapping[str, Any] | None = None,
    today: date | None = None,
    thresholds: Thresholds = DEFAULTS,
) -> list[Finding]:
    """What the linter says of one offer among the others of its hoster.

    Its texts are read on `offer` itself, saved or not. `definition`: a tariff in preparation, in the engine's text
    format, looked at in place of the one in force.
    """
    day = today or timezone.localdate()
    drafts = {offer.pk: definition} if definition is not None else {}
    facts = hoster_facts(offer.hoster, today=day, drafts=drafts, typed=offer)
    own = [each for each in facts.offers if each.slug == offer.slug]
    return _of(own, Context(facts, day, thresholds))


def lint_facts(facts: HosterFacts, *, today: date, thresholds: Thresholds = DEFAULTS) -> list[Finding]:
    """The checks alone, without any query."""
    return _of(facts.offers, Context(facts, today, thresholds))


def _of(offers: Iterable[OfferFacts], context: Context) -> list[Finding]:
    own: list[Finding] = []
    shared: dict[tuple[str, str], Finding] = {}
    for offer in offers:
        found = [finding for check in CHECKS for finding in check(offer, context)]
        own += sorted((each for each in found if each.offer), key=_rank)
        for each in found:
            if not each.offer:
                shared.setdefault((each.check, each.field), each)
    return own + sorted(shared.values(), key=_rank)


def _rank(finding: Finding) -> int:
    return _WORST_FIRST.index(finding.severity)
