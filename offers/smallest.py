"""What « à partir de » says: the cheapest order that somebody could really place."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from offers.configurator import Configuration, configure
from offers.models import Offer
from pricing.engine import Metric, Tariff


def smallest(offer: Offer, data: Mapping[str, Any]) -> tuple[Configuration | None, bool]:
    """The configuration that an offer starts from, and whether it is smaller than the one its page opens on.

    The least of everything counted, then as much of each as the same price gives: « 10 personnes, 100 Go » rather
    than « 1 personne, 10 Go » at one price. Never nothing at all, which nobody would order.
    """
    usual = configure(offer, data)
    least = _least(usual)
    if usual is None or not usual.priced or not any(least.values()):
        return usual, False
    reduced = configure(offer, {**data, **least})
    if reduced is None or not reduced.priced or reduced.amount >= usual.amount:
        return usual, False
    return _filled(offer, {**data, **least}, reduced), True


def _least(usual: Configuration | None) -> dict[str, Decimal]:
    return {} if usual is None else {code: metric.minimum for code, metric in usual.form.counted.items()}


def _filled(offer: Offer, asked: Mapping[str, Any], reduced: Configuration) -> Configuration:
    """The same price with the largest quantities that it gives."""
    tariff, found = reduced.version.tariff, reduced
    for code, metric in reduced.form.counted.items():
        more = configure(offer, {**asked, code: _before_change(tariff, metric)})
        if more is not None and more.priced and more.amount == reduced.amount:
            asked, found = {**asked, code: _before_change(tariff, metric)}, more
    return found


def _before_change(tariff: Tariff, metric: Metric) -> Decimal:
    """The last quantity before the price of some line may change; where the page opens when none ever does."""
    changes = [charge.shape.next_change(metric, metric.minimum) for charge in tariff.charges]
    nearest = min((change for change in changes if change is not None), default=None)
    return metric.starting if nearest is None else max(nearest - metric.step, metric.minimum)
