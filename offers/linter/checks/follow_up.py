"""Nobody is left alone once the work is done."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from offers.linter.check import check
from offers.linter.context import Context
from offers.linter.facts import ComponentFacts, OfferFacts
from offers.linter.finding import Fault
from offers.linter.qualities import FOLLOWED
from offers.linter.words.creation import STEMS
from offers.linter.words.matching import has_word_beginning
from pricing.engine import Severity


@check("Q-FOLLOWUP", FOLLOWED, Severity.INFO)
def stays_afterwards(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """What is created or installed comes with a service that follows it, in the offer or beside (003-028)."""
    work = next((part for part in offer.parts if _creates(part)), None)
    if work is None or _follows(offer):
        return
    beside = (each for each in context.hoster.offers if each.published and each.segment == offer.segment)
    if any(_follows(each) for each in beside):
        return
    message = _(
        "« {name} » comprend « {work} », mais rien pour la suite : proposez un service qui suit l’association, "
        "comme un entretien ou un temps d’aide, dans cette offre ou à côté."
    )
    yield Fault("parts", message.format(name=offer.name, work=work.function or work.title))


def _creates(part: ComponentFacts) -> bool:
    return part.kind == "prestation" and has_word_beginning(f"{part.title} {part.function}", STEMS)


def _follows(offer: OfferFacts) -> bool:
    return any(part.kind == "service" for part in offer.parts)
