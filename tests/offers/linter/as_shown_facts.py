"""The offers of the course as their hosters show them (`as_shown/*.json`), read into facts."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

from offers.linter import HosterFacts, OfferFacts
from offers.linter.facts import ComponentFacts, DisplayFacts, Lead, RangeFacts, RightFacts, TextFacts
from tests.offers.linter.hosters import priced

FOLDER = Path(__file__).parent / "as_shown"


def as_shown(name: str) -> HosterFacts:
    """What a page said; VAT is told by none of them (contradiction C10)."""
    raw = json.loads((FOLDER / f"{name}.json").read_text(encoding="utf-8"))
    ranges = {slug: RangeFacts(slug, label) for slug, label in raw.pop("ranges", {}).items()}
    offers = tuple(_offer(each) for each in raw.pop("offers"))
    return HosterFacts(**raw, offers=offers, ranges=ranges)


def _offer(raw: dict[str, Any]) -> OfferFacts:
    definition, texts, display = raw.pop("tariff"), raw.pop("texts", {}), raw.pop("display", None)
    return OfferFacts(
        **{key: value for key, value in raw.items() if key != "parts"},
        parts=tuple(_part(each) for each in raw["parts"]),
        tariff=priced(definition) if definition else None,
        texts=tuple(TextFacts(path, text) for path, text in texts.items()),
        display=_display(display),
    )


def _part(raw: dict[str, Any]) -> ComponentFacts:
    rights = tuple(RightFacts(**right) for right in raw.pop("rights", ()))
    return ComponentFacts(**{**raw, "lead": Lead(raw.get("lead", "need"))}, rights=rights)


def _display(raw: dict[str, Any] | None) -> DisplayFacts | None:
    if raw is None:
        return None
    return DisplayFacts(Decimal(raw["first_year"]) if raw["first_year"] else None)
