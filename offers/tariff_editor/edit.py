"""What was posted, put into the tariff file. What the form does not show, or was not changed, stays as it was."""

import re
from copy import deepcopy
from typing import Any

from django.http import QueryDict

from offers.tariff_editor.charge_fields import TIER_PRICE
from offers.tariff_editor.extras import FREE_MEMBERSHIP
from offers.tariff_editor.own_prices import own_segment, own_term, rename_term
from offers.tariff_editor.paths import assign, lookup, rows
from offers.tariff_editor.sections import OWN, sections_of
from offers.tariff_editor.sheet import EditorField

_TERM_LENGTH = re.compile(r"terms\[\d+\]\.months")


def edited(raw: dict[str, Any], data: QueryDict, *, charges_vat: bool) -> dict[str, Any]:
    """The file with what was typed. Only fields that the form of `raw` shows are read."""
    changed = _changes(raw, data, charges_vat)
    result = deepcopy(raw)
    for field, typed in changed:
        if "~" not in field.path:
            assign(result, field.path, field.kind.read(typed))
    for field, typed in changed:
        if "~" in field.path:
            _switch(result, field.path, typed)
    _follow(result, raw, [field for field, _typed in changed])
    return result


def _changes(raw: dict[str, Any], data: QueryDict, charges_vat: bool) -> list[tuple[EditorField, str]]:
    found = []
    for section in sections_of(raw, charges_vat=charges_vat):
        for field in section.all_fields():
            typed = field.kind.typed_in(data, field.path)
            if typed is not None and typed != field.typed:
                found.append((field, typed))
    return found


def _switch(raw: dict[str, Any], path: str, typed: str) -> None:
    """Fields that are no key of the file but say which keys there are."""
    place = path.rpartition(".")[0]
    if path.endswith(f".{TIER_PRICE}"):
        _tell_tiers(raw, place, typed)
    elif path == FREE_MEMBERSHIP:
        _free_membership(raw, wanted=typed == "on")
    elif path.endswith(f".{OWN}") and place.startswith("terms"):
        months = lookup(raw, f"{place}.months")
        if isinstance(months, int):
            own_term(raw, months, wanted=typed == "on")
    elif path.endswith(f".{OWN}"):
        own_segment(raw, str(lookup(raw, f"{place}.code")), wanted=typed == "on")


def _tell_tiers(raw: dict[str, Any], charge: str, told: str) -> None:
    """The figures typed go over to the other way of telling them."""
    wanted = {"flat": ("flat",), "unit": ("unit",), "both": ("flat", "unit")}.get(told)
    if wanted is None:
        return
    for tier in rows(raw, f"{charge}.tiers"):
        typed = {key: tier.pop(key) for key in ("flat", "unit") if key in tier}
        spare = [typed[key] for key in typed if key not in wanted]
        for key in wanted:
            tier[key] = typed[key] if key in typed else spare.pop() if spare else ""


def _free_membership(raw: dict[str, Any], *, wanted: bool) -> None:
    before, after = ("yearly", "suggested") if wanted else ("suggested", "yearly")
    membership = raw.setdefault("membership", {})
    membership[after] = membership.pop(before, "")
    if not wanted:
        membership.pop("floor", None)


def _follow(result: dict[str, Any], before: dict[str, Any], changed: list[EditorField]) -> None:
    """What a change brings with it: figures of a term that changed its length, the only term of a period."""
    for field in changed:
        if _TERM_LENGTH.fullmatch(field.path):
            old, new = lookup(before, field.path), lookup(result, field.path)
            if isinstance(old, int) and isinstance(new, int) and old != before.get("period_months", 1):
                rename_term(result, old, new)
    period = result.get("period_months", 1)
    if period != before.get("period_months", 1) and isinstance(period, int):
        sold = [term.get("months") for term in rows(result, "terms")]
        if sold in ([], [before.get("period_months", 1)]):
            result["terms"] = [{"months": period}]
