"""The components that an offer gives, each once: the one place that says so."""

from offers.models import Offer, OfferComponent

#: As the column of the offer that receives them.
LONGEST_FORMATS = Offer._meta.get_field("export_formats").max_length or 0


def all_parts(offer: Offer) -> list[OfferComponent]:
    """What the offers it holds bring, then its own; a component of its own replaces the one it would inherit (002-137).

    Reads `parts.all()` along the lineage, so an offer of `for_display` costs no query.
    """
    found: dict[int, OfferComponent] = {}
    for each in offer.lineage:
        found |= {part.component_id: part for part in each.parts.all()}
    return list(found.values())


def own_parts(offer: Offer) -> list[OfferComponent]:
    """What this offer adds to the one it holds, or everything when it holds none."""
    return [part for part in all_parts(offer) if part.offer_id == offer.pk]


def inherited_parts(offer: Offer) -> list[OfferComponent]:
    """What comes from the offers it holds, without what it gives otherwise."""
    return [part for part in all_parts(offer) if part.offer_id != offer.pk]


def formats_of_parts(offer: Offer) -> str:
    """What the components of an offer say that one leaves with, joined, as a start for the offer's own sentence."""
    told = dict.fromkeys(filter(None, (part.component.export_formats for part in all_parts(offer))))
    words = ""
    for each in told:
        longer = f"{words} ; {each}" if words else each
        if len(longer) > LONGEST_FORMATS:
            break
        words = longer
    return words
