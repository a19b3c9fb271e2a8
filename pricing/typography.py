"""French typography of numbers and sentences."""

import re
from decimal import ROUND_HALF_UP, Decimal

NBSP = "\u00a0"
THIN = "\u202f"  # narrow no-break space: thousands, and before ; ! ?
CENT = Decimal("0.01")

_VOWELS = frozenset("aàâäeéèêëiîïoôöuùûüœæ")
_BEFORE_HIGH_PUNCTUATION = re.compile(r"[ \u00a0\u202f]*([;!?])(?=\s|$|[)»\]])")
_BEFORE_COLON = re.compile(r"[ \u00a0\u202f]+:")
_TIMES = re.compile(r"(?<=\w) × (?=\d)")
_INSIDE_QUOTES = re.compile(r"«[ \u00a0\u202f]*(.*?)[ \u00a0\u202f]*»", re.DOTALL)
_BEFORE_UNIT = re.compile(r"(?<=\d) (?=(?:€|%|Go|Mo|To|h|min|jours?|mois|ans?|personnes?)\b|€|%)")
_AFTER_HOUR = re.compile(rf"(?<=\d{NBSP}h) (?=\d)")


def euros(amount: Decimal) -> str:
    """An amount in EUR as people read it: `1 234,50 €`, with spaces that never break."""
    return f"{number(amount.quantize(CENT, ROUND_HALF_UP))}{NBSP}€"


def number(value: Decimal | int) -> str:
    """A number with a decimal comma and thin thousands: `1 234,5`. Decimals are kept as they are."""
    return (
        f"{value:,f}".replace(",", THIN).replace(".", ",")
        if isinstance(value, Decimal)
        else f"{value:,}".replace(",", THIN)
    )


def quantity(value: Decimal) -> str:
    """A quantity without useless zeros: `12`, `1,5`."""
    return number(Decimal(int(value)) if value == value.to_integral_value() else value.normalize())


def french(text: str) -> str:
    """No-break spaces where French wants them, in a sentence typed with plain ones."""
    text = _BEFORE_HIGH_PUNCTUATION.sub(THIN + r"\1", text)
    text = _TIMES.sub(f"{NBSP}×{NBSP}", _BEFORE_COLON.sub(NBSP + ":", text))
    text = _INSIDE_QUOTES.sub(f"«{NBSP}\\1{NBSP}»", text)
    return _AFTER_HOUR.sub(NBSP, _BEFORE_UNIT.sub(NBSP, text))


def of(name: str) -> str:
    """« d’Artifaille », « de La Gouttière ». A mute h cannot be told from the other one: it keeps its « de »."""
    return f"d’{name}" if name[:1].casefold() in _VOWELS else f"de {name}"


def minutes(count: int) -> str:
    """A number of minutes as people say it: `45 min`, `2 h`, `1 h 30`."""
    hours, rest = divmod(count, 60)
    if not hours:
        return f"{rest}{NBSP}min"
    return f"{hours}{NBSP}h{NBSP}{rest:02}" if rest else f"{hours}{NBSP}h"
