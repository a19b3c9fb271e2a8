"""Honest on its limits: what is not included is said, and nothing is promised that a small team cannot hold."""

import re
from collections.abc import Iterator
from decimal import Decimal

from django.utils.translation import gettext as _

from offers.linter.check import check
from offers.linter.context import Context
from offers.linter.facts import OfferFacts
from offers.linter.finding import Fault
from offers.linter.qualities import HONEST
from pricing.engine import Severity
from pricing.typography import number, quantity

HOURS_PER_YEAR = 8760
_PERCENT = r"\b(99[.,]\d+|100)[ \u00a0\u202f]?%"
_AVAILABILITY = re.compile(rf"{_PERCENT}(?=[^.;!?]{{0,40}}dispon)|dispon[^.;!?]{{0,40}}?{_PERCENT}")


@check("Q-HONEST", HONEST, Severity.INFO)
def is_honest(offer: OfferFacts, context: Context) -> Iterator[Fault]:
    """At least one limit is stated (002-081); an availability above 99,9 % is not realistic here (C8)."""
    if not offer.not_included.strip() and not any(limit.strip() for limit in offer.limits or ()):
        message = _(
            "« {name} » n’annonce aucune limite : dites ce qui n’est pas compris, on vous croira mieux."
        )
        yield Fault("not_included", message.format(name=offer.name))
    for field, target in _targets(offer):
        if target > context.thresholds.availability:
            message = _(
                "« {name} » promet {target} % de disponibilité, soit {minutes} minutes d’arrêt par an : "
                "visez ce que vous tenez, et dites-le en heures."
            )
            minutes = (100 - target) * HOURS_PER_YEAR * 60 / 100
            told = message.format(name=offer.name, target=quantity(target), minutes=number(int(minutes)))
            yield Fault(field, told)


def _targets(offer: OfferFacts) -> Iterator[tuple[str, Decimal]]:
    """Availability in percent, as a fact or as typed in a text."""
    if offer.availability is not None:
        yield "availability", offer.availability
    for index, part in enumerate(offer.parts):
        if part.availability is not None:
            yield f"parts[{index}].availability", part.availability
    for each in offer.texts:
        for found in _AVAILABILITY.finditer(each.text):
            yield each.path, Decimal((found[1] or found[2]).replace(",", "."))
