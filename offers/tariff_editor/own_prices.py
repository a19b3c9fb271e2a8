"""Prices with a figure of their own for a term or a public: the shape they take in the file."""

from collections.abc import Callable
from typing import Any

from offers.tariff_editor.maker import DEFAULT
from offers.tariff_editor.paths import rows

#: Keys of a charge or an option that hold a price per period.
_PRICE_KEYS = ("price", "suggested", "floor", "overrun")
_TIER_KEYS = ("flat", "unit")


def has_own_price(raw: dict[str, Any], key: str) -> bool:
    """Whether some price has a figure of its own for that term (`12`) or that public (`association`)."""
    return any(_holds(price, key) for price in _prices(raw))


def _holds(price: Any, key: str) -> bool:
    return isinstance(price, dict) and (key in price or any(_holds(nested, key) for nested in price.values()))


def own_term(raw: dict[str, Any], months: int, *, wanted: bool) -> None:
    """Give each recurring price a figure to type for that term, or take them away."""
    _change(
        raw,
        lambda price: _with_term(price, raw, str(months)) if wanted else _without(price, raw, str(months)),
    )


def own_segment(raw: dict[str, Any], code: str, *, wanted: bool) -> None:
    """Give each price a figure to type for that public, or take them away."""
    _change(raw, lambda price: _with_segment(price, code) if wanted else _without(price, raw, code))


def rename_term(raw: dict[str, Any], before: int, after: int) -> None:
    """A term that changed its length keeps the figures typed for it."""
    _change(raw, lambda price: _renamed(price, str(before), str(after)))


def _is_by_months(price: Any) -> bool:
    return isinstance(price, dict) and all(key.isdecimal() for key in price)


def _with_term(price: Any, raw: dict[str, Any], months: str) -> Any:
    if not isinstance(price, dict):
        return {str(raw.get("period_months") or 1): price, months: ""}
    if _is_by_months(price):
        return {**price, months: price.get(months, "")}
    return {code: _with_term(nested, raw, months) for code, nested in price.items()}


def _with_segment(price: Any, code: str) -> Any:
    if isinstance(price, dict) and not _is_by_months(price):
        return {**price, code: price.get(code, "")}
    own = dict.fromkeys(price, "") if isinstance(price, dict) else ""
    return {code: own, DEFAULT: price}


def _without(price: Any, raw: dict[str, Any], key: str) -> Any:
    """A price left with the figure of the period alone, or of every public, is that figure."""
    if not isinstance(price, dict):
        return price
    left = {each: _without(nested, raw, key) for each, nested in price.items() if each != key}
    alone = {DEFAULT, str(raw.get("period_months") or 1)}
    return next(iter(left.values())) if len(left) == 1 and alone & left.keys() else left


def _renamed(price: Any, before: str, after: str) -> Any:
    if not isinstance(price, dict) or after in price:
        return price
    return {after if key == before else key: _renamed(nested, before, after) for key, nested in price.items()}


def _holders(raw: dict[str, Any]) -> list[tuple[dict[str, Any], tuple[str, ...]]]:
    """Every object of the file that holds recurring prices, with their keys."""
    found: list[tuple[dict[str, Any], tuple[str, ...]]] = []
    for holder in [*rows(raw, "charges"), *rows(raw, "options")]:
        if holder.get("cadence", "period") == "period":
            found.append((holder, _PRICE_KEYS))
            found += [(tier, _TIER_KEYS) for tier in rows(holder, "tiers")]
            found += [(pack, _PRICE_KEYS) for pack in rows(holder, "packs")]
    return found


def _prices(raw: dict[str, Any]) -> list[Any]:
    return [holder[key] for holder, keys in _holders(raw) for key in keys if key in holder]


def _change(raw: dict[str, Any], change: Callable[[Any], Any]) -> None:
    for holder, keys in _holders(raw):
        for key in keys:
            if key in holder:
                holder[key] = change(holder[key])
