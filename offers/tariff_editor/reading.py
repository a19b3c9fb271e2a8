"""A draft read by the engine: its tariff when it holds together, its problems brought to the form."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext as _

from offers.models import Offer
from offers.tariff_editor.bounds import tariff_of
from offers.tariff_editor.problems import Found, place
from offers.tariff_editor.sections import sections_of
from offers.tariff_editor.sheet import Section
from pricing.engine import (
    Outcome,
    Problem,
    Selection,
    Severity,
    Tariff,
    TariffError,
    check_tariff,
    price,
)

_UNSELLABLE = {Outcome.INVALID, Outcome.NOT_ELIGIBLE, Outcome.REFUSED}


@dataclass(frozen=True)
class Reading:
    """`tariff` is None while something stops the engine from reading it."""

    sections: list[Section]
    tariff: Tariff | None
    found: list[Found]

    @property
    def errors(self) -> list[Found]:
        return [each for each in self.found if each.severity is Severity.ERROR]

    @property
    def advice(self) -> list[Found]:
        return [each for each in self.found if each.severity is not Severity.ERROR]


def read_draft(offer: Offer, raw: dict[str, Any], *, opened: str = "") -> Reading:
    """Read what was typed for an offer. `opened`: the section that the page shows unfolded."""
    sections = sections_of(raw, charges_vat=offer.hoster.charges_vat)
    for section in sections:
        section.open = section.code == opened
    try:
        tariff = tariff_of(raw)
    except TariffError as error:
        return Reading(sections, None, place(sections, error.problems))
    problems = [*check_tariff(tariff), *_free_tiers(tariff), *_unsellable(offer, tariff)]
    return Reading(sections, tariff, place(sections, problems))


def _free_tiers(tariff: Tariff) -> list[Problem]:
    """A tier without a price is free: rarely what is meant by an empty field."""
    return [
        Problem(f"charges[{i}].tiers[{j}]", _("Aucun prix écrit : ce palier est gratuit."), Severity.WARNING)
        for i, charge in enumerate(tariff.charges)
        for j, tier in enumerate(getattr(charge.shape, "tiers", ()))
        if not tier.prices()
    ]


def _unsellable(offer: Offer, tariff: Tariff) -> list[Problem]:
    """What a visitor sees first must be possible."""
    selection = starting_selection(offer, tariff)
    answer = price(tariff, selection, vat=offer.hoster.vat_policy)
    if answer.outcome not in _UNSELLABLE:
        return []
    path = "segments" if answer.reason_code == "segment" else ""
    message = _("Avec les quantités de départ, la page de l’offre ne donne pas de prix. %(reason)s")
    return [Problem(path, message % {"reason": answer.reason}, Severity.WARNING)]


def starting_selection(offer: Offer, tariff: Tariff) -> Selection:
    """What the page of the offer asks for before anybody touches it."""
    quantities: dict[str, Decimal | int | None] = {
        each.code: each.starting for each in tariff.priced_metrics()
    }
    return Selection(quantities, term_months=tariff.terms[0].months, segment=offer.segment)
