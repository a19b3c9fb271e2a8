"""What an offer promises, as plain data that a document can copy and keep for ever."""

from typing import Any

from offers.models import Offer


def promise_of(offer: Offer) -> dict[str, Any]:
    """Needs first (002-120), then what happens at the end of the contract (002-155, CON-08)."""
    return {
        "offer": offer.name,
        "audience": offer.audience,
        "purpose": offer.purpose,
        "kind": offer.kind_label,
        "is_example": offer.is_example,
        "not_included": offer.not_included,
        "data_location": offer.data_location,
        "parts": [
            {
                "need": part.component.need.title,
                "function": part.component.function,
                "software": part.component.software,
                "detail": part.detail,
                "kind": part.component.get_kind_display(),
            }
            for part in offer.parts.all()
        ],
        "exit": {
            "notice_days": offer.notice_days,
            "export_formats": offer.export_formats,
            "retrieval_days": offer.retrieval_days,
            "erasure_days": offer.erasure_days,
            "help": offer.exit_help,
        },
    }
