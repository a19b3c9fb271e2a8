"""Every term and every public must find its price."""

from collections.abc import Iterator

from pricing.engine.prices import ANY_SEGMENT, Price
from pricing.engine.problems import Problem
from pricing.engine.tariff import Tariff
from pricing.engine.text import _, quoted, span


def price_problems(tariff: Tariff) -> Iterator[Problem]:
    for path, price in _prices(tariff):
        yield from _segments(tariff, price, path)
        for nested in (price, *(each for _code, each in price.by_segment)):
            yield from _months(tariff, nested, path)


def _prices(tariff: Tariff) -> Iterator[tuple[str, Price]]:
    for index, charge in enumerate(tariff.charges):
        for price in charge.shape.prices():
            yield f"charges[{index}].price", price
    for index, option in enumerate(tariff.options):
        for price in option.shape.prices():
            yield f"options[{index}].price", price
    if tariff.setup_fee is not None:
        yield "setup_fee", tariff.setup_fee


def _segments(tariff: Tariff, price: Price, path: str) -> Iterator[Problem]:
    for code, _nested in price.by_segment:
        if code != ANY_SEGMENT and tariff.segment(code) is None:
            message = _("{code} n’est pas déclaré dans « segments ».").format(code=quoted(code))
            yield Problem(path, message)


def _months(tariff: Tariff, price: Price, path: str) -> Iterator[Problem]:
    """A price by months must cover every term, or give the tariff's own period to derive from."""
    if not price.by_months:
        return
    typed = {months for months, _amount in price.by_months}
    sold = {term.months for term in tariff.terms}
    for months in sorted(typed - sold - {tariff.period_months}):
        message = _("Un prix est donné pour {span}, durée que ce tarif ne vend pas.")
        yield Problem(path, message.format(span=span(months)))
    if tariff.period_months not in typed:
        for months in sorted(sold - typed):
            yield Problem(path, _("Aucun prix pour {span}.").format(span=span(months)))
