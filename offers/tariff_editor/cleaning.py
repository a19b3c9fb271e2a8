"""From what was typed to a tariff file: what was left empty is not there."""

from typing import Any

#: Lists whose empty last rows are rows that nobody filled.
_FILLED_BY_HAND = frozenset({"tiers", "packs", "of", "terms", "segments", "limits", "includes"})
#: Parts that exist only when one of these is filled; the rest of the part waits in the draft.
_STARTED_BY = {
    "membership": ("yearly", "suggested"),
    "trial": ("months", "plan"),
    "introductory": ("periods", "discount", "price"),
}


def cleaned(raw: dict[str, Any]) -> dict[str, Any]:
    """The file without what was left empty. Rows keep their number, so that a problem finds its field."""
    filled = _filled(raw)
    for part, keys in _STARTED_BY.items():
        if isinstance(filled.get(part), dict) and not any(filled[part].get(key) for key in keys):
            del filled[part]
    return filled


def _filled(raw: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, item in raw.items() if (value := _without_blanks(key, item)) not in ("", {})}


def _without_blanks(key: str, item: Any) -> Any:
    if isinstance(item, dict):
        return _filled(item)
    if isinstance(item, list):
        found = [_without_blanks("", each) for each in item]
        while key in _FILLED_BY_HAND and found and found[-1] == {}:
            found.pop()
        return found
    return item
