"""The tariff file: a mapping of plain JSON types, and back, without loss.

`parse_tariff` is strict: an unknown key, a wrong type or a reference to nothing is an error that
names its field. Documented for humans in `docs/pricing.md`.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal
from typing import Any

from pricing.engine.charge import Audience, Charge
from pricing.engine.charges import Flat, FreePrice
from pricing.engine.eligibility import Entitlement, Limit, Segment
from pricing.engine.fields import (
    Amount,
    Choice,
    Code,
    Flag,
    Kind,
    Many,
    Percent,
    Table,
    Text,
    Unreadable,
    Whole,
    refuse,
)
from pricing.engine.membership import Membership
from pricing.engine.metrics import Metric
from pricing.engine.options import Option
from pricing.engine.outcomes import Cadence, Outcome
from pricing.engine.price_field import LONGEST_TERM, PriceField, VatField
from pricing.engine.problems import Problem, Severity, TariffError
from pricing.engine.records import Field, Record, write_fields
from pricing.engine.shape_fields import POSITIVE, QUANTITY, Shaped
from pricing.engine.tariff import MONTHLY, Tariff
from pricing.engine.terms import Introductory, Term, Trial
from pricing.engine.text import _
from pricing.engine.validation import integrity
from pricing.engine.vat import MEMBERSHIP, STANDARD

LONGEST_TRIAL = 24
LONGEST_GUARANTEE = 366
CODES = Many(Code())
MONTHS = Many(Whole(1, LONGEST_TERM))

METRIC = Record(
    Metric,
    Field("code", Code()),
    Field("label", Text()),
    Field("unit", Text()),
    Field("units", Text(), ""),
    Field("minimum", QUANTITY, Decimal(0)),
    Field("default", QUANTITY, None),
    Field("maximum", QUANTITY, None),
    Field("step", POSITIVE, Decimal(1)),
    Field("pooled", Flag(), False),
    Field("nominative", Flag(), False),
)
CADENCE = Field("cadence", Choice(Cadence), Cadence.PERIOD)
SEGMENT_CODES = Field("segments", CODES, ())
VAT = Field("vat", VatField(), STANDARD)
CHARGE = Shaped(
    Charge,
    (
        Field("code", Code(), ""),
        Field("label", Text(), ""),
        CADENCE,
        SEGMENT_CODES,
        Field("audience", Choice(Audience), Audience.EVERYONE),
        VAT,
    ),
)
OPTION = Shaped(
    Option,
    (
        Field("code", Code()),
        Field("label", Text()),
        Field("unit", Text(), ""),
        Field("units", Text(), ""),
        Field("minimum", QUANTITY, Decimal(0)),
        Field("maximum", QUANTITY, None),
        Field("step", POSITIVE, Decimal(1)),
        CADENCE,
        SEGMENT_CODES,
        Field("adds", Table(POSITIVE), ()),
        VAT,
    ),
    default_type="per_unit",
)
TERM = Record(
    Term,
    Field("months", Whole(1, LONGEST_TERM)),
    Field("discount", Percent(), None),
    Field("charged_months", Whole(1, LONGEST_TERM), None),
)
LIMIT_OUTCOMES = (Outcome.NOT_ELIGIBLE, Outcome.ON_QUOTE, Outcome.REFUSED)
LIMIT = Record(
    Limit,
    Field("metric", Code()),
    Field("maximum", QUANTITY),
    Field("outcome", Choice(LIMIT_OUTCOMES), Outcome.NOT_ELIGIBLE),
    Field("reason", Text(), ""),
    SEGMENT_CODES,
    Field("terms", MONTHS, ()),
)

SEGMENT = Record(
    Segment,
    Field("code", Code()),
    Field("label", Text()),
    Field("discount", Percent(), None),
)
ENTITLEMENT = Record(
    Entitlement,
    Field("metric", Code()),
    Field("quantity", QUANTITY),
    Field("per", Code(), ""),
)
TRIAL = Record(
    Trial,
    Field("months", Whole(1, LONGEST_TRIAL)),
    Field("plan", Flag(), False),
    Field("auto_renew", Flag(), False),
)
INTRODUCTORY = Record(
    Introductory,
    Field("periods", Whole(1, LONGEST_TERM)),
    Field("discount", Percent(), None),
    Field("price", Amount(), None),
    Field("terms", MONTHS, ()),
)


class MembershipField(Kind):
    """`yearly` is the amount; or `suggested` (and `floor`) when it is a free price."""

    own = (
        Field("label", Text(), "Adhésion"),
        Field("required", Flag(), True),
        Field("vat", VatField(), MEMBERSHIP),
    )
    flat = Record(dict, *own, Field("yearly", PriceField()))
    free = Record(dict, *own, Field("suggested", PriceField()), Field("floor", PriceField(), None))

    def read(self, raw: Any, path: str, problems: list[Problem]) -> Membership:
        if isinstance(raw, Mapping) and "suggested" in raw:
            values = self.free.read(raw, path, problems)
            shape: Flat | FreePrice = FreePrice(values.pop("suggested"), values.pop("floor"))
        else:
            values = self.flat.read(raw, path, problems)
            shape = Flat(values.pop("yearly"))
        return Membership(shape=shape, **values)

    def write(self, value: Membership) -> dict[str, Any]:
        written = write_fields(self.own, value)
        price = PriceField()
        if isinstance(value.shape, FreePrice):
            written["suggested"] = price.write(value.shape.suggested)
            if value.shape.floor:
                written["floor"] = price.write(value.shape.floor)
        elif isinstance(value.shape, Flat):
            written["yearly"] = price.write(value.shape.price)
        return written

    def schema(self) -> dict[str, Any]:
        return {"oneOf": [self.flat.schema(), self.free.schema()]}


class TaxField(Kind):
    """`included` (TTC) or `excluded` (HT)."""

    def read(self, raw: Any, path: str, problems: list[Problem]) -> bool:
        if raw not in ("included", "excluded"):
            raise refuse(problems, path, _("« tax » doit être « included » (TTC) ou « excluded » (HT)."))
        return bool(raw == "included")

    def write(self, value: bool) -> str:
        return "included" if value else "excluded"

    def schema(self) -> dict[str, Any]:
        return {"enum": ["included", "excluded"]}


TARIFF = Record(
    Tariff,
    Field("period_months", Whole(1, LONGEST_TERM), 1),
    Field("tax", TaxField(), True, attribute="tax_included"),
    Field("metrics", Many(METRIC), ()),
    Field("charges", Many(CHARGE), ()),
    Field("options", Many(OPTION), ()),
    Field("terms", Many(TERM, least=1), MONTHLY),
    Field(
        "segments",
        Many(SEGMENT),
        (),
    ),
    Field("limits", Many(LIMIT), ()),
    Field(
        "includes",
        Many(ENTITLEMENT),
        (),
    ),
    Field("setup_fee", PriceField(), None),
    Field("membership", MembershipField(), None),
    Field(
        "trial",
        TRIAL,
        None,
    ),
    Field(
        "introductory",
        INTRODUCTORY,
        None,
    ),
    Field("guarantee_days", Whole(0, LONGEST_GUARANTEE), 0),
)


def parse_tariff(data: Mapping[str, Any]) -> Tariff:
    """Read a tariff. Raises `TariffError` with every problem found, each with its path."""
    problems: list[Problem] = []
    try:
        tariff: Tariff = _named(TARIFF.read(data, "", problems))
    except Unreadable:
        raise TariffError(problems) from None
    errors = [problem for problem in integrity(tariff) if problem.severity is Severity.ERROR]
    if errors:
        raise TariffError(errors)
    return tariff


def dump_tariff(tariff: Tariff) -> dict[str, Any]:
    """Plain JSON types; what equals its default is left out, codes made from labels too."""
    written = TARIFF.write(tariff)
    for typed, charge in zip(written.get("charges", ()), tariff.charges, strict=True):
        if charge.code == slug(charge.label):
            del typed["code"]
    return written


def tariff_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of the tariff format."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Tarif",
        **TARIFF.schema(),
    }


def slug(label: str) -> str:
    """A stable code made from a label: `Pack de base` gives `pack-de-base`."""
    ascii_label = unicodedata.normalize("NFKD", label).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_label).strip("-")[:64] or "ligne"


def _named(tariff: Tariff) -> Tariff:
    """Give charges the label of their metric and a code, when the file leaves them out."""
    labels = {metric.code: metric.label for metric in tariff.metrics}
    taken: set[str] = {charge.code for charge in tariff.charges if charge.code}
    charges = []
    for charge in tariff.charges:
        label = charge.label or _default_label(charge, labels)
        code = charge.code or _free(slug(label), taken)
        taken.add(code)
        charges.append(replace(charge, label=label, code=code))
    return replace(tariff, charges=tuple(charges))


def _default_label(charge: Charge, labels: Mapping[str, str]) -> str:
    for code in charge.shape.metric_codes() or (getattr(charge.shape, "metric", ""),):
        if code in labels:
            return labels[code]
    return _("Prix libre") if isinstance(charge.shape, FreePrice) else _("Forfait")


def _free(code: str, taken: set[str]) -> str:
    candidates = [code, *(f"{code}-{n}" for n in range(2, 1000))]
    return next(candidate for candidate in candidates if candidate not in taken)
