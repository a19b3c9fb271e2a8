"""Coherent and easy to read: within a range, more costs more, and the listed differences explain the price."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from offers.linter.check import check
from offers.linter.context import Context
from offers.linter.facts import ComponentFacts, OfferFacts
from offers.linter.finding import Fault
from offers.linter.qualities import COHERENT
from offers.linter.sold import Entitlements, Sold, larger
from pricing.engine import Candidate, Severity, rank
from pricing.typography import euros, quantity

Compared = tuple[Sold, Decimal, Entitlements, Decimal, Entitlements]


def _compared(offer: OfferFacts, context: Context) -> Iterator[Compared]:
    """Each cheaper plan of the range, the nearest first, both priced and described for the same quantities."""
    own = context.sold(offer)
    if own is None or own.yearly is None:
        return
    found = []
    for peer in context.peers(offer):
        asked = _common_quantities(own, peer)
        less, more = _yearly(peer, asked, context), _yearly(own, asked, context)
        if less is not None and more is not None and less < more:
            found.append((peer, less, peer.entitlements(asked), more, own.entitlements(asked)))
    yield from sorted(found, key=lambda each: -each[1])


def _yearly(plan: Sold, asked: dict[str, Decimal], context: Context) -> Decimal | None:
    return plan.yearly_for(asked, context.vat) if asked else plan.yearly


def _common_quantities(one: Sold, other: Sold) -> dict[str, Decimal]:
    """The same number of people (or GB…) for two plans that both count them."""
    counted = one.tariff.charged_metrics & other.tariff.charged_metrics
    starting, others = one.starting(), other.starting()
    return {code: max(starting[code], others[code]) for code in counted}


@check("Q-MONOTONE", COHERENT, Severity.ERROR)
def costs_more_for_more(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """A dearer plan gives more; a larger quantity never costs less (002-059)."""
    for peer, less, theirs, more, ours in _compared(offer, context):
        if larger(theirs, ours) and not larger(ours, theirs):
            message = _(
                "« {name} » ({more} par an) donne moins que « {peer} » ({less}) et coûte plus : "
                "baissez son prix ou donnez-lui davantage."
            )
            told = message.format(name=offer.name, more=euros(more), peer=peer.offer.name, less=euros(less))
            yield Fault("tariff.charges", told)
            break
    for problem in offer.tariff.problems if offer.tariff else ():
        if problem.code == "Q-MONOTONE":
            message = _("{problem} Une quantité plus grande ne doit pas coûter moins : relevez ce palier.")
            yield Fault(f"tariff.{problem.path}", message.format(problem=problem.message))


@check("Q-TRAP", COHERENT, Severity.ERROR)
def has_no_trap(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """A service of a cheaper plan is in every dearer one (002-061: Nextcloud only in the middle plan)."""
    own = context.sold(offer)
    if own is None or own.yearly is None:
        return
    missing: dict[str, tuple[ComponentFacts, Sold]] = {}
    cheaper = [peer for peer in context.peers(offer) if peer.yearly is not None and peer.yearly < own.yearly]
    for peer in sorted(cheaper, key=lambda each: each.yearly or Decimal(0)):
        missing |= {part.slug: (part, peer) for part in _not_in(offer, peer.offer)}
    for part, peer in missing.values():
        message = _(
            "« {part} » est dans « {peer} » ({less} par an) mais pas dans « {name} », plus chère ({more}) : "
            "c’est un piège. Ajoutez-le ici."
        )
        yield Fault(
            "parts",
            message.format(
                part=part.software or part.title,
                peer=peer.offer.name,
                less=euros(peer.yearly or Decimal(0)),
                name=offer.name,
                more=euros(own.yearly),
            ),
        )


def _not_in(offer: OfferFacts, cheaper: OfferFacts) -> list[ComponentFacts]:
    """Components of the cheaper plan with nothing here in their place (another one for the same need)."""
    own, theirs = {part.slug for part in offer.parts}, {part.slug for part in cheaper.parts}
    replaced = {part.need for part in offer.parts if part.need and part.slug not in theirs}
    return [part for part in cheaper.parts if part.slug not in own and part.need not in replaced]


@check("Q-DOMINATED", COHERENT, Severity.WARNING)
def is_worth_its_price(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """No cheaper plan with supplements gives the same for less (002-061: Marsnet XXL)."""
    own = context.sold(offer)
    if own is None or not own.yearly:
        return
    need = {code: amount for code, amount in {**_asked(own), **own.brings()}.items() if amount > 0}
    others = [peer for peer in context.peers(offer) if _may_replace(peer, own)]
    plans = [Candidate(each.offer.slug, each.offer.name, each.tariff) for each in (own, *others)]
    ranked = rank(plans, need, context.vat, segment=own.segment)
    mine = next(each for each in ranked if each.candidate.code == offer.slug)
    best = ranked[0]
    if (
        best is mine
        or best.cost is None
        or mine.cost is None
        or best.cost >= mine.cost
        or not best.supplements
    ):
        return
    message = _(
        "« {name} » ({price} la première année) se refait pour {less} avec « {other} » et {count} suppléments : "
        "baissez son prix sous ce montant, donnez-lui plus, ou retirez-la."
    )
    yield Fault(
        "tariff.charges",
        message.format(
            name=offer.name,
            price=euros(mine.cost),
            less=euros(best.cost),
            other=best.candidate.label,
            count=quantity(best.supplements),
        ),
    )


def _asked(plan: Sold) -> dict[str, Decimal]:
    return {code: amount for code, amount in plan.starting().items() if code in plan.tariff.charged_metrics}


def _may_replace(peer: Sold, own: Sold) -> bool:
    """Whether a cheaper plan has every component and every worded right of this one."""
    if peer.is_trial_plan or peer.yearly is None or own.yearly is None or peer.yearly >= own.yearly:
        return False
    listed = {key for key in own.entitlements() if key[0] in ("part", "word")}
    return listed <= peer.entitlements().keys()


@check("Q-DIFF", COHERENT, Severity.WARNING)
def explains_its_price(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """Two prices, so at least one listed difference (002-060)."""
    for peer, less, theirs, more, ours in _compared(offer, context):
        own = context.sold(offer)
        if own and own.wording() == peer.wording() and not larger(ours, theirs) and not larger(theirs, ours):
            message = _(
                "« {name} » ({more} par an) et « {peer} » ({less}) donnent la même chose : "
                "dites ce qui change, ou n’en gardez qu’une."
            )
            yield Fault(
                "parts",
                message.format(name=offer.name, more=euros(more), peer=peer.offer.name, less=euros(less)),
            )
            return
