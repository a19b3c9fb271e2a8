"""The page and the code agree (docs/linter.md)."""

import re
from dataclasses import fields
from typing import Any

from offers.linter import CHECKS, Thresholds
from tests.conventions.sources import ROOT

PAGE = (ROOT / "docs/linter.md").read_text(encoding="utf-8")


def rows(beginning: str) -> list[list[str]]:
    lines = [line for line in PAGE.splitlines() if re.match(rf"\| {beginning}", line)]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def written(value: Any) -> str:
    return (
        ", ".join(f"{key} {each}" for key, each in value.items()) if isinstance(value, dict) else str(value)
    )


def test_table_has_every_check_in_order() -> None:
    told = [(code, quality, severity) for code, quality, severity, _rule, _mend in rows("Q-")]
    assert told == [(check.code, check.quality, check.severity.value) for check in CHECKS]


def test_every_check_has_a_rule_and_a_way_to_mend() -> None:
    assert all(rule and mend for _code, _quality, _severity, rule, mend in rows("Q-"))


def test_table_has_every_threshold() -> None:
    told = {name.strip("`"): default for name, default, _use in rows("`")}
    assert told == {field.name: written(getattr(Thresholds(), field.name)) for field in fields(Thresholds)}
