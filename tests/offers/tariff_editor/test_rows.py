"""Rows added and taken away, and fields typed, on the file itself."""

from typing import Any

import pytest
from django.http import QueryDict

from offers.tariff_editor.actions import act, section_of
from offers.tariff_editor.reading import Reading, read_draft
from pricing.engine import check_tariff, parse_tariff
from tests.offers.tariff_editor.posting import OFFER, shape, type_in

CHARGES = [
    "flat",
    "per_unit",
    "blocks",
    "per_extra_unit",
    "volume",
    "graduated",
    "product",
    "packs",
    "free_price",
]
ADDED = [
    *(("charges", kind) for kind in [*CHARGES, "allowance", "on_quote"]),
    *(("metrics", kind) for kind in ("domains", "ram_gb", "users", "autre")),
    *(("segments", kind) for kind in ("association", "company")),
    *((path, "") for path in ("terms", "options", "limits", "includes")),
]
UNKNOWN = [
    "",
    "add:",
    "add:x",
    "add:charges[9].tiers",
    "add:charges[0].price",
    "remove:",
    "remove:charges",
    "remove:terms[7]",
    "\0",
    "add:.",
    "remove:[",
    f"remove:charges[{'9' * 5000}]",
]


def message(reading: Reading, path: str) -> str:
    fields = {field.path: field for section in reading.sections for field in section.all_fields()}
    return " ".join(fields[path].errors)


@pytest.mark.parametrize(("path", "chosen"), ADDED)
def test_what_is_added_holds_together_at_once(path: str, chosen: str) -> None:
    raw = shape("par-personne")
    data = QueryDict(mutable=True)
    data[f"add.{path}"] = chosen
    assert act(raw, f"add:{path}", data)
    assert [each for each in check_tariff(parse_tariff(raw)) if each.severity == "error"] == []


@pytest.mark.parametrize("action", UNKNOWN)
def test_unknown_button_changes_nothing(action: str) -> None:
    raw = shape("paliers")
    assert act(raw, action, QueryDict()) == ""
    assert raw == shape("paliers")
    assert isinstance(section_of(action.partition(":")[2]), str)


@pytest.mark.parametrize("typed", ["dix", "-5", "1e9", "NaN", "Infinity", "1.2.3", "99999999999", "<b>"])
def test_invalid_amount_is_kept_and_explained(typed: str) -> None:
    raw = type_in(shape("forfait"), "charges[0].price", typed)
    assert raw["charges"][0]["price"] == typed
    expected = "Écrivez un montant en euros, par exemple 10 ou 12,50."
    assert message(read_draft(OFFER, raw), "charges[0].price") == expected


@pytest.mark.parametrize(
    ("code", "path", "typed", "expected"),
    [
        ("paliers", "charges[0].tiers[1].up_to", "4", "Les paliers doivent monter"),
        ("paliers", "charges[0].tiers[0].up_to", "beaucoup", "Écrivez un nombre, par exemple 5."),
        ("forfait", "charges[0].price", "", "À remplir. Écrivez un montant"),
        ("pack-et-lots", "charges[1].size", "0", "doit être plus grand que 0"),
        ("equipe", "metrics[0].default", "9", "quantité au départ"),
        ("prix-libre", "charges[0].suggested", "1", "sous le plancher de 2,00"),
        ("forfait", "guarantee_days", "toujours", "Écrivez un nombre entier, par exemple 12."),
        ("forfait", "metrics[0].label", "x" * 250, "200 caractères au plus"),
    ],
)
def test_error_is_beside_its_field(code: str, path: str, typed: str, expected: str) -> None:
    assert expected in message(read_draft(OFFER, type_in(shape(code), path, typed)), path)


def test_empty_last_rows_are_not_there() -> None:
    raw: dict[str, Any] = shape("paliers")
    raw["charges"][0]["tiers"].append({"up_to": "", "flat": ""})
    tariff = read_draft(OFFER, raw).tariff
    assert tariff is not None and len(tariff.charges[0].shape.tiers) == 3  # type: ignore[attr-defined]


def test_tier_without_a_price_is_told_to_be_free() -> None:
    raw = type_in(shape("paliers"), "charges[0].tiers[0].flat", "")
    assert any("ce palier est gratuit" in each.message for each in read_draft(OFFER, raw).advice)
