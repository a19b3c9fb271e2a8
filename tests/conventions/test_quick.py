"""The list of quick tests names files that exist."""

from pathlib import Path

import pytest

from tests.quick import QUICK

TESTS = Path(__file__).parent.parent


@pytest.mark.parametrize("name", [name for names in QUICK.values() for name in names])
def test_quick_file_exists(name: str) -> None:
    assert (TESTS / name).is_file()
