"""What the form of a tariff posts, without a browser nor a database."""

from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from django.http import QueryDict

from offers.tariff_editor.edit import edited
from offers.tariff_editor.gallery import shape_of
from offers.tariff_editor.sections import sections_of
from pricing.engine import VatPolicy, VatRegime

#: What reading a draft asks of an offer: its public, and how its hoster charges VAT.
OFFER: Any = SimpleNamespace(
    segment="association",
    hoster=SimpleNamespace(charges_vat=True, vat_policy=VatPolicy(VatRegime.LIABLE, Decimal(20))),
)


def shape(code: str) -> dict[str, Any]:
    found = shape_of(code)
    assert found is not None
    return found.start()


def posted(raw: dict[str, Any], **typed: str) -> QueryDict:
    """Every field of the form as a browser sends it, with what was typed over."""
    data = QueryDict(mutable=True)
    for section in sections_of(raw, charges_vat=True):
        for field in section.all_fields():
            if field.kind.widget == "checkboxes":
                data.setlist(field.path, field.typed.split(","))
            elif field.kind.widget != "checkbox" or field.typed:
                data[field.path] = field.typed
    data.update(typed)
    return data


def type_in(raw: dict[str, Any], path: str, text: str) -> dict[str, Any]:
    """The file once `text` is typed in the field of that path and all is posted."""
    data = posted(raw)
    assert path in data
    data[path] = text
    return edited(raw, data, charges_vat=True)
