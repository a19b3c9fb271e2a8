"""The QR code that fills a SEPA transfer in (EPC069-12), drawn as one SVG path."""

from dataclasses import dataclass
from decimal import Decimal

from segno import QRCode
from segno.helpers import make_epc_qr
from stdnum import iban as iban_number

MOST_NAME = 70
MOST_TEXT = 140
MOST_AMOUNT = Decimal("999999999.99")
HALF = 0.5  # a stroke is drawn on both sides of its line
QUIET_ZONE = 4  # modules left white around, without which scanners miss the code


@dataclass(frozen=True)
class Drawing:
    """`path` is the `d` of an SVG path in a square of `size` units, to be stroked one unit thick."""

    size: int
    path: str


def transfer_code(*, holder: str, iban: str, amount: Decimal, text: str) -> Drawing | None:
    """The code of a transfer of `amount` EUR; None when no such transfer can be made (no IBAN, nothing to pay)."""
    if not holder.strip() or not iban_number.is_valid(iban) or not 0 < amount <= MOST_AMOUNT:
        return None
    code = make_epc_qr(
        name=holder[:MOST_NAME].strip(), iban=iban_number.compact(iban), amount=amount, text=text[:MOST_TEXT]
    )
    return _drawing(code)


def _drawing(code: QRCode) -> Drawing:
    """Each row's runs of dark modules as strokes one module thick: half the commands of as many rectangles, which the
    renderer reads one by one."""
    rows: list[str] = []
    for y, row in enumerate(code.matrix, start=QUIET_ZONE):
        x = 0
        while x < len(row):
            width = next((i for i, module in enumerate(row[x:]) if module != row[x]), len(row) - x)
            if row[x]:
                rows.append(f"M{x + QUIET_ZONE} {y + HALF}h{width}")
            x += width
    return Drawing(size=len(code.matrix) + 2 * QUIET_ZONE, path="".join(rows))
