"""The breakdown of VAT (BG-23), copied from the frozen rows, with the reason of what is not charged."""

from decimal import Decimal
from typing import Final

from billing.facturx.texts import money, plain
from billing.models import Invoice
from pricing.engine import VatCategory
from pricing.mentions import MEMBERSHIP_MENTION, vatex_code

OUT_OF_SCOPE_CODE: Final = "VATEX-EU-O"


def vat_fields(invoice: Invoice) -> list[dict[str, str]]:
    """One group for each category and rate."""
    return [_vat_row(row, invoice.mention) for row in invoice.vat_rows]


def _vat_row(row: dict[str, str], mention: str) -> dict[str, str]:
    fields = {
        "BT-116": money(Decimal(row["net"])),
        "BT-117": money(Decimal(row["vat"])),
        "BT-118": row["category"],
    }
    if row["category"] == VatCategory.OUT_OF_SCOPE:
        return fields | {"BT-120": plain(mention) or MEMBERSHIP_MENTION, "BT-121": OUT_OF_SCOPE_CODE}
    fields["BT-119"] = money(Decimal(row["rate"]))
    if row["category"] == VatCategory.EXEMPT:
        fields |= {"BT-120": plain(mention) or EXEMPT_REASON}
        code = vatex_code(mention)
        if code:
            fields["BT-121"] = code
    return fields


#: A line exempted by itself, at a seller who charges VAT on the others.
EXEMPT_REASON: Final = "Opération exonérée de TVA"
