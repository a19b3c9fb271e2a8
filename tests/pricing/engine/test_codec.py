"""The tariff file: strict, lossless, and described by its own JSON Schema."""

import copy
from collections.abc import Iterator
from decimal import Decimal
from typing import Any

import jsonschema
import pytest

from pricing.engine import TariffError, dump_tariff, parse_tariff, tariff_schema
from tests.pricing.engine.tariffs import STORAGE, USERS, course_data, course_slugs

EVERYTHING: dict[str, Any] = {
    "period_months": 1,
    "tax": "excluded",
    "metrics": [
        {**USERS, "nominative": True, "default": 5, "maximum": 500},
        {**STORAGE, "step": "0.5", "pooled": True},
        {"code": "support_minutes", "label": "Support", "unit": "minute", "units": "minutes"},
    ],
    "segments": [
        {"code": "association", "label": "Associations", "discount": "12.5"},
        {"code": "company", "label": "Entreprises"},
    ],
    "terms": [{"months": 1}, {"months": 12, "charged_months": 10}, {"months": 24, "discount": 25}],
    "charges": [
        {
            "type": "flat",
            "label": "Base",
            "price": {"association": {"1": "10.00", "24": "200"}, "default": "20"},
        },
        {"type": "flat", "label": "Base", "price": "1.00", "segments": ["company"]},
        {"type": "per_unit", "metric": "users", "price": "0.005", "free": 2},
        {"type": "blocks", "metric": "users", "price": "5.00", "included": 5, "size": 5, "label": "Lots"},
        {"type": "per_extra_unit", "metric": "storage_gb", "price": "0,50", "included": 100},
        {
            "type": "volume",
            "label": "Visio",
            "metric": "users",
            "beyond": "maximum",
            "tiers": [{"up_to": 6, "flat": "3"}, {"up_to": 500, "flat": "9", "unit": "0.10"}],
        },
        {
            "type": "graduated",
            "label": "Disque",
            "metric": "storage_gb",
            "tiers": [{"up_to": 10}, {"unit": "1"}],
        },
        {
            "type": "product",
            "label": "Archive",
            "price": "1.50",
            "of": [{"metric": "users"}, {"metric": "storage_gb", "size": 10, "included": 5}],
        },
        {
            "type": "packs",
            "label": "Taille",
            "packs": [
                {"label": "S", "price": "5", "holds": {"users": 5}},
                {"label": "M", "price": "9", "holds": {"users": 9}},
            ],
        },
        {"type": "free_price", "label": "Soutien", "suggested": "5", "floor": "1", "vat": "out_of_scope"},
        {
            "type": "allowance",
            "metric": "support_minutes",
            "included": 30,
            "overrun": "45",
            "size": 60,
            "per_months": 1,
        },
        {"type": "on_quote", "label": "Formation", "cadence": "one_off", "vat": "exempt"},
        {
            "type": "flat",
            "label": "Domaine",
            "price": "15",
            "cadence": "yearly",
            "audience": "non_members",
            "vat": 5.5,
        },
    ],
    "options": [
        {
            "code": "storage_gb",
            "label": "Disque en plus",
            "price": "1.00",
            "adds": {"storage_gb": 10},
            "step": 2,
        },
        {
            "code": "backup",
            "label": "Sauvegarde",
            "type": "per_unit",
            "metric": "users",
            "price": "1",
            "minimum": 0,
        },
        {"code": "visit", "label": "Visite", "type": "on_quote", "maximum": 3, "segments": ["company"]},
    ],
    "limits": [
        {"metric": "users", "maximum": 400, "outcome": "refused", "reason": "Trop grand.", "terms": [12]}
    ],
    "includes": [{"metric": "storage_gb", "quantity": 0.5, "per": "users"}],
    "setup_fee": {"1": "50.00", "12": "0"},
    "membership": {
        "label": "Cotisation",
        "suggested": "20",
        "floor": "5",
        "required": False,
        "vat": "standard",
    },
    "trial": {"months": 2},
    "introductory": {"periods": 3, "discount": "50 %", "terms": [1]},
    "guarantee_days": 30,
}


@pytest.mark.parametrize("data", [EVERYTHING, *map(course_data, course_slugs())])
def test_round_trip_is_identical(data: dict[str, Any]) -> None:
    tariff = parse_tariff(data)
    dumped = dump_tariff(tariff)
    assert parse_tariff(dumped) == tariff
    assert dump_tariff(parse_tariff(dumped)) == dumped


