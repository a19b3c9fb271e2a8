"""A line of price just added: sensible figures, so that the tariff still holds together."""

from copy import deepcopy
from typing import Any

from offers.tariff_editor.paths import rows
from offers.tariff_editor.sections import PRESETS

PEOPLE, SPACE, HOURS = "users", "storage_gb", "hours"
#: The line as added, by its type; `metric` is filled with what the tariff already counts.
LINES: dict[str, dict[str, Any]] = {
    "flat": {"label": "Supplément", "price": "5.00"},
    "per_unit": {"metric": "", "price": "3.00"},
    "blocks": {"metric": "", "included": "5", "size": "5", "price": "5.00"},
    "per_extra_unit": {"metric": "", "included": "100", "price": "0.50"},
    "volume": {
        "metric": "",
        "tiers": [
            {"up_to": "6", "flat": "30.00"},
            {"up_to": "15", "flat": "40.00"},
            {"up_to": "50", "flat": "60.00"},
        ],
    },
    "graduated": {
        "metric": "",
        "tiers": [{"up_to": "5", "unit": "4.00"}, {"up_to": "20", "unit": "3.00"}, {"unit": "2.00"}],
    },
    "product": {
        "label": "Espace de chaque personne",
        "price": "1.50",
        "of": [{"metric": PEOPLE}, {"metric": SPACE, "size": "10"}],
    },
    "packs": {
        "label": "Taille",
        "packs": [
            {"label": "S", "holds": {PEOPLE: "5", SPACE: "20"}, "price": "10.00"},
            {"label": "M", "holds": {PEOPLE: "15", SPACE: "50"}, "price": "20.00"},
            {"label": "L", "holds": {PEOPLE: "40", SPACE: "200"}, "price": "45.00"},
        ],
    },
    "free_price": {"label": "Prix libre", "suggested": "10.00"},
    "allowance": {"label": "Aide par téléphone", "metric": "", "included": "2", "per_months": 1},
    "on_quote": {"label": "Prestation sur devis"},
}
#: What each of these counts when the tariff counts nothing yet; people otherwise.
_COUNTS = {"per_extra_unit": SPACE, "allowance": HOURS}


def new_charge(raw: dict[str, Any], kind: str) -> None:
    """Add a line of that type, and what it counts if the tariff does not count it yet."""
    if kind not in LINES:
        return
    line = deepcopy({"type": kind, **LINES[kind]})
    if "metric" in line:
        line["metric"] = _metric_for(raw, kind)
        line.setdefault("label", _label(raw, line["metric"]))
    if kind in ("product", "packs"):
        for code in (PEOPLE, SPACE):
            _ensure(raw, code)
    raw.setdefault("charges", []).append(line)


def _metric_for(raw: dict[str, Any], kind: str) -> str:
    """The usual metric of that type; or the first that no line counts yet; or the first."""
    codes = [str(row.get("code", "")) for row in rows(raw, "metrics")]
    usual = _COUNTS.get(kind, "")
    if not codes or (usual and usual not in codes):
        return _ensure(raw, usual or PEOPLE)
    counted = [charge.get("metric") for charge in rows(raw, "charges")]
    return usual or next((code for code in codes if code not in counted), codes[0])


def _ensure(raw: dict[str, Any], code: str) -> str:
    if code not in [row.get("code") for row in rows(raw, "metrics")]:
        raw.setdefault("metrics", []).append({"code": code, **deepcopy(PRESETS[code])})
    return code


def _label(raw: dict[str, Any], code: str) -> str:
    return next((str(row.get("label", "")) for row in rows(raw, "metrics") if row.get("code") == code), "")
