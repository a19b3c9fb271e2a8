"""Made for associations: what they really pay, and somebody beside them."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from offers.linter.check import check
from offers.linter.context import Context
from offers.linter.facts import ASSOCIATION, ComponentFacts, OfferFacts
from offers.linter.finding import Fault
from offers.linter.qualities import FOR_ASSOCIATIONS
from offers.linter.sold import Sold
from offers.linter.words.accompaniment import STEMS
from offers.linter.words.matching import has_word_beginning
from pricing.engine import Severity


@check("Q-TTC", FOR_ASSOCIATIONS, Severity.ERROR)
def says_what_is_paid(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """Associations do not recover VAT: the price is TTC, so the regime is known (002-142, contradiction C10)."""
    vat = context.hoster.vat
    if vat is None:
        message = _(
            "Le régime de TVA n’est pas dit : on ne sait pas si les prix sont ceux que l’on paie. Choisissez-le."
        )
        yield Fault("hoster.vat_regime", message, shared=True)
    elif offer.segment == ASSOCIATION and vat.charges_vat and not vat.rate:
        message = _(
            "Vous êtes redevable de la TVA, mais aucun taux n’est connu pour votre adresse : "
            "aucun prix TTC ne peut être juste."
        )
        yield Fault("hoster.vat_regime", message, shared=True)


@check("Q-ACCOMP", FOR_ASSOCIATIONS, Severity.WARNING)
def is_accompanied(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """A pack for associations is more than hosting (002-152). Sold beside, on its own, it counts (Pâquerette)."""
    plan = context.sold(offer)
    if offer.segment != ASSOCIATION or not offer.parts or (plan is not None and plan.is_trial_plan):
        return
    options = plan.tariff.options if plan else ()
    if any(_accompanies(part, plan) for part in offer.parts) or any(
        _names_it(each.label) for each in options
    ):
        return
    beside = (each for each in context.hoster.offers if each.published and each.segment == offer.segment)
    if any(each.parts and all(_accompanies(part) for part in each.parts) for each in beside):
        return
    message = _(
        "« {name} » ne comprend aucun accompagnement : ajoutez un diagnostic, une formation ou du temps "
        "avec une personne ; le soutien technique seul n’en est pas un."
    )
    yield Fault("parts", message.format(name=offer.name))


def _accompanies(part: ComponentFacts, plan: Sold | None = None) -> bool:
    """Named as one, or a counted time with somebody (Sleto: half an hour of support)."""
    if part.kind == "produit":
        return False
    counted = plan.allowances() if plan else {}
    return any(right.metric in counted for right in part.rights) or _names_it(
        f"{part.title} {part.function} {part.detail}"
    )


def _names_it(text: str) -> bool:
    """A word of the text begins with the name of an accompaniment."""
    return has_word_beginning(text, STEMS)
