"""The supplements of an offer inside a quote, which the association may count again before it decides."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django import forms
from django.utils.translation import gettext as _

from billing.models import Quote, QuoteItem
from billing.selections import selection_from_json
from pricing.engine import Outcome, price
from pricing.engine.options import Option
from pricing.forms import QuantityField
from pricing.presentation import due_words
from pricing.typography import euros

#: How many units of each option, by the position of its item; what is not taken is not in it.
Counts = Mapping[int, Mapping[str, Decimal]]


@dataclass(frozen=True)
class Supplements:
    """The counts of one offer of a quote, as fields to show."""

    name: str
    fields: list[forms.BoundField]


def open_items(quote: Quote) -> list[QuoteItem]:
    """The offers of a quote that count and whose supplements the association may change."""
    items = quote.items.select_related("offer__hoster", "tariff_version").filter(choosable=True)
    return [item for item in items if item.kept and sold_options(item)]


def sold_options(item: QuoteItem) -> list[Option]:
    """What may be added to an offer for the public that the quote is for."""
    if item.tariff_version is None:
        return []
    segment = selection_from_json(item.selection).segment
    tariff = item.tariff_version.tariff
    return [option for option in tariff.options if option.charge.concerns(segment, True)]


def counts_of(quote: Quote) -> Counts:
    """The counts of the quote as it was issued."""
    return {item.position: _taken(item.selection["options"]) for item in open_items(quote)}


def with_counts(item: QuoteItem, counts: Counts) -> dict[str, Any]:
    """The configuration of an item with these counts; its own where they say nothing of it."""
    if item.position not in counts:
        return item.selection
    options = {code: str(count) for code, count in counts[item.position].items()}
    return item.selection | {"options": options}


class CountsForm(forms.Form):
    """One field for each supplement of each open offer. What is not sent is not taken."""

    def __init__(self, quote: Quote, data: Mapping[str, Any]) -> None:
        self.items = {item.position: item for item in open_items(quote)}
        fields = {
            field_name(position, option.code): QuantityField(
                option.metric, required=False, help_text=_cost_of_one(item, option)
            )
            for position, item in self.items.items()
            for option in sold_options(item)
        }
        super().__init__(
            {name: data.get(name, each.metric.minimum) for name, each in fields.items()}, auto_id="%s"
        )
        self.fields.update(fields)

    def counts(self) -> Counts:
        """What is asked. Only of a valid form."""
        return {
            position: _taken({code: self.cleaned_data[name] for code, name in self._names(item)})
            for position, item in self.items.items()
        }

    def supplements(self) -> list[Supplements]:
        """The fields, offer by offer."""
        return [
            Supplements(item.name, [self[name] for _code, name in self._names(item)])
            for item in self.items.values()
        ]

    def _names(self, item: QuoteItem) -> list[tuple[str, str]]:
        return [(option.code, field_name(item.position, option.code)) for option in sold_options(item)]


def field_name(position: int, code: str) -> str:
    """The name of the field that counts an option of an item."""
    return f"poste{position}-{code}"


def _taken(options: Mapping[str, Any]) -> dict[str, Decimal]:
    """Counts without the zeros, so that two ways to take nothing are the same choice."""
    return {code: Decimal(value) for code, value in options.items() if value and Decimal(value)}


def _cost_of_one(item: QuoteItem, option: Option) -> str:
    """`5,00 € par mois pour 1 boîte`; "" when the tariff has no firm price for the smallest count alone."""
    assert item.tariff_version is not None and item.offer is not None
    least = max(option.minimum, option.step)
    asked = selection_from_json(item.selection | {"options": {option.code: str(least)}})
    answer = price(item.tariff_version.tariff, asked, vat=item.offer.hoster.vat_policy)
    if answer.outcome != Outcome.PRICED:
        return ""
    found = [
        f"{euros(line.amount)} {due_words(line.cadence, answer.months)}"
        for line in answer.lines
        if line.code == option.code and line.amount is not None
    ]
    words = {"cost": _(" et ").join(found), "count": option.metric.words(least)}
    return _("%(cost)s pour %(count)s") % words if found else ""
