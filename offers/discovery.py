"""What search engines and sharing tools read: the list of pages, each offer as schema.org data (002-003, 002-179)."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.safestring import SafeString

from hosters.links import absolute_url
from hosters.models import Hoster
from offers.configurator import Configuration
from offers.models import Offer
from offers.tariffs import tariff_in_force

#: The pages that everybody may find. Forms and pages of one person are not.
PAGES = (
    "home",
    "offers",
    "choose",
    "bespoke",
    "glossary",
    "legal",
    "terms",
    "privacy",
    "accessibility",
    "reversibility",
    "subprocessors",
    "commitments",
    "measure",
)
#: A data block is not executed, but it ends at the first « </script> »: these three never appear in it.
ESCAPES = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@dataclass(frozen=True)
class Entry:
    """One address of the site map. `changed`: the day of the tariff in force, when there is one."""

    url: str
    changed: date | None = None


def site_map(hoster: Hoster, offers: Iterable[Offer]) -> list[Entry]:
    """Every public page of a hoster, with absolute addresses."""
    listed = list(offers)
    ranges = dict.fromkeys(offer.range.slug for offer in listed if offer.range)
    entries = [Entry(absolute_url(hoster, f"storefront:{name}")) for name in PAGES]
    entries += [Entry(absolute_url(hoster, "storefront:range", slug=slug)) for slug in ranges]
    for offer in listed:
        version = tariff_in_force(offer)
        changed = version.in_force_from if version else None
        entries.append(Entry(absolute_url(hoster, "storefront:offer", slug=offer.slug), changed))
        entries.append(Entry(absolute_url(hoster, "storefront:departure", slug=offer.slug)))
    return entries


def described(hoster: Hoster, offer: Offer, starting: Configuration | None) -> SafeString:
    """The offer as JSON-LD, safe inside a `<script>` element. Without a firm price, no price is said."""
    url = absolute_url(hoster, "storefront:offer", slug=offer.slug)
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Service",
        "name": offer.name,
        "description": offer.purpose,
        "audience": {"@type": "Audience", "audienceType": offer.audience},
        "url": url,
        "provider": {"@type": "Organization", "name": hoster.legal_name, "email": hoster.email},
    }
    if starting is not None and starting.priced:
        data["offers"] = _offer(url, starting)
    return SafeString(json.dumps(data, ensure_ascii=False).translate(ESCAPES))


def _offer(url: str, starting: Configuration) -> dict[str, Any]:
    """The smallest configuration: what « à partir de » says on the cards."""
    assert starting.breakdown is not None
    price = str(starting.breakdown.recurring_per_period)
    return {
        "@type": "Offer",
        "url": url,
        "price": price,
        "priceCurrency": "EUR",
        "priceSpecification": {
            "@type": "UnitPriceSpecification",
            "price": price,
            "priceCurrency": "EUR",
            "valueAddedTaxIncluded": starting.offer.hoster.charges_vat,
            "billingDuration": starting.breakdown.months,
            "unitCode": "MON",
        },
    }
