"""The fields of each way to charge, as typed in a tariff file."""

from collections.abc import Mapping, Sequence
from typing import Any

from pricing.engine.charges import SHAPES, Beyond, Factor, Pack, Shape, Tier
from pricing.engine.charges.base import NONE, ONE
from pricing.engine.fields import Choice, Code, Kind, Many, Number, Table, Text, Unreadable, Whole, refuse
from pricing.engine.price_field import PriceField
from pricing.engine.problems import Problem
from pricing.engine.records import Field, Record, fields_schema, read_fields, write_fields
from pricing.engine.text import _

QUANTITY = Number()
POSITIVE = Number(above=True)
PRICE = Field("price", PriceField())
METRIC = Field("metric", Code())
INCLUDED = Field("included", QUANTITY, NONE)
BEYOND = Field("beyond", Choice(Beyond), Beyond.ON_QUOTE)
TIER = Record(
    Tier,
    Field("up_to", POSITIVE, None),
    Field("flat", PriceField(), None),
    Field("unit", PriceField(), None),
)
TIERS = Field("tiers", Many(TIER, least=1))
FACTOR = Record(Factor, METRIC, Field("size", POSITIVE, ONE), INCLUDED)
PACK = Record(Pack, Field("label", Text()), PRICE, Field("holds", Table(QUANTITY)))

SHAPE_FIELDS: dict[str, tuple[Field, ...]] = {
    "flat": (PRICE,),
    "per_unit": (METRIC, PRICE, Field("free", QUANTITY, NONE)),
    "blocks": (METRIC, PRICE, INCLUDED, Field("size", POSITIVE)),
    "per_extra_unit": (METRIC, PRICE, Field("included", QUANTITY)),
    "volume": (METRIC, TIERS, BEYOND),
    "graduated": (METRIC, TIERS, BEYOND),
    "product": (PRICE, Field("of", Many(FACTOR, least=2))),
    "packs": (Field("packs", Many(PACK, least=1)), BEYOND),
    "free_price": (Field("suggested", PriceField()), Field("floor", PriceField(), None)),
    "allowance": (
        METRIC,
        Field("included", QUANTITY),
        Field("per_months", Whole(1, 12), 12),
        Field("overrun", PriceField(), None),
        Field("size", POSITIVE, ONE),
    ),
    "on_quote": (),
}


class Shaped(Kind):
    """A record that holds a way to charge, named by its `type`, flat among its own fields."""

    def __init__(self, build: Any, fields: Sequence[Field], default_type: str = "") -> None:
        self.build, self.fields, self.default_type = build, tuple(fields), default_type

    def read(self, raw: Any, path: str, problems: list[Problem]) -> Any:
        if not isinstance(raw, Mapping):
            raise refuse(problems, path, _("Il faut ici un objet, avec des noms et des valeurs."))
        kind = raw.get("type", self.default_type)
        if not isinstance(kind, str) or kind not in SHAPE_FIELDS:
            allowed = ", ".join(SHAPE_FIELDS)
            message = _("« type » doit être l’un de : {allowed}.").format(allowed=allowed)
            raise refuse(problems, f"{path}.type" if path else "type", message)
        shape_keys = [field.key for field in SHAPE_FIELDS[kind]]
        own = _attempt(self.fields, raw, path, problems, [*shape_keys, "type"])
        own_keys = [field.key for field in self.fields]
        shape_raw = {key: value for key, value in raw.items() if key in shape_keys}
        self._complete(shape_raw, shape_keys, raw)
        shape = _attempt(SHAPE_FIELDS[kind], shape_raw, path, problems, own_keys)
        if own is None or shape is None:
            raise Unreadable
        return self.build(shape=SHAPES[kind](**shape), **own)

    def _complete(self, shape_raw: dict[str, Any], keys: Sequence[str], raw: Mapping[str, Any]) -> None:
        """An option counts itself unless it names another metric."""
        if self.default_type and "metric" in keys and "metric" not in shape_raw and "code" in raw:
            shape_raw["metric"] = raw["code"]

    def write(self, value: Any) -> dict[str, Any]:
        shape: Shape = value.shape
        own = write_fields(self.fields, value)
        written = write_fields(SHAPE_FIELDS[shape.kind], shape)
        if self.default_type and written.get("metric") == own.get("code"):
            del written["metric"]
        kind = {} if shape.kind == self.default_type else {"type": shape.kind}
        return {**kind, **own, **written}

    def schema(self) -> dict[str, Any]:
        return {"oneOf": [self._variant(kind) for kind in SHAPE_FIELDS]}

    def _variant(self, kind: str) -> dict[str, Any]:
        schema = fields_schema([*self.fields, *SHAPE_FIELDS[kind]], {"type": {"const": kind}})
        if self.default_type:
            unneeded = {"metric", "type"} if kind == self.default_type else {"metric"}
            schema["required"] = [key for key in schema["required"] if key not in unneeded]
        return schema


def _attempt(
    fields: Sequence[Field], raw: Any, path: str, problems: list[Problem], extra: Sequence[str]
) -> dict[str, Any] | None:
    try:
        return read_fields(fields, raw, path, problems, extra)
    except Unreadable:
        return None
