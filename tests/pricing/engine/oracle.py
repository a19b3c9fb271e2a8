"""A second computation of a price, written apart from the engine: exact fractions on the raw file.

It knows nothing of the engine's classes and rounds only where the rules say so: each line, each
discount per VAT row, VAT on the total of its rate on each invoice.
"""

from fractions import Fraction
from math import ceil, floor
from typing import Any, NamedTuple

Row = tuple[str, Fraction, bool]


class Item(NamedTuple):
    """An amount as typed in the tariff, the VAT row it falls on, and when it is due."""

    amount: Fraction
    row: Row
    cadence: str
    derived: bool
    welcome: bool = False


def half_up(value: Fraction) -> Fraction:
    cents = abs(value) * 100
    rounded = floor(cents + Fraction(1, 2))
    return Fraction(rounded if value >= 0 else -rounded, 100)


def priced(
    typed: Any, months: int, segment: str, data: dict[str, Any], cadence: str
) -> tuple[Fraction, bool]:
    """A typed price made that of the term, and whether it was derived."""
    period = data.get("period_months", 1)
    if isinstance(typed, dict) and not next(iter(typed)).isdigit():
        typed = typed.get(segment, typed.get("default"))
    if isinstance(typed, dict):
        if str(months) in typed and months != period:
            return Fraction(typed[str(months)]), False
        typed = typed[str(period)]
    if cadence != "period":
        return Fraction(typed), True
    term = next(each for each in data["terms"] if each["months"] == months)
    return Fraction(typed) * Fraction(term.get("charged_months", months), period), True


def slices(tiers: list[dict[str, Any]], quantity: Fraction) -> list[tuple[dict[str, Any], Fraction]]:
    found, low = [], Fraction(0)
    for tier in tiers:
        high = Fraction(tier["up_to"]) if "up_to" in tier else max(quantity, low)
        found.append((tier, min(quantity, high) - low))
        if quantity <= high:
            break
        low = high
    return found


def parts(charge: dict[str, Any], q: dict[str, Fraction]) -> list[tuple[Any, Fraction]]:
    """(typed price, how many times) whose sum is the line."""
    kind = charge.get("type", "per_unit")
    if kind == "flat":
        return [(charge["price"], Fraction(1))]
    if kind == "product":
        times = Fraction(1)
        for factor in charge["of"]:
            excess = q[factor["metric"]] - Fraction(factor.get("included", 0))
            times *= max(0, ceil(excess / Fraction(factor.get("size", 1))))
        return [(charge["price"], times)]
    quantity = q[charge["metric"]]
    if kind == "per_unit":
        return [(charge["price"], max(Fraction(0), quantity - Fraction(charge.get("free", 0))))]
    if kind in ("blocks", "per_extra_unit"):
        excess = quantity - Fraction(charge.get("included", 0))
        return [(charge["price"], Fraction(max(0, ceil(excess / Fraction(charge.get("size", 1))))))]
    entered = slices(charge["tiers"], quantity)
    if kind == "volume":
        entered = [(entered[-1][0], quantity)]
    return [
        (tier[name], count if name == "unit" else Fraction(1))
        for tier, count in entered
        for name in ("flat", "unit")
        if name in tier
    ]


def row_of(vat: Any, data: dict[str, Any], rate: Fraction) -> Row:
    ttc = data.get("tax", "included") == "included"
    if vat == "out_of_scope":
        return "O", Fraction(0), True
    if rate == 0 or vat == "exempt":
        return "E", Fraction(0), True
    own = rate if vat == "standard" else Fraction(str(vat))
    return "S", own, ttc or own == 0


def line(charge: dict[str, Any], data: dict[str, Any], case: dict[str, Any], q: dict[str, Fraction]) -> Item:
    cadence = charge.get("cadence", "period")
    total, derived = Fraction(0), True
    for typed, times in parts(charge, q):
        unit, from_period = priced(typed, case["months"], case["segment"], data, cadence)
        total += unit * times
        derived = derived and from_period
    return Item(half_up(total), row_of(charge.get("vat", "standard"), data, case["rate"]), cadence, derived)


