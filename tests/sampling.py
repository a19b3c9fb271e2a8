"""A sample of a long list in the default suite, the whole of it in the full one."""

from collections.abc import Iterable
from typing import Any

import pytest


def sampled(values: Iterable[Any], every: int = 12) -> list[Any]:
    """One value of `every` is tried each time; the others by `./test --full` only."""
    return [
        value if rank % every == 0 else pytest.param(value, marks=pytest.mark.thorough)
        for rank, value in enumerate(values)
    ]
