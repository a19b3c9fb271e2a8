"""Prices with a figure of their own for a term or a public: the shape they take in the file."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from typing import Any

from offers.tariff_editor.maker import DEFAULT
from offers.tariff_editor.paths import rows
from pricing.engine.money import cents

#: Keys of a charge or an option that hold a price per period.
_PRICE_KEYS = ("price", "suggested", "floor", "overrun")
_TIER_KEYS = ("flat", "unit")


def has_own_price(raw: dict[str, Any], key: str) -> bool:
    """Whether some price has a figure of its own for that term (`12`) or that public (`association`)."""
    return any(_holds(price, key) for price in _prices(raw))


def _holds(price: Any, key: str) -> bool:
    return isinstance(price, dict) and (key in price or any(_holds(nested, key) for nested in price.values()))


def own_term(raw: dict[str, Any], months: int, *, wanted: bool) -> None:
    """Give each recurring price a figure to type for that term, or take them away.

    The figures start from what the discount of the term gives, which they replace.
    """
    if not wanted:
        _change(raw, lambda price: _without(price, raw, str(months)))
        return
    term = next((row for row in rows(raw, "terms") if row.get("months") == months), {})
    times = _times(term, raw.get("period_months") or 1)
    _change(raw, lambda price: _with_term(price, raw, str(months), times))
    for key in ("discount", "charged_months"):
        term.pop(key, None)


def _times(term: dict[str, Any], period: Any) -> Decimal | None:
    """By how much the price of a period is multiplied for that term; None when the figures cannot be read."""
    try:
        kept = 1 - Decimal(str(term.get("discount") or 0).replace(",", ".").removesuffix("%").strip()) / 100
        return Decimal(term.get("charged_months") or term.get("months") or 0) / Decimal(period) * kept
    except (InvalidOperation, TypeError, ValueError):
        return None


def own_segment(raw: dict[str, Any], code: str, *, wanted: bool) -> None:
    """Give each price a figure to type for that public, or take them away."""
    _change(raw, lambda price: _with_segment(price, code) if wanted else _without(price, raw, code))


def rename_term(raw: dict[str, Any], before: int, after: int) -> None:
    """A term that changed its length keeps the figures typed for it."""
    _change(raw, lambda price: _renamed(price, str(before), str(after)))


def _is_by_months(price: Any) -> bool:
    return isinstance(price, dict) and all(key.isdecimal() for key in price)


def _with_term(price: Any, raw: dict[str, Any], months: str, times: Decimal | None) -> Any:
    period = str(raw.get("period_months") or 1)
    if not isinstance(price, dict):
        return {period: price, months: _multiplied(price, times)}
    if _is_by_months(price):
        return {**price, months: price.get(months, _multiplied(price.get(period), times))}
    return {code: _with_term(nested, raw, months, times) for code, nested in price.items()}


def _multiplied(price: Any, times: Decimal | None) -> str:
    try:
        amount = Decimal(str(price).replace(",", "."))
        return "" if times is None else f"{cents(amount * times):.2f}"
    except InvalidOperation:
        return ""


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
