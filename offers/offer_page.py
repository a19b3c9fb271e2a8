"""What the page of an offer shows: the same for visitors and for the team's preview."""

from collections.abc import Mapping
from typing import Any

from hosters.promise import payment_words, public_promise
from offers.comparison import at_term
from offers.configurator import configure
from offers.departure import answers_of
from offers.discovery import described
from offers.models import Offer
from offers.proof import content_of
from offers.study.reading import justification_of


def offer_page(
    offer: Offer, data: Mapping[str, Any], *, address: str, via: str = "", whole: bool = True
) -> dict[str, Any]:
    """The context of `storefront/offer.html`. `address` is where its configurator asks; `whole`: not the price only."""
    context: dict[str, Any] = {
        "offer": offer,
        "address": address,
        "configuration": configure(offer, data),
        "via": via,
        "previewed": False,
    }
    if whole:
        context["justification"] = justification_of(offer)
        context["content"] = content_of(offer)
        context["answers"] = answers_of(offer)
        context["starts_at"] = at_term(offer, 0)
        context["described"] = described(offer.hoster, offer, context["starts_at"].starting)
        context["promise"] = public_promise(offer.hoster)
        context["payment"] = payment_words(offer.hoster)
    return context
