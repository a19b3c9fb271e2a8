"""A published offer for somebody else's site: plain HTML to paste, which fetches nothing and runs nothing (002-170)."""

from django.template.loader import render_to_string

from hosters.links import absolute_url
from offers.comparison import at_term
from offers.models import Offer
from offers.parts import all_parts

#: Which link brought a visitor: replaced by the partner's own word, it says where a sale comes from.
ORIGIN = "partenaire"


def extract_of(offer: Offer) -> str:
    """As its published version says it; its price is the smallest one, as on its card. Absolute links."""
    address = absolute_url(offer.hoster, "storefront:offer", slug=offer.slug)
    context = {
        "offer": offer,
        "hoster": offer.hoster,
        "parts": all_parts(offer),
        "starting": at_term(offer, 0).starting,
        "address": f"{address}?via={ORIGIN}",
    }
    # A plain text, not a safe one: the page that shows it escapes it once more, so what is copied stays escaped.
    return str.strip(render_to_string("storefront/extract.html", context))
