"""What a check may look at beside its offer."""

from dataclasses import dataclass, field
from datetime import date

from offers.linter.facts import HosterFacts, OfferFacts
from offers.linter.sold import Sold, sold
from offers.linter.thresholds import Thresholds
from pricing.engine import VatPolicy, VatRegime

#: While the regime is unknown prices are compared as typed: VAT cannot change which one is higher.
AS_TYPED = VatPolicy(VatRegime.FRANCHISE)


@dataclass(frozen=True)
class Context:
    """The hoster, the day and the thresholds. What the engine answered is kept for the next checks."""

    hoster: HosterFacts
    today: date
    thresholds: Thresholds
    _sold: dict[str, Sold | None] = field(default_factory=dict, repr=False, compare=False)

    @property
    def vat(self) -> VatPolicy:
        return self.hoster.vat or AS_TYPED

    def sold(self, offer: OfferFacts) -> Sold | None:
        if offer.slug not in self._sold:
            self._sold[offer.slug] = sold(offer, self.vat)
        return self._sold[offer.slug]

    def side_by_side(self, offer: OfferFacts) -> list[OfferFacts]:
        """The published offers shown beside this one (same range, same public), itself among them.

        A draft of a range is beside the other drafts too: a range is designed whole before it is published.
        """
        together = bool(offer.range) and offer.draft
        return [
            each
            for each in self.hoster.offers
            if (each.range, each.segment) == (offer.range, offer.segment)
            and (each.published or each.slug == offer.slug or (together and each.draft))
        ]

    def peers(self, offer: OfferFacts) -> list[Sold]:
        """The other plans of its range that have a firm price; none outside a range."""
        if not offer.range:
            return []
        others = [self.sold(each) for each in self.side_by_side(offer) if each.slug != offer.slug]
        return [each for each in others if each is not None and each.yearly is not None]

    def range_name(self, offer: OfferFacts) -> str:
        known = self.hoster.ranges.get(offer.range)
        return known.name if known else offer.range
