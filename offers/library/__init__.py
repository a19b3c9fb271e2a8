"""Ready-made needs, components, formulas and ranges for associations, in the format of a catalogue (002-151)."""

from functools import cache
from pathlib import Path

from offers.catalogue import Catalogue, read_catalogue
from offers.catalogue.entries import ComponentEntry, NeedEntry, OfferEntry, RangeEntry

FILE = Path(__file__).parent / "associations.json"


@cache
def library() -> Catalogue:
    """The whole file, read once."""
    return read_catalogue(FILE.read_bytes())


def components_by_need() -> dict[NeedEntry, list[ComponentEntry]]:
    """What can be picked, need after need."""
    found: dict[NeedEntry, list[ComponentEntry]] = {need: [] for need in library().needs}
    needs = {need.title: need for need in library().needs}
    for component in library().components:
        found[needs[component.need]].append(component)
    return found


def formulas() -> list[OfferEntry]:
    """Offers that stand alone: the hybrid formulas of the course (000-018 to 000-020), and a whole pack."""
    return [offer for offer in library().offers if not offer.range]


def ranges_to_generate() -> dict[RangeEntry, list[OfferEntry]]:
    """The dedicated ranges of the course with their offers, the lowest level first (002-072, 002-073)."""
    return {
        each: [offer for offer in library().offers if offer.range == each.slug] for each in library().ranges
    }


def components_of(offer: OfferEntry) -> list[ComponentEntry]:
    """What an offer of the library is composed of, without what it holds of another one."""
    known = {component.slug: component for component in library().components}
    return [known[part.component] for part in offer.parts]
