"""Every example of the documentation is read, and every price it announces is computed."""

import json
import re
from io import StringIO
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from offers.catalogue import import_catalogue, read_catalogue
from offers.catalogue.layout import catalogue_schema
from offers.price_words import NUMBER
from pricing.engine import parse_tariff
from tests.offers.catalogue.files import as_bytes, smallest

TEXT = (Path(settings.BASE_DIR) / "docs" / "catalogue.md").read_text(encoding="utf-8")
FENCE = re.compile(r"^```json\n(.*?)^```$", re.M | re.S)
TRIAL = re.compile(r"^- `(?P<words>[^`]*)` → (?P<result>\S+)$", re.M)
PARTS = [part.partition("\n") for part in TEXT.split("## Un exemple par forme")[1].split("\n### ")[1:]]
SHAPES = [(title, FENCE.findall(body)[0], TRIAL.findall(body)) for title, _newline, body in PARTS]


def test_examples_are_found() -> None:
    assert len(SHAPES) >= 15
    assert all(trials for _title, _file, trials in SHAPES)


def test_smallest_catalogue_is_read() -> None:
    found = re.search(r"## Le plus petit catalogue\n+```json\n(.*?)```", TEXT, re.S)
    assert found
    assert read_catalogue(found[1].encode()).offers[0].slug == "pack"


@pytest.mark.django_db
@pytest.mark.parametrize(("title", "file", "trials"), SHAPES, ids=[title for title, _file, _trials in SHAPES])
def test_example_gives_the_prices_it_announces(title: str, file: str, trials: list[tuple[str, str]]) -> None:
    data = smallest()
    data["hoster"]["vat_regime"] = "redevable"
    data["offers"][0] |= {"tariff": json.loads(file), "parts": []}
    import_catalogue(catalogue=read_catalogue(as_bytes(data)))
    for words, result in trials:
        out = StringIO()
        call_command("price", "essai", "pack", *words.split(), "--json", stdout=out)
        answer = json.loads(out.getvalue())
        expected = "recurring_per_period" if NUMBER.fullmatch(result) else "outcome"
        assert answer[expected] == result, words


def test_every_type_of_charge_is_shown() -> None:
    used = set(re.findall(r'"type": "([a-z_]+)"', TEXT))
    charge = catalogue_schema()["$defs"]["tariff"]["properties"]["charges"]["items"]["oneOf"]
    assert {each["properties"]["type"]["const"] for each in charge} <= used


def test_every_name_of_the_tariff_is_documented() -> None:
    for name in catalogue_schema()["$defs"]["tariff"]["properties"]:
        assert f"`{name}`" in TEXT, name


@pytest.mark.parametrize("family", ["hoster", "offers", "components"])
def test_every_name_of_the_file_is_documented(family: str) -> None:
    schema = catalogue_schema()["properties"][family]
    for name in schema.get("items", schema)["properties"]:
        assert f"`{name}`" in TEXT, name


def test_table_of_the_page_of_prices_is_made_of_readable_charges() -> None:
    rows = re.findall(r"^\|[^|]+\| `(\{\"type\".*?\})`", TEXT, re.M)
    assert len(rows) >= 6
    metrics = [{"code": code, "label": code, "unit": "x"} for code in ("users", "storage_gb")]
    for row in rows:
        assert parse_tariff({"metrics": metrics, "charges": [json.loads(row)]})
