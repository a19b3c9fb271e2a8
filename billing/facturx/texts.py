"""Values as the XML wants them: plain decimals, texts without what XML forbids."""

import re
from decimal import Decimal

#: What XML 1.0 forbids in a text (§2.2), such as a control character pasted from a terminal.
FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def plain(text: str) -> str:
    """A text on one line, "" when nothing of it may be written."""
    return " ".join(FORBIDDEN.sub("", text).split())


def money(amount: Decimal) -> str:
    """EUR with its two decimals (BR-DEC-*)."""
    return f"{amount:.2f}"


def exact(value: Decimal) -> str:
    """A quantity or a price without needless zeros nor exponent."""
    return format(value.normalize(), "f")
