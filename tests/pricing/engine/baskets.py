"""Random tariffs and requests, drawn from a seed: the same numbers every time."""

from random import Random
from typing import Any

MONTHS = (1, 3, 12, 24, 36)
RATES = ("0", "20", "8.5", "5.5")


def amount(draw: Random, most: int = 3000) -> str:
    return f"{draw.randint(0, most) / 100:.2f}"


def unit_price(draw: Random) -> str:
    return f"{draw.randint(1, 99999) / 10000:.4f}"


def typed(draw: Random, months: list[int], price: str) -> Any:
    """A single price, or by term, or by public."""
    choice = draw.random()
    if choice < 0.6:
        return price
    if choice < 0.85:
        others = draw.sample(months[1:], draw.randint(0, len(months) - 1))
        return {"1": price, **{str(each): amount(draw, 60000) for each in sorted(others)}}
    return {"association": price, "default": amount(draw)}


def tiers(draw: Random, months: list[int]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    top = 0
    for _tier in range(draw.randint(1, 4)):
        top += draw.randint(1, 40)
        found.append({"up_to": top, **tier_price(draw, months)})
    return [*found, tier_price(draw, months)]


def tier_price(draw: Random, months: list[int]) -> dict[str, Any]:
    both = {"flat": typed(draw, months, amount(draw)), "unit": unit_price(draw)}
    return {name: both[name] for name in draw.choice((("flat",), ("unit",), ("flat", "unit"), ()))}


def charge(draw: Random, index: int, months: list[int]) -> dict[str, Any]:
    metric = draw.choice(("users", "storage_gb"))
    price = {"price": typed(draw, months, unit_price(draw) if draw.random() < 0.5 else amount(draw))}
    included = draw.randint(0, 30)
    shapes: dict[str, dict[str, Any]] = {
        "flat": price,
        "per_unit": {"metric": metric, "free": included, **price},
        "blocks": {"metric": metric, "included": included, "size": draw.randint(1, 12), **price},
        "per_extra_unit": {"metric": metric, "included": included, **price},
        "volume": {"metric": metric, "tiers": tiers(draw, months)},
        "graduated": {"metric": metric, "tiers": tiers(draw, months)},
        "product": {
            "of": [{"metric": "users"}, {"metric": "storage_gb", "size": 10, "included": included}],
            **price,
        },
    }
    kind = draw.choice(sorted(shapes))
    cadence = draw.choices(("period", "one_off", "yearly"), (8, 1, 1))[0]
    vat = draw.choices(("standard", "exempt", "out_of_scope", "5.5"), (8, 1, 1, 1))[0]
    return {"type": kind, "label": f"Ligne {index}", "cadence": cadence, "vat": vat, **shapes[kind]}


def terms(draw: Random, months: list[int]) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = [{"months": 1}]
    for each in months[1:]:
        choice = draw.random()
        extra: dict[str, Any] = {}
        if choice < 0.3:
            extra = {"discount": draw.randint(1, 40)}
        elif choice < 0.5:
            extra = {"charged_months": draw.randint(1, each)}
        found.append({"months": each, **extra})
    return found


def random_tariff(draw: Random) -> dict[str, Any]:
    """A tariff file mixing every mechanism."""
    months = [1, *sorted(draw.sample(MONTHS[1:], draw.randint(0, 4)))]
    data: dict[str, Any] = {
        "tax": draw.choice(("included", "excluded")),
        "metrics": [
            {"code": "users", "label": "Comptes", "unit": "personne", "units": "personnes", "minimum": 1},
            {"code": "storage_gb", "label": "Stockage", "unit": "Go", "step": "0.5"},
        ],
        "segments": [
            {"code": "association", "label": "Associations"},
            {"code": "company", "label": "Entreprises"},
        ],
        "terms": terms(draw, months),
        "charges": [charge(draw, index, months) for index in range(draw.randint(1, 8))],
        "options": [{"code": "extra", "label": "Supplément", "price": unit_price(draw)}],
        "trial": {"months": 2},
    }
    if draw.random() < 0.3:
        data["segments"][0]["discount"] = draw.randint(1, 50)
    if draw.random() < 0.3:
        data["introductory"] = {"periods": draw.randint(1, 14), "discount": draw.randint(1, 99)}
    if draw.random() < 0.5:
        data["setup_fee"] = amount(draw, 9000)
    if draw.random() < 0.5:
        data["membership"] = {"yearly": amount(draw, 5000)}
    return data


def random_case(draw: Random, data: dict[str, Any]) -> dict[str, Any]:
    """What is asked of a random tariff."""
    return {
        "months": draw.choice(data["terms"])["months"],
        "segment": draw.choice(("association", "company")),
        "quantities": {"users": str(draw.randint(1, 120)), "storage_gb": f"{draw.randint(0, 400) / 2:.1f}"},
        "options": {"extra": draw.randint(0, 5)},
        "already_member": draw.random() < 0.3,
        "trial": draw.choice((0, 0, 0, 1, 2)),
        "rate": draw.choice(RATES),
    }