def discounted(
    items: list[Item], percent: Any, *, derived_only: bool = False, welcome: bool = False
) -> list[Item]:
    bases: dict[Row, Fraction] = {}
    for item in items:
        if item.cadence == "period" and (item.derived or not derived_only):
            bases[item.row] = bases.get(item.row, Fraction(0)) + item.amount
    off = Fraction(str(percent)) / 100
    return [Item(-half_up(base * off), row, "period", True, welcome) for row, base in bases.items() if base]


def items_of(data: dict[str, Any], case: dict[str, Any]) -> list[Item]:
    q = {code: Fraction(value) for code, value in case["quantities"].items()}
    items = [line(charge, data, case, q) for charge in data["charges"]]
    for option in data.get("options", ()):
        count = case["options"].get(option["code"], 0)
        if count:
            own = {**q, option["code"]: Fraction(count)}
            items.append(line({"metric": option["code"], **option}, data, case, own))
    term = next(each for each in data["terms"] if each["months"] == case["months"])
    if "discount" in term:
        items += discounted(items, term["discount"], derived_only=True)
    segment = next((each for each in data.get("segments", ()) if each["code"] == case["segment"]), {})
    if "discount" in segment:
        items += discounted(items, segment["discount"])
    welcome = data.get("introductory")
    if welcome and case["months"] in welcome.get("terms", [case["months"]]):
        items += discounted(items, welcome["discount"], welcome=True)
    if "setup_fee" in data:
        items.append(
            Item(Fraction(data["setup_fee"]), row_of("standard", data, case["rate"]), "one_off", True)
        )
    return items


def invoice(items: list[Item]) -> Fraction:
    """Gross of one invoice: VAT once per row."""
    nets: dict[Row, Fraction] = {}
    for item in items:
        nets[item.row] = nets.get(item.row, Fraction(0)) + item.amount
    gross = Fraction(0)
    for (_category, rate, ttc), total in nets.items():
        gross += total if ttc else total + half_up(total * rate / 100)
    return gross


def vat_rows(items: list[Item]) -> dict[tuple[str, Fraction], tuple[Fraction, Fraction]]:
    """Net and gross by category and rate on one invoice."""
    rows: dict[tuple[str, Fraction], tuple[Fraction, Fraction]] = {}
    totals: dict[Row, Fraction] = {}
    for item in items:
        totals[item.row] = totals.get(item.row, Fraction(0)) + item.amount
    for (category, rate, ttc), total in totals.items():
        net = half_up(total * 100 / (100 + rate)) if ttc else total
        gross = total if ttc else total + half_up(total * rate / 100)
        before = rows.get((category, rate), (Fraction(0), Fraction(0)))
        rows[category, rate] = before[0] + net, before[1] + gross
    return rows


class Verdict(NamedTuple):
    recurring: Fraction
    first_invoice: Fraction
    first_year: Fraction
    yearly: Fraction
    first_rows: dict[tuple[str, Fraction], tuple[Fraction, Fraction]]


def verdict(data: dict[str, Any], case: dict[str, Any]) -> Verdict:
    """Every figure of the answer, invoice after invoice."""
    items = items_of(data, case)
    fee = data.get("membership")
    yearly = [item for item in items if item.cadence == "yearly"]
    one_off = [item for item in items if item.cadence == "one_off"]
    due = list(yearly)
    if fee:
        member = Item(Fraction(fee["yearly"]), ("O", Fraction(0), True), "yearly", True)
        yearly = [*yearly, member]
        due = due if case["already_member"] else [*due, member]
    period = [item for item in items if item.cadence == "period"]
    regular = [item for item in period if not item.welcome]
    first = period + due + one_off
    year = Fraction(0)
    for number, _month in enumerate(range(case["trial"], 12, case["months"])):
        welcome = number < data.get("introductory", {}).get("periods", 0)
        year += invoice(first if number == 0 else period if welcome else regular)
    return Verdict(
        invoice(period),
        Fraction(0) if case["trial"] else invoice(first),
        year,
        in_regime(regular, yearly, case["months"]),
        vat_rows([] if case["trial"] else first),
    )


def in_regime(regular: list[Item], yearly: list[Item], months: int) -> Fraction:
    if months <= 12:
        return invoice(regular + yearly) + (12 // months - 1) * invoice(regular)
    # A longer term counts for its yearly part. TTC: one rounding of the whole. HT is left to VAT.
    return half_up(sum((item.amount for item in regular), Fraction(0)) * 12 / months) + invoice(yearly)
