"""A configuration as plain data, kept with a quote, and back."""

from decimal import Decimal
from typing import Any

from pricing.engine import Selection


def selection_to_json(selection: Selection) -> dict[str, Any]:
    """The configuration as asked; an amount chosen at a free price only when there is one."""
    data: dict[str, Any] = {
        "quantities": {code: str(value) for code, value in selection.quantities.items()},
        "options": {code: str(value) for code, value in selection.options.items()},
        "term_months": selection.term_months,
        "segment": selection.segment,
        "already_member": selection.already_member,
    }
    if selection.free_amount is not None:
        data["free_amount"] = str(selection.free_amount)
    return data


def selection_from_json(data: dict[str, Any], *, membership_elsewhere: bool = False) -> Selection:
    """The configuration that was kept. `membership_elsewhere`: another offer of the quote brings the membership."""
    free = data.get("free_amount")
    return Selection(
        quantities={code: Decimal(value) for code, value in data["quantities"].items()},
        options={code: Decimal(value) for code, value in data["options"].items()},
        term_months=data["term_months"],
        segment=data["segment"],
        already_member=data["already_member"],
        membership_elsewhere=membership_elsewhere,
        free_amount=None if free is None else Decimal(free),
    )
