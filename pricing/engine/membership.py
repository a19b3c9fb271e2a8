"""Yearly membership of the organisation, per organisation and not per offer (002-117, INV-21)."""

from dataclasses import dataclass

from pricing.engine.charges import FreePrice, Shape
from pricing.engine.vat import MEMBERSHIP, VatTreatment


@dataclass(frozen=True, slots=True)
class Membership:
    """`shape` is a flat amount or a free price, per year. Not `required`: the client may stay out,
    and pays the charges meant for non-members."""

    label: str
    shape: Shape
    required: bool = True
    vat: VatTreatment = MEMBERSHIP

    @property
    def is_free_price(self) -> bool:
        return isinstance(self.shape, FreePrice)
