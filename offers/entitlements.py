"""What a component gives in an offer, in words: the quantities are those of the tariff, so that both agree."""

from collections.abc import Mapping
from dataclasses import replace
from decimal import Decimal

from django.utils.translation import gettext as _

from offers.models import OfferComponent
from pricing.engine import Metric, Tariff

#: The unit in which tariffs count space, and how many make the next one up: 1 To is 1000 Go, as sellers count.
GIGABYTE, KILO = "Go", 1000


def rights_of(
    part: OfferComponent, tariff: Tariff | None, asked: Mapping[str, object] | None = None
) -> list[str]:
    """`15 Go par personne`, `10 adresses`, `votre logo`. A metric that this tariff does not bring is left out.

    `asked`: the quantities of an order, told in the place of the smaller ones that the price of base holds.
    """
    told = []
    for right in part.entitlements.all():
        if right.label:
            told.append(right.label)
        elif tariff is not None:
            told += _brought(right.metric, tariff, Decimal(str((asked or {}).get(right.metric) or 0)))
    return told


def _brought(code: str, tariff: Tariff, asked: Decimal) -> list[str]:
    metric = tariff.metrics_by_code.get(code)
    if metric is None:
        return []
    told = []
    for entitlement in tariff.includes:
        if entitlement.metric == code and entitlement.quantity:
            per = tariff.metrics_by_code.get(entitlement.per)
            words = in_words(metric, entitlement.quantity)
            told.append(_("%(words)s par %(unit)s") % {"words": words, "unit": per.unit} if per else words)
    return told or [in_words(metric, max(quantity, asked)) for quantity in _in_the_base(code, tariff)]


def in_words(metric: Metric, quantity: Decimal) -> str:
    """`100 Mo`, `20 Go`, `3 To`: gigabytes in the unit that people read, as providers print them (002-129)."""
    if metric.unit != GIGABYTE or not quantity:
        return metric.words(quantity)
    if quantity < 1:
        return replace(metric, unit="Mo", units="Mo").words(quantity * KILO)
    if quantity >= KILO:
        return replace(metric, unit="To", units="To").words(quantity / KILO)
    return metric.words(quantity)


def _in_the_base(code: str, tariff: Tariff) -> list[Decimal]:
    """What the price of base already holds (« 5 utilisateurs et 20 Go »), read on the charges."""
    found = [
        getattr(charge.shape, "included", None) for charge in tariff.charges if code in _counted(charge.shape)
    ]
    return [quantity for quantity in found if quantity]


def _counted(shape: object) -> tuple[str, ...]:
    return (getattr(shape, "metric", ""),)
