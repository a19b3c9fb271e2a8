"""What a component gives in an offer, in words: the quantities are those of the tariff, so that both agree."""

from decimal import Decimal

from django.utils.translation import gettext as _

from offers.models import OfferComponent
from pricing.engine import Tariff


def rights_of(part: OfferComponent, tariff: Tariff | None) -> list[str]:
    """`15 Go par personne`, `10 adresses`, `votre logo`. A metric that this tariff does not bring is left out."""
    told = []
    for right in part.entitlements.all():
        if right.label:
            told.append(right.label)
        elif tariff is not None:
            told += _brought(right.metric, tariff)
    return told


def _brought(code: str, tariff: Tariff) -> list[str]:
    metric = tariff.metrics_by_code.get(code)
    if metric is None:
        return []
    told = []
    for entitlement in tariff.includes:
        if entitlement.metric == code and entitlement.quantity:
            per = tariff.metrics_by_code.get(entitlement.per)
            words = metric.words(entitlement.quantity)
            told.append(_("%(words)s par %(unit)s") % {"words": words, "unit": per.unit} if per else words)
    return told or [metric.words(quantity) for quantity in _in_the_base(code, tariff)]


def _in_the_base(code: str, tariff: Tariff) -> list[Decimal]:
    """What the price of base already holds (« 5 utilisateurs et 20 Go »), read on the charges."""
    found = [
        getattr(charge.shape, "included", None) for charge in tariff.charges if code in _counted(charge.shape)
    ]
    return [quantity for quantity in found if quantity]


def _counted(shape: object) -> tuple[str, ...]:
    return (getattr(shape, "metric", ""),)
