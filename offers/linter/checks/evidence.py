"""Start from the needs: somebody was asked (002-157)."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from offers.linter.check import check
from offers.linter.context import Context
from offers.linter.facts import OfferFacts
from offers.linter.finding import Fault
from offers.linter.qualities import FROM_NEEDS
from pricing.engine import Severity


@check("Q-EVIDENCE", FROM_NEEDS, Severity.INFO)
def comes_from_people(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """A survey, a focus group or an interview stands behind the offer."""
    if offer.evidence == 0:
        message = _(
            "Aucun sondage, groupe de discussion ou entretien ne fonde « {name} » : demandez à trois associations."
        )
        yield Fault("evidence", message.format(name=offer.name))
