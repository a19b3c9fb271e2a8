"""French words and numbers of a price, in one place.

Sentences are gettext sources in French. The engine knows no framework: whoever wants
other languages plugs its own translators in with `use_translations`.
"""

from collections.abc import Callable
from decimal import Decimal
from functools import lru_cache

NBSP = "\u00a0"
NARROW_NBSP = "\u202f"
MINUS = "\u2212"

Gettext = Callable[[str], str]
NGettext = Callable[[str, str, int], str]


def _source(message: str) -> str:
    return message


def _french_plural(singular: str, plural: str, number: int) -> str:
    return plural if abs(number) >= 2 else singular


_translators: tuple[Gettext, NGettext] = (_source, _french_plural)


def use_translations(gettext: Gettext, ngettext: NGettext) -> None:
    """Plug translators in, for the whole process; they are called when a sentence is made."""
    global _translators
    _translators = (gettext, ngettext)


def _(message: str) -> str:
    return _translators[0](message)


def ngettext(singular: str, plural: str, number: int) -> str:
    return _translators[1](singular, plural, number)


_TO_FRENCH = str.maketrans({",": NARROW_NBSP, ".": ",", "-": MINUS})


def _trimmed(value: Decimal, fewest_decimals: int) -> str:
    text = f"{value:,f}"
    whole, _dot, decimals = text.partition(".")
    decimals = decimals.rstrip("0").ljust(fewest_decimals, "0")
    return (f"{whole}.{decimals}" if decimals else whole).translate(_TO_FRENCH)


@lru_cache(maxsize=8192)
def euros(amount: Decimal) -> str:
    """`1 234,50 €`; a unit price keeps its further decimals (`0,005 €`)."""
    return f"{_trimmed(amount, 2)}{NBSP}€"


@lru_cache(maxsize=8192)
def number(value: Decimal) -> str:
    """`1 500` or `2,5`: no decimals that say nothing."""
    return _trimmed(value, 0)


def percent(value: Decimal) -> str:
    return f"{number(value)}{NBSP}%"


def quoted(text: object) -> str:
    """Between French quotation marks."""
    return f"«{NBSP}{text}{NBSP}»"


def span(months: int) -> str:
    """A duration: `3 mois`, `1 an`, `2 ans`."""
    if months % 12 == 0:
        years = months // 12
        return ngettext("{n} an", "{n} ans", years).format(n=years).replace(" ", NBSP)
    return ngettext("{n} mois", "{n} mois", months).format(n=months).replace(" ", NBSP)


def per_period(months: int) -> str:
    """How often: `par mois`, `par trimestre`, `par an`, `tous les 2 ans`."""
    if months == 1:
        return _("par mois")
    if months == 3:
        return _("par trimestre")
    if months == 12:
        return _("par an")
    return _("tous les {span}").format(span=span(months))


def sentence_case(text: str) -> str:
    return text[:1].upper() + text[1:]
