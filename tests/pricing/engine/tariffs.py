"""Tariffs the tests speak of: those of the course, and small ones made on the spot."""

import json
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

from pricing.engine import Breakdown, Selection, Tariff, VatPolicy, VatRegime, parse_tariff, price

COURSE = Path(__file__).parent / "course"
LIABLE = VatPolicy(VatRegime.LIABLE, Decimal(20))
FRANCHISE = VatPolicy(VatRegime.FRANCHISE)

USERS = {"code": "users", "label": "Comptes", "unit": "personne", "units": "personnes", "minimum": 1}
STORAGE = {"code": "storage_gb", "label": "Stockage", "unit": "Go"}
METRICS = {"users": USERS, "storage_gb": STORAGE}


def course_data(slug: str) -> dict[str, Any]:
    """The tariff file of an offer of the course."""
    data: dict[str, Any] = json.loads((COURSE / f"{slug}.json").read_text(encoding="utf-8"))
    return data


@cache
def course(slug: str) -> Tariff:
    return parse_tariff(course_data(slug))


def course_slugs() -> list[str]:
    return sorted(path.stem for path in COURSE.glob("*.json"))


def tariff(*charges: dict[str, Any], metrics: str = "users storage_gb", **parts: Any) -> Tariff:
    """A tariff on users and storage with these charges."""
    named = [METRICS[code] for code in metrics.split()]
    return parse_tariff({"metrics": named, "charges": list(charges), **parts})


def ask(of: Tariff, vat: VatPolicy = FRANCHISE, **selection: Any) -> Breakdown:
    """Price `users=…, storage_gb=…` and any other field of a selection."""
    quantities = {code: selection.pop(code) for code in list(selection) if code in of.metrics_by_code}
    return price(of, Selection(quantities, **selection), vat=vat)


def recurring(of: Tariff, **selection: Any) -> Decimal | None:
    return ask(of, **selection).recurring_per_period


def euro(text: str) -> Decimal:
    return Decimal(text)
