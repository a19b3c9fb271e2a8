"""What a new version changes, in sentences that a board reads aloud: « + 10 Go », « + 5,00 € par mois »."""

from collections.abc import Sequence
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.models import Quote, QuoteItem
from billing.quoting.pricing import Priced
from pricing.presentation import period_words
from pricing.typography import euros, quantity

MINUS = "−"


def differences(former: Quote, quote: Quote, priced: Priced) -> list[str]:
    """From the former version to this one: what was asked first, then what it costs."""
    before, after = list(former.items.all()), list(quote.items.all())
    return [
        *_items(before, after),
        *_discount(former, quote),
        *_amounts(former, priced),
    ] or [_("Mêmes prestations, mêmes montants")]


def _items(before: Sequence[QuoteItem], after: Sequence[QuoteItem]) -> list[str]:
    left = [item for item in before if item.kept]
    found = []
    for item in after:
        if not item.kept:
            continue
        known = next((each for each in left if _same(each, item)), None)
        if known is None:
            found.append(f"+ {item.name}")
            continue
        left.remove(known)
        found += _quantities(known, item) if item.offer_id else _line(known, item)
    return found + [f"{MINUS} {item.name}" for item in left]


def _same(one: QuoteItem, other: QuoteItem) -> bool:
    return (one.offer_id, one.label) == (other.offer_id, other.label)


def _quantities(before: QuoteItem, after: QuoteItem) -> list[str]:
    """The quantities of an offer that moved: `+ 10 Go`, `− 2 personnes`."""
    assert after.tariff_version is not None
    asked = [before.selection["quantities"], after.selection["quantities"]]
    chosen = [before.selection["options"], after.selection["options"]]
    tariff = after.tariff_version.tariff
    found = []
    counted = [(metric.code, metric, asked) for metric in tariff.metrics]
    for code, metric, told in counted + [(each.code, each.metric, chosen) for each in tariff.options]:
        old, new = (Decimal(each.get(code) or 0) for each in told)
        if new != old:
            found.append(f"{_sign(new - old)} {metric.words(abs(new - old))}")
    if before.selection["term_months"] != after.selection["term_months"]:
        found.append(_("payé %(rhythm)s") % {"rhythm": period_words(after.selection["term_months"])})
    return found


def _line(before: QuoteItem, after: QuoteItem) -> list[str]:
    if before.quantity != after.quantity:
        words = {
            "label": after.label,
            "before": quantity(before.quantity),
            "after": " ".join(filter(None, [quantity(after.quantity), after.unit])),
        }
        return [_("%(label)s : %(after)s au lieu de %(before)s") % words]
    if before.unit_price != after.unit_price:
        words = {
            "label": after.label,
            "before": euros(before.unit_price),
            "after": euros(after.unit_price),
        }
        return [_("%(label)s : %(after)s au lieu de %(before)s") % words]
    return []


def _discount(former: Quote, quote: Quote) -> list[str]:
    told = [(each.discount_percent, each.discount_amount) for each in (former, quote)]
    if told[0] == told[1]:
        return []
    if quote.discount_percent:
        return [_("Remise solidaire de %(percent)s %%") % {"percent": quantity(quote.discount_percent)}]
    if quote.discount_amount:
        return [_("Remise solidaire de %(amount)s") % {"amount": euros(quote.discount_amount)}]
    return [_("Sans remise solidaire")]


def _amounts(former: Quote, priced: Priced) -> list[str]:
    found = []
    if former.term_months == priced.term_months:
        change = priced.period_gross - former.period_gross
        if change:
            rhythm = period_words(priced.term_months)
            words = {"change": f"{_sign(change)} {euros(abs(change))}", "rhythm": rhythm}
            found.append(_("En tout : %(change)s %(rhythm)s") % words)
    if priced.first_year_gross != former.first_year_gross:
        words = {"after": euros(priced.first_year_gross), "before": euros(former.first_year_gross)}
        found.append(_("Première année : %(after)s au lieu de %(before)s") % words)
    return found


def _sign(change: Decimal) -> str:
    return "+" if change > 0 else MINUS
