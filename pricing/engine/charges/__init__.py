"""One class per way to charge."""

from pricing.engine.charges.allowance import Allowance
from pricing.engine.charges.base import Shape, Sum, Teller
from pricing.engine.charges.blocks import Blocks, PerExtraUnit
from pricing.engine.charges.flat import Flat
from pricing.engine.charges.free_price import FreePrice
from pricing.engine.charges.graduated import Graduated
from pricing.engine.charges.on_quote import OnQuote
from pricing.engine.charges.packs import Pack, Packs
from pricing.engine.charges.per_unit import PerUnit
from pricing.engine.charges.product import Factor, Product
from pricing.engine.charges.tiers import Beyond, Tier
from pricing.engine.charges.volume import Volume

SHAPES: dict[str, type[Shape]] = {
    shape.kind: shape
    for shape in (
        Flat,
        PerUnit,
        Blocks,
        PerExtraUnit,
        Volume,
        Graduated,
        Product,
        Packs,
        FreePrice,
        Allowance,
        OnQuote,
    )
}

__all__ = [
    "SHAPES",
    "Allowance",
    "Beyond",
    "Blocks",
    "Factor",
    "Flat",
    "FreePrice",
    "Graduated",
    "OnQuote",
    "Pack",
    "Packs",
    "PerExtraUnit",
    "PerUnit",
    "Product",
    "Shape",
    "Sum",
    "Teller",
    "Tier",
    "Volume",
]
