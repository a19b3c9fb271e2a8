"""The canonical text of a catalogue: always the same for the same catalogue, and pleasant to edit by hand."""

import json
from typing import Any

from offers.catalogue.entries import Catalogue
from offers.catalogue.layout import CATALOGUE

WIDTH = 120  # what fits on a line stays on a line


def write_catalogue(catalogue: Catalogue) -> str:
    """JSON text, two spaces of indentation, keys in the order of the documentation, defaults left out."""
    return f"{_render(CATALOGUE.write(catalogue), 0)}\n"


def _render(value: Any, indent: int) -> str:
    flat = json.dumps(value, ensure_ascii=False)
    holds_others = isinstance(value, dict | list) and value and indent < WIDTH
    if not holds_others or (indent and indent + len(flat) <= WIDTH):
        return flat
    inner = " " * (indent + 2)
    if isinstance(value, list):
        rows = [_render(item, indent + 2) for item in value]
        opening, closing = "[]"
    else:
        rows = [f"{json.dumps(key)}: {_render(item, indent + 2)}" for key, item in value.items()]
        opening, closing = "{}"
    body = ",\n".join(inner + row for row in rows)
    return f"{opening}\n{body}\n{' ' * indent}{closing}"
