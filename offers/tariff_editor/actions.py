"""Rows added and taken away: what the buttons of the form do to the tariff file."""

from collections.abc import Callable
from copy import deepcopy
from decimal import Decimal, InvalidOperation
from typing import Any

from django.http import QueryDict
from django.utils.translation import gettext as _

from offers.models.offer import Segment
from offers.tariff_editor.bounds import MOST
from offers.tariff_editor.kinds import Words
from offers.tariff_editor.new_charges import new_charge
from offers.tariff_editor.own_prices import has_own_price, own_term
from offers.tariff_editor.paths import element_id, lookup, rows, steps
from offers.tariff_editor.sections import PRESETS
from pricing.engine.codec import slug

#: As the engine: a list of a tariff has at most so many rows.
MOST_ROWS = 200
_TOP = {"charges", "metrics", "terms", "options", "limits", "includes", "segments"}
#: The lengths added one after the other, the most sold first.
_NEXT_TERMS = (12, 24, 36, 3, 6, 1)
_INNER = {"tiers", "packs", "of"}


class TooMany(ValueError):
    """The list is full."""


def act(raw: dict[str, Any], action: str, data: QueryDict) -> str:
    """Do what a button says (`add:terms`, `remove:charges[1]`), in place. Returns the `id` to go to, or "".

    Raises:
        TooMany: no row can be added to that list.
    """
    verb, _colon, path = action.partition(":")
    if not steps(path):
        return ""
    if verb == "add" and _is_list(raw, path):
        return _add(raw, path, data)
    if verb == "remove" and lookup(raw, path) is not None and isinstance(steps(path)[-1], int):
        return _remove(raw, path)
    return ""


def section_of(path: str) -> str:
    """The section of the page where a path is."""
    top = str(next(iter(steps(path)), ""))
    return {"includes": "limits"}.get(top, top)


def _is_list(raw: dict[str, Any], path: str) -> bool:
    place = steps(path)
    if len(place) == 1:
        return place[0] in _TOP
    return place[-1] in _INNER and isinstance(lookup(raw, path), list)


def _add(raw: dict[str, Any], path: str, data: QueryDict) -> str:
    most = MOST.get(path, MOST_ROWS)
    if len(rows(raw, path)) >= most:
        raise TooMany(_("Pas plus de %(n)s lignes ici.") % {"n": most})
    last = str(steps(path)[-1])
    chosen = (data.get(f"add.{path}") or "")[:40]
    name = (Words().typed_in(data, f"add.{path}.name") or "")[:80]
    if last == "tiers":
        lookup(raw, path).append(_next_tier(rows(raw, path)))
    elif last in _INNER:
        lookup(raw, path).append({})
    elif last == "charges":
        new_charge(raw, chosen)
    else:
        _MAKE[last](raw, chosen, name)
    return _first_field(raw, path, len(rows(raw, path)) - 1)


_FIRST = {"terms": "months", "limits": "metric", "includes": "metric", "of": "metric", "tiers": "up_to"}


def _first_field(raw: dict[str, Any], path: str, index: int) -> str:
    return element_id(f"{path}[{max(index, 0)}].{_FIRST.get(str(steps(path)[-1]), 'label')}")


def _next_tier(tiers: list[dict[str, Any]]) -> dict[str, Any]:
    """As the last one, twice as far; figures to be written by whoever adds it."""
    keys = [key for key in ("flat", "unit") if any(key in tier for tier in tiers)] or ["flat"]
    return {
        "up_to": _twice(tiers[-1].get("up_to") if tiers else None),
        **{key: _blank(tiers, key) for key in keys},
    }


def _blank(tiers: list[dict[str, Any]], key: str) -> Any:
    """The same figures to type as in the other tiers: one per term when there are several."""
    model = next((tier[key] for tier in tiers if key in tier), "")
    return _emptied(model)


def _emptied(price: Any) -> Any:
    return {key: _emptied(nested) for key, nested in price.items()} if isinstance(price, dict) else ""


def _twice(up_to: Any) -> str:
    try:
        return format((Decimal(str(up_to).replace(",", ".")) * 2).normalize(), "f")[:10]
    except InvalidOperation:
        return ""


def _remove(raw: dict[str, Any], path: str) -> str:
    *parents, index = steps(path)
    parent = path[: path.rindex("[")]
    assert isinstance(index, int)
    del lookup(raw, parent)[index]
    if not lookup(raw, parent) and len(parents) == 1 and parent != "charges":
        del raw[parent]
    return element_id(f"add-{parent}")


def _metric(raw: dict[str, Any], chosen: str, name: str) -> None:
    metrics = raw.setdefault("metrics", [])
    taken = [row.get("code") for row in rows(raw, "metrics")]
    if chosen in PRESETS and chosen not in taken:
        metrics.append({"code": chosen, **deepcopy(PRESETS[chosen])})
        return
    label = name or (str(PRESETS[chosen]["label"]) if chosen in PRESETS else _("Autre chose"))
    metrics.append({"code": _free(slug(label), taken), "label": label, "unit": label.lower(), "default": "1"})


def _term(raw: dict[str, Any], chosen: str, name: str) -> None:
    terms = raw.setdefault("terms", [{"months": raw.get("period_months") or 1}])
    taken = [term.get("months") for term in rows(raw, "terms")]
    period = raw.get("period_months")
    fits = [months for months in _NEXT_TERMS if not isinstance(period, int) or not months % max(period, 1)]
    months = next((each for each in fits if each not in taken), 12)
    terms.append({"months": months})
    if any(
        isinstance(each, int) and each != (period or 1) and has_own_price(raw, str(each)) for each in taken
    ):
        own_term(raw, months, wanted=True)  # as its neighbours


def _option(raw: dict[str, Any], chosen: str, name: str) -> None:
    label = name or _("Option")
    taken = [row.get("code") for row in [*rows(raw, "options"), *rows(raw, "metrics")]]
    raw.setdefault("options", []).append({"code": _free(slug(label), taken), "label": label, "price": "5.00"})


def _segment(raw: dict[str, Any], chosen: str, name: str) -> None:
    labels = {value: str(label) for value, label in Segment.choices}
    taken = [row.get("code") for row in rows(raw, "segments")]
    code = (
        chosen
        if chosen in labels and chosen not in taken
        else next((c for c in labels if c not in taken), "")
    )
    if code:
        raw.setdefault("segments", []).append({"code": code, "label": labels[code].capitalize()})


def _limit(raw: dict[str, Any], chosen: str, name: str) -> None:
    raw.setdefault("limits", []).append({"metric": _first_metric(raw), "maximum": "50", "outcome": OUTCOME})


def _entitlement(raw: dict[str, Any], chosen: str, name: str) -> None:
    raw.setdefault("includes", []).append({"metric": _first_metric(raw), "quantity": "1"})


OUTCOME = "on_quote"
_MAKE: dict[str, Callable[[dict[str, Any], str, str], None]] = {
    "metrics": _metric,
    "terms": _term,
    "options": _option,
    "segments": _segment,
    "limits": _limit,
    "includes": _entitlement,
}


def _first_metric(raw: dict[str, Any]) -> str:
    return next((str(row.get("code", "")) for row in rows(raw, "metrics")), "")


def _free(code: str, taken: list[Any]) -> str:
    numbered = (f"{code[:58]}-{number}" for number in range(2, MOST_ROWS * 3))
    return next(each for each in (code, *numbered) if each not in taken)
