"""Where what the linter found is mended: each finding with the address of its field."""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from django.urls import NoReverseMatch, reverse

from offers.linter import Finding, lint_offer
from offers.models import Offer, Range
from offers.offer_forms import AboutForm, ExitForm, ReviewForm
from offers.parts import all_parts
from offers.tariff_drafts import draft_of
from offers.tariff_editor.actions import section_of
from offers.tariff_editor.paths import element_id
from offers.tariffs import tariff_in_force

_PART = re.compile(r"parts\[(\d+)\](?:\.(\w+))?")
#: Paths of the linter that are not the name of a field of the editor.
_NAMED = {"termination": "termination_procedure", "change": "change_procedure"}
#: Where the team mends the rest, by the start of the path: the page, and the place on it.
_ELSEWHERE = {
    "hoster": ("staff:settings_billing", "id_vat_regime"),
    "contact": ("staff:settings_welcome", ""),
    "availability": ("staff:settings_availability", "id_availability_target"),
    "evidence": ("staff:evidence", "ajouter"),
    "range": ("staff:ranges", ""),
    "market": ("staff:market", "noter"),
    "usage": ("staff:needs", "sur-mesure"),
}
#: What the catalogue says of a component, and its field there.
_OF_COMPONENT = {"function", "prerequisites", "availability"}
_TARIFF = {"tariff", "tiers"}


@dataclass(frozen=True)
class LinkedFinding:
    """`url`: the page and the field to mend; "" when the application has no page for it."""

    finding: Finding
    url: str

    @property
    def key(self) -> str:
        """Names this finding in a form, from one page to the next: another message is another finding."""
        return (
            f"{self.finding.check.lower()}-{hashlib.sha256(self.finding.message.encode()).hexdigest()[:10]}"
        )


def findings_of(offer: Offer, *, definition: Mapping[str, Any] | None = None) -> list[LinkedFinding]:
    """What the linter says of the working copy, as it stands on this object, with this tariff: by default the one
    in force, else its draft."""
    found = lint_offer(offer, definition=definition)
    return [LinkedFinding(each, link_to(offer, each.field)) for each in found]


def link_to(offer: Offer, field: str) -> str:
    """The address where a path of the linter is mended."""
    top = re.split(r"[.\[]", field)[0]
    if top in _TARIFF:
        return _in_the_tariff(offer, field.removeprefix("tariff").removeprefix("."))
    if top == "parts":
        return _in_the_parts(offer, field)
    if field.startswith("glossary."):
        word = quote(field.removeprefix("glossary."))
        return f"{reverse('staff:glossary')}?mot={word}#ajouter"
    name = _NAMED.get(field, field)
    for form, page in ((AboutForm, "about"), (ExitForm, "exit"), (ReviewForm, "review")):
        if name in form.base_fields:
            return f"{reverse(f'staff:offer_{page}', kwargs={'slug': offer.slug})}#id_{name}"
    if top == "range" and offer.range:
        return _in_the_range(offer.range, field)
    page, place = _ELSEWHERE.get(top, ("", ""))
    address = page_or_nothing(page)
    return f"{address}#{place}" if address and place else address


def page_or_nothing(name: str) -> str:
    """The address of a page of the team; "" while this install has no such page."""
    try:
        return reverse(name) if name else ""
    except NoReverseMatch:
        return ""


def _in_the_tariff(offer: Offer, path: str) -> str:
    if tariff_in_force(offer) is None and draft_of(offer) is None:
        return reverse("staff:offer_tariff_shapes", kwargs={"slug": offer.slug})
    address = reverse("staff:offer_tariff_draft", kwargs={"slug": offer.slug})
    return f"{address}?partie={section_of(path)}#{element_id(path)}" if path else address


def _in_the_range(range: Range, field: str) -> str:
    """Its words on its form; which offers it shows, below."""
    place = "id_purpose" if field == "range.purpose" else "offres-de-la-gamme"
    return f"{reverse('staff:range', kwargs={'pk': range.pk})}#{place}"


def _in_the_parts(offer: Offer, field: str) -> str:
    """What only this offer says is mended where the part was put, which may be an offer that it holds; what the
    catalogue says, in the catalogue."""
    found = _PART.match(field)
    parts = all_parts(offer) if found else []
    rank = int(found[1]) if found else 0
    if not found or rank >= len(parts):
        return f"{reverse('staff:offer_parts', kwargs={'slug': offer.slug})}#ajouter"
    part = parts[rank]
    if found[2] in ("need", "lead"):
        return f"{reverse('staff:need', kwargs={'pk': part.component.need_id})}#id_title"
    if found[2] in _OF_COMPONENT:
        return f"{reverse('staff:component', kwargs={'pk': part.component_id})}#id_{found[2]}"
    address = reverse("staff:offer_parts", kwargs={"slug": part.offer.slug})
    return f"{address}#composant-{part.component_id}"
