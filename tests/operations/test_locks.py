"""The lock files: exact versions, checked by their hashes, from no address in particular."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
LOCKS = ["requirements.txt", "requirements-dev.txt"]
PACKAGE = re.compile(r"^([a-z0-9][a-z0-9-]*(?:\[[a-z0-9,-]+\])?==\S+)(.*)$")


def packages(lock: str) -> dict[str, list[str]]:
    """The hashes of each `name==version` of a lock file."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in (ROOT / lock).read_text().splitlines():
        if match := PACKAGE.match(line):
            current = found.setdefault(match[1], [])
        elif line.lstrip().startswith("--hash=sha256:"):
            current.append(line)
    return found


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_is_a_package_a_hash_or_a_comment(lock: str) -> None:
    expected = re.compile(r"^[a-z0-9][a-z0-9-]*==|^    --hash=sha256:[0-9a-f]{64}( \\)?$|^ *#")
    strangers = [line for line in (ROOT / lock).read_text().splitlines() if not expected.match(line)]
    assert strangers == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_of_a_lock_has_hashes(lock: str) -> None:
    found = packages(lock)
    assert len(found) > 40
    assert [name for name, hashes in found.items() if not hashes] == []


@pytest.mark.parametrize("lock", LOCKS)
def test_no_address_is_in_a_lock(lock: str) -> None:
    text = (ROOT / lock).read_text()
    assert re.findall(r"\w+://\S*|--\S*index\S*|--find-links|--trusted-host| @ \S+|\.whl\b", text) == []


def test_development_lock_holds_the_same_versions_as_the_other() -> None:
    assert set(packages("requirements.txt")) <= set(packages("requirements-dev.txt"))
