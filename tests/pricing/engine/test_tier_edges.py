"""Each way to charge at its edges: 0, 1, last of a tier, first of the next, above the top."""

from decimal import Decimal
from typing import Any

import pytest

from pricing.engine import Outcome, parse_tariff
from tests.pricing.engine.tariffs import ask, tariff

VOLUME: dict[str, Any] = {
    "type": "volume",
    "metric": "storage_gb",
    "tiers": [
        {"up_to": 10, "flat": "3.00"},
        {"up_to": 20, "unit": "0.25"},
        {"up_to": 50, "flat": "6", "unit": "0.1"},
    ],
}
GRADUATED: dict[str, Any] = {
    "type": "graduated",
    "metric": "storage_gb",
    "tiers": [{"up_to": 10, "flat": "3.00"}, {"up_to": 20, "unit": "0.25"}, {"flat": "1", "unit": "0.10"}],
}
SHAPES: dict[str, dict[str, Any]] = {
    "flat": {"type": "flat", "price": "10"},
    "per_unit": {"type": "per_unit", "metric": "storage_gb", "price": "0.50"},
    "free": {"type": "per_unit", "metric": "storage_gb", "price": "0.50", "free": 2},
    "blocks": {"type": "blocks", "metric": "storage_gb", "price": "5", "included": 20, "size": 10},
    "extra": {"type": "per_extra_unit", "metric": "storage_gb", "price": "0.50", "included": 100},
    "volume": VOLUME,
    "graduated": GRADUATED,
    "product": {
        "type": "product",
        "price": "1.50",
        "of": [{"metric": "users"}, {"metric": "storage_gb", "size": 10}],
    },
    "packs": {
        "type": "packs",
        "packs": [
            {"label": "S", "price": "5", "holds": {"users": 5, "storage_gb": 10}},
            {"label": "M", "price": "9", "holds": {"users": 10, "storage_gb": 50}},
        ],
    },
}


@pytest.mark.parametrize(
    ("shape", "quantity", "amount"),
    [
        ("flat", 0, "10.00"),
        ("flat", 999, "10.00"),
        ("per_unit", 0, "0.00"),
        ("per_unit", 1, "0.50"),
        ("free", 0, "0.00"),
        ("free", 2, "0.00"),
        ("free", 3, "0.50"),
        ("blocks", 0, "0.00"),
        ("blocks", 20, "0.00"),
        ("blocks", 21, "5.00"),
        ("blocks", 30, "5.00"),
        ("blocks", 31, "10.00"),
        ("extra", 100, "0.00"),
        ("extra", 101, "0.50"),
        ("volume", 0, "3.00"),
        ("volume", 1, "3.00"),
        ("volume", 10, "3.00"),
        ("volume", 11, "2.75"),
        ("volume", 20, "5.00"),
        ("volume", 21, "8.10"),
        ("volume", 50, "11.00"),
        ("graduated", 0, "3.00"),
        ("graduated", 10, "3.00"),
        ("graduated", 11, "3.25"),
        ("graduated", 20, "5.50"),
        ("graduated", 21, "6.60"),
        ("graduated", 1000, "104.50"),
        ("packs", 10, "5.00"),
        ("packs", 11, "9.00"),
        ("packs", 50, "9.00"),
    ],
)
def test_shape_at_its_edges(shape: str, quantity: int, amount: str) -> None:
    assert ask(tariff(SHAPES[shape]), storage_gb=quantity).recurring_per_period == Decimal(amount)


@pytest.mark.parametrize(
    ("users", "storage", "amount"), [(1, 0, "0.00"), (1, 1, "1.50"), (3, 10, "4.50"), (3, 11, "9.00")]
)
def test_product_multiplies_started_blocks(users: int, storage: int, amount: str) -> None:
    answer = ask(tariff(SHAPES["product"]), users=users, storage_gb=storage)
    assert answer.recurring_per_period == Decimal(amount)


@pytest.mark.parametrize("shape", ["volume", "packs"])
@pytest.mark.parametrize(
    ("beyond", "outcome"), [("on_quote", Outcome.ON_QUOTE), ("maximum", Outcome.NOT_ELIGIBLE)]
)
def test_above_the_last_tier_there_is_no_amount(shape: str, beyond: str, outcome: Outcome) -> None:
    answer = ask(tariff({**SHAPES[shape], "beyond": beyond}), storage_gb=51)
    assert (answer.outcome, answer.recurring_per_period) == (outcome, None)
    assert "50" in answer.reason


def test_pack_must_hold_every_quantity() -> None:
    packs = tariff(SHAPES["packs"])
    assert ask(packs, users=6, storage_gb=1).recurring_per_period == Decimal("9.00")


def test_started_block_counts_a_fraction() -> None:
    precise = {"code": "storage_gb", "label": "Stockage", "unit": "Go", "step": "0.1"}
    of = parse_tariff({"metrics": [precise], "charges": [SHAPES["blocks"]]})
    assert ask(of, storage_gb=Decimal("20.1")).recurring_per_period == Decimal("5.00")