@pytest.mark.parametrize("data", [EVERYTHING, *map(course_data, course_slugs())])
def test_file_and_its_dump_follow_the_schema(data: dict[str, Any]) -> None:
    validator = jsonschema.Draft202012Validator(tariff_schema())
    validator.validate(data)
    validator.validate(dump_tariff(parse_tariff(data)))


def test_dump_leaves_out_what_goes_without_saying() -> None:
    data = {"charges": [{"type": "flat", "label": "Pack de base", "price": "10.00"}]}
    assert dump_tariff(parse_tariff(data)) == data


def test_comma_and_point_are_both_read() -> None:
    assert parse_tariff(EVERYTHING).charges[4].shape.prices()[0].base == Decimal("0.50")


FLAT = {"type": "flat", "label": "Base", "price": "1.00"}


@pytest.mark.parametrize(
    ("data", "path", "words"),
    [
        ({"charge": [FLAT]}, "charge", "charges"),
        ({"charges": [{**FLAT, "price": 1.5}]}, "charges[0].price", "guillemets"),
        ({"charges": [{**FLAT, "price": "-1"}]}, "charges[0].price", "price"),
        ({"charges": [{**FLAT, "price": "1e3"}]}, "charges[0].price", "nombre"),
        ({"charges": [{**FLAT, "price": {"1": "1", "x": "2"}}]}, "charges[0].price", "mélange"),
        ({"charges": [{**FLAT, "price": {}}]}, "charges[0].price", "vide"),
        ({"charges": [{**FLAT, "type": "flatt"}]}, "charges[0].type", "per_unit"),
        ({"charges": [{**FLAT, "label": ""}]}, "charges[0].label", "vide"),
        ({"charges": [{**FLAT, "cadence": "weekly"}]}, "charges[0].cadence", "one_off"),
        ({"charges": [{"type": "per_unit", "price": "1"}]}, "charges[0].metric", "manque"),
        ({"charges": {"a": 1}}, "charges", "liste"),
        ({"charges": [FLAT], "tax": "ttc"}, "tax", "TTC"),
        ({"charges": [FLAT], "terms": []}, "terms", "entre 1"),
        ({"charges": [FLAT], "terms": [{"months": 0}]}, "terms[0].months", "entre 1"),
        ({"charges": [FLAT], "terms": [{"months": True}]}, "terms[0].months", "entier"),
        (
            {"charges": [FLAT], "metrics": [{"code": "É", "label": "x", "unit": "x"}]},
            "metrics[0].code",
            "minuscules",
        ),
        ({"charges": [FLAT], "membership": {"price": "20"}}, "membership.yearly", "manque"),
        ({"charges": [FLAT], "guarantee_days": "30"}, "guarantee_days", "entier"),
        ([], "", "objet"),
        ({}, "charges", "au moins une ligne"),
    ],
)
def test_error_names_its_field(data: Any, path: str, words: str) -> None:
    with pytest.raises(TariffError) as caught:
        parse_tariff(data)
    assert any(problem.path == path and words in problem.message for problem in caught.value.problems)


def test_every_error_is_reported_at_once() -> None:
    with pytest.raises(TariffError) as caught:
        parse_tariff({"charges": [{**FLAT, "price": "x"}, {**FLAT, "label": 3}], "tax": 1, "unknown": 1})
    assert {problem.path for problem in caught.value.problems} == {
        "charges[0].price",
        "charges[1].label",
        "tax",
        "unknown",
    }


WRONG: tuple[Any, ...] = (None, -1, "zzz", [], {"zzz": 1}, 10**30)


def _mutations(node: Any, root: Any) -> Iterator[Any]:
    """The whole file with one value replaced by something wrong, at every place of it."""
    for key in list(node if isinstance(node, dict) else range(len(node))):
        kept = node[key]
        for wrong in WRONG:
            node[key] = wrong
            yield root
        node[key] = kept
        if isinstance(kept, dict | list):
            yield from _mutations(kept, root)


def test_malformed_file_gives_problems_and_nothing_else() -> None:
    data = copy.deepcopy(EVERYTHING)
    refused = 0
    for mutated in _mutations(data, data):
        try:
            parse_tariff(mutated)
        except TariffError as error:
            refused += 1
            assert all(problem.message for problem in error.problems)
    assert refused > 600
