"""The lines (BG-25) and the discounts (BG-20), from the frozen rows: amounts are copied, none is worked out."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from billing.documents.wording import price_of_one
from billing.facturx.texts import exact, money, plain
from billing.facturx.units import PIECE, unit_code
from billing.models import InvoiceLine
from pricing.engine import VatCategory

ONE = Decimal(1)
DISCOUNT = "95"  # UNTDID 5189
NAMELESS = "–"  # BR-25 wants a name


def sold_lines(lines: Sequence[InvoiceLine]) -> list[dict[str, Any]]:
    """What is sold; a price may not be negative (BR-27), so what takes money off is a discount of the document."""
    return [_line_fields(line) for line in lines if line.net >= 0]


def discounts(lines: Sequence[InvoiceLine]) -> list[dict[str, Any]]:
    """What takes money off the whole, a discount or a deposit, with its VAT category (BR-32, BR-33)."""
    return [_discount_fields(line) for line in lines if line.net < 0]


def _line_fields(line: InvoiceLine) -> dict[str, Any]:
    counted = not line.whole and line.quantity > 0
    count = line.quantity if counted else ONE
    unit = unit_code(line.unit) if counted else PIECE
    fields: dict[str, Any] = {
        "BT-126": str(line.position),
        "BT-153": plain(line.label) or NAMELESS,
        "BT-129": exact(count),
        "BT-130": unit,
        "BT-131": money(line.net),
        "BT-151": line.category,
        **_price(line.net, count),
    }
    if plain(line.rule):
        fields["BT-154"] = plain(line.rule)
    if line.category != VatCategory.OUT_OF_SCOPE:
        fields["BT-152"] = money(Decimal(line.rate))
    return fields


def _price(net: Decimal, count: Decimal) -> dict[str, str]:
    """The price of one when its six decimals give the line's amount back, else the price of the whole quantity."""
    price = price_of_one(net, count)
    if price is not None:
        return {"BT-146": exact(price)}
    return {"BT-146": money(net), "BT-149": exact(count)}


def _discount_fields(line: InvoiceLine) -> dict[str, Any]:
    fields = {
        "amount": money(-line.net),
        "reason": plain(line.label) or NAMELESS,
        "vat_category_code": line.category,
    }
    if line.against is None:
        fields["reason_code"] = DISCOUNT  # taking a deposit off is no discount
    if line.category != VatCategory.OUT_OF_SCOPE:
        fields["vat_rate"] = money(Decimal(line.rate))
    return fields
