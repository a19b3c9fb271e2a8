"""Places in a tariff file: `charges[0].tiers[1].up_to`, as the engine names them in its problems."""

import re
from typing import Any

_STEP = re.compile(r"\[([0-9]{1,6})\]|([^.\[\]]+)")


def steps(path: str) -> list[str | int]:
    """`charges[0].price.12` gives `["charges", 0, "price", "12"]`."""
    return [int(index) if index else name for index, name in _STEP.findall(path)]


def lookup(raw: Any, path: str) -> Any:
    """What is there, None when nothing is."""
    here = raw
    for step in steps(path):
        if isinstance(step, int):
            here = here[step] if isinstance(here, list) and step < len(here) else None
        else:
            here = here.get(step) if isinstance(here, dict) else None
    return here


def assign(raw: dict[str, Any], path: str, value: Any) -> None:
    """Put a value there; objects missing on the way are made, lists are not."""
    *parents, last = steps(path)
    here: Any = raw
    for step in parents:
        if isinstance(step, str) and not isinstance(here.get(step), dict | list):
            here[step] = {}
        here = here[step]
    here[last] = value


def rows(raw: Any, path: str) -> list[dict[str, Any]]:
    """The objects of a list; empty when there is none."""
    found = lookup(raw, path)
    return [row for row in found if isinstance(row, dict)] if isinstance(found, list) else []


def element_id(path: str) -> str:
    """An `id` for a page: `charges[0].price` gives `charges-0-price`."""
    return re.sub(r"[^a-z0-9_]+", "-", path.lower()).strip("-")
