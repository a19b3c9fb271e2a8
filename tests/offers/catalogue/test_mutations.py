"""A good file damaged at random is either still good or refused with clear words; nothing is written then.

`CATALOGUE_MUTATIONS=600` for a long run.
"""

import json
import os
from collections.abc import Callable
from random import Random
from typing import Any

import pytest
from django.db import transaction

from hosters.models import Hoster
from offers.catalogue import CatalogueError, import_catalogue, read_catalogue, shipped
from offers.models import Offer, TariffVersion

MUTATIONS = int(os.environ.get("CATALOGUE_MUTATIONS", "120"))
VALUES: list[Any] = [
    None, True, -1, 0, 1e300, 10**25, 0.1, "", " ", "é", "x" * 5000, "\u202e", "10.00", "NaN", [], [[]], {}, {"": 1},
    {"1": "2.00"}, {"association": {"12": "1"}}, "users", "1e9", "²", "\u0663", [None], "<script>", "flat", "on_quote",
]  # fmt: skip


def places(value: Any) -> list[tuple[Any, Any]]:
    """Every container of a document with each of its keys."""
    keys = (
        list(value) if isinstance(value, dict) else list(range(len(value))) if isinstance(value, list) else []
    )
    return [(value, key) for key in keys] + [place for key in keys for place in places(value[key])]


def change_value(data: Any, random: Random) -> None:
    holder, key = random.choice(places(data))
    holder[key] = random.choice(VALUES)


def remove(data: Any, random: Random) -> None:
    holder, key = random.choice(places(data))
    del holder[key]


def move(data: Any, random: Random) -> None:
    (holder, key), (source, other) = random.choice(places(data)), random.choice(places(data))
    holder[key] = json.loads(json.dumps(source[other]))


def rename(data: Any, random: Random) -> None:
    holder, key = random.choice([place for place in places(data) if isinstance(place[0], dict)])
    holder[random.choice(["nom", key.upper(), key + "s", "tariff", "users"])] = holder.pop(key)


def repeat(data: Any, random: Random) -> None:
    lists = [holder[key] for holder, key in places(data) if isinstance(holder[key], list) and holder[key]]
    chosen = random.choice(lists)
    chosen += chosen * random.choice([1, 3])


CHANGES: list[Callable[[Any, Random], None]] = [change_value, change_value, remove, move, rename, repeat]


def damaged(raw: bytes, random: Random) -> bytes:
    """One to three changes, of the document or of its bytes."""
    if random.random() < 0.7:
        data = json.loads(raw)
        for _time in range(random.randint(1, 3)):
            random.choice(CHANGES)(data, random)
        return json.dumps(data, ensure_ascii=random.random() < 0.3, indent=random.choice([None, 2])).encode()
    text = bytearray(raw)
    for _time in range(random.randint(1, 3)):
        start = random.randrange(len(text))
        end = start + random.choice([0, 1, 1, 30])
        text[start:end] = random.choice(
            [b"", b",", b'"', b"{", b"]", b"\xff", b"\x00", b"1", bytes(text[start:end]) * 2]
        )
    return bytes(text)


def rows() -> tuple[int, int, int]:
    return (
        Hoster.objects.count(),
        _count(Offer),
        _count(TariffVersion),
    )


def _count(model: Any) -> int:
    return int(model._base_manager.count())


@pytest.mark.thorough
@pytest.mark.django_db
@pytest.mark.parametrize("path", shipped(), ids=lambda path: path.stem)
def test_damaged_file_is_refused_clearly_or_imported(path: Any) -> None:
    random = Random(f"chatière {path.stem}")
    raw = path.read_bytes()
    refused = 0
    for _time in range(max(1, MUTATIONS // len(shipped()))):
        before = rows()
        try:
            with transaction.atomic():
                import_catalogue(catalogue=read_catalogue(damaged(raw, random)))
                transaction.set_rollback(True)
        except CatalogueError as error:
            refused += 1
            assert all(
                line.startswith(("ligne ", "… et ")) and line.endswith((".", "?", "»"))
                for line in error.lines()
            )
        assert rows() == before
    assert refused
