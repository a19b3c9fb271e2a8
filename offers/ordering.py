"""The order chosen by the hoster: a row goes up or down among its own, and all are numbered again."""

from collections.abc import Sequence
from typing import Protocol

from django.db import transaction


class Ordered(Protocol):
    pk: int
    position: int

    def save(self, *, update_fields: list[str]) -> None: ...


@transaction.atomic
def move(*, rows: Sequence[Ordered], pk: int, up: bool) -> None:
    """Exchange a row with its neighbour. At an end of the list, or for a row that is not in it, nothing changes."""
    ordered = list(rows)
    place = next((index for index, row in enumerate(ordered) if row.pk == pk), None)
    if place is None:
        return
    target = place - 1 if up else place + 1
    if 0 <= target < len(ordered):
        ordered[place], ordered[target] = ordered[target], ordered[place]
    for position, row in enumerate(ordered, 1):
        if row.position != position:
            row.position = position
            row.save(update_fields=["position"])
