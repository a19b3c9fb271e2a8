"""The figures of docs/pricing.md are computed, not believed."""

import json
import re
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from pricing.engine import Outcome, Selection, Tariff, parse_tariff, price, tariff_schema
from pricing.engine.money import Taxed
from pricing.engine.shape_fields import SHAPE_FIELDS
from tests.pricing.engine.tariffs import LIABLE

PAGE = (Path(__file__).parents[3] / "docs" / "pricing.md").read_text(encoding="utf-8")
TARIFF_BLOCK = re.compile(r"```json\n([^`]*)```\n\n((?:\|[^\n]*\n)+)")


def cells(table: str) -> list[list[str]]:
    """Body rows of a Markdown table."""
    rows = [
        [cell.strip() for cell in line.strip().strip("|").split("|")] for line in table.strip().splitlines()
    ]
    return rows[2:]


def worked_rows() -> list[tuple[str, list[str]]]:
    return [(block, row) for block, table in TARIFF_BLOCK.findall(PAGE) for row in cells(table)]


def read_selection(tariff: Tariff, asked: str) -> Selection:
    quantities: dict[str, Decimal] = {}
    fields: dict[str, Any] = {}
    for part in filter(None, (part.strip() for part in asked.split(","))):
        name, _space, value = part.partition(" ")
        if name in tariff.metrics_by_code:
            quantities[name] = Decimal(value)
        elif name.endswith("_months"):
            fields[name] = int(value)
        elif name == "free_amount":
            fields[name] = Decimal(value)
        else:
            fields[name] = value or True
    return Selection(quantities, **fields)


def test_page_has_its_worked_examples() -> None:
    assert len(worked_rows()) > 30


@pytest.mark.parametrize(("block", "row"), worked_rows())
def test_worked_example_is_true(block: str, row: list[str]) -> None:
    tariff = parse_tariff(json.loads(block))
    answer = price(tariff, read_selection(tariff, row[0]), vat=LIABLE)
    if row[1] in set(Outcome):
        assert answer.outcome == row[1]
        assert answer.recurring_per_period is None
        return
    found = [
        answer.recurring_per_period,
        answer.first_invoice,
        answer.first_year_total,
        answer.yearly_after,
        answer.saving,
    ]
    assert found == [None if figure == "–" else Decimal(figure) for figure in row[1:]]


def test_vat_table_is_true() -> None:
    table = PAGE.split("| gross | rate | net | VAT |")[1].split("\n\n")[0]
    rows = cells("|\n" + table.lstrip("\n"))
    assert len(rows) == 5
    for gross, rate, net, vat in rows:
        assert Taxed.from_gross(Decimal(gross), Decimal(rate)) == Taxed(
            Decimal(net), Decimal(vat), Decimal(gross)
        )


def test_every_key_of_the_file_is_documented() -> None:
    documented = set(re.findall(r"^\| `(\w+)` \|", PAGE, re.MULTILINE))
    assert set(tariff_schema()["properties"]) <= documented
    assert set(SHAPE_FIELDS) <= documented
    assert {outcome.value for outcome in Outcome} <= documented


def test_every_field_of_a_shape_is_documented() -> None:
    for kind, fields in SHAPE_FIELDS.items():
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{kind}` |"))
        assert all(f"`{field.key}`" in row for field in fields), kind
