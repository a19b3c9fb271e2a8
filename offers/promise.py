"""What an offer promises, as plain data that a document can copy and keep for ever."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from offers.models import Component, Offer, OfferComponent
from offers.parts import all_parts
from offers.proof import care_of


def promise_of(offer: Offer, chosen: Mapping[str, str] | None = None) -> dict[str, Any]:
    """Needs first (002-120), then what happens at the end of the contract (002-155, CON-08).

    `chosen`: by component, the structure that the association asked for among several (002-168).

    `version` is the number of the published version that says all this (002-067), 0 before the first one.
    """
    return {
        "offer": offer.name,
        "audience": offer.audience,
        "purpose": offer.purpose,
        "kind": offer.kind_label,
        "is_example": offer.is_example,
        "version": offer.public_version.number if offer.public_version else 0,
        "not_included": " ".join(filter(None, [offer.not_included, *_prerequisites(offer)])),
        "data_location": offer.data_location or offer.hoster.data_place,
        "parts": [_part(part, (chosen or {}).get(part.component.slug)) for part in all_parts(offer)],
        "providers": dict(chosen or {}),
        "exit": {
            "notice_days": offer.notice_days,
            "export_formats": offer.export_formats,
            "retrieval_days": offer.retrieval_days,
            "erasure_days": offer.erasure_days,
            "help": offer.exit_help,
            "termination": offer.termination_procedure,
            "change": offer.change_procedure,
        },
    }


def _part(part: OfferComponent, provider: str | None) -> dict[str, Any]:
    """What an offer gives of a component. `care` is for the annex of the contract (003-037); `delivery` is what
    the team will have to do once it is accepted (000-003, 000-007)."""
    component = part.component
    return {
        "need": component.need.title,
        "function": _given(component, provider),
        "software": component.software,
        "detail": part.detail,
        "kind": component.get_kind_display(),
        "care": care_of(component),
        "delivery": {
            "component": component.slug,
            "kind": component.kind,
            "by_hand": component.delivery != Component.Delivery.AUTOMATIC,
            "billing": component.billing,
            "hours": str(component.hours or ""),
            "person": component.contact_person,
            "review_months": component.review_months,
        },
    }


def _given(component: Component, chosen: str | None) -> str:
    """What a component does, and who does it when it is a partner (002-167)."""
    provider = component.provider if chosen is None else chosen
    if not provider:
        return component.function
    told = {"function": component.function, "provider": provider}
    return _("%(function)s, assuré par %(provider)s") % told


def _prerequisites(offer: Offer) -> list[str]:
    """What the association must have beside, each once (002-139)."""
    told = [part.component.prerequisites for part in all_parts(offer)]
    return list(dict.fromkeys(filter(None, told)))
