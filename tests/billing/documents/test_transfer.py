"""The code of a transfer says what a bank expects (EPC069-12)."""

import re
from decimal import Decimal

import pytest
from segno.helpers import make_epc_qr

from billing.documents.transfer import QUIET_ZONE, Drawing, transfer_code

IBAN = "FR7630006000011234567890189"


def code(**changes: object) -> Drawing | None:
    values: dict[str, object] = {
        "holder": "Les Nuages",
        "iban": IBAN,
        "amount": Decimal("100.00"),
        "text": "F-1",
    }
    return transfer_code(**values | changes)  # type: ignore[arg-type]


def dark_modules(drawing: Drawing) -> set[tuple[int, int]]:
    """The squares that the strokes cover, the quiet zone taken away."""
    runs = re.findall(r"M(\d+) (\d+)\.5h(\d+)", drawing.path)
    return {
        (int(x) + step - QUIET_ZONE, int(y) - QUIET_ZONE)
        for x, y, width in runs
        for step in range(int(width))
    }


def test_drawing_is_the_matrix_of_the_code() -> None:
    drawing = code()
    assert drawing is not None
    matrix = make_epc_qr(name="Les Nuages", iban=IBAN, amount=Decimal("100.00"), text="F-1").matrix
    assert drawing.size == len(matrix) + 2 * QUIET_ZONE
    assert dark_modules(drawing) == {
        (x, y) for y, row in enumerate(matrix) for x, module in enumerate(row) if module
    }


@pytest.mark.parametrize(
    "changes",
    [
        {"iban": ""},
        {"iban": "FR7630006000011234567890188"},
        {"iban": "<img src=x>"},
        {"amount": Decimal(0)},
        {"amount": Decimal("-5.00")},
        {"amount": Decimal("1000000000.00")},
        {"holder": " "},
    ],
)
def test_no_code_when_no_such_transfer_can_be_made(changes: dict[str, object]) -> None:
    assert code(**changes) is None


def test_long_names_are_shortened_and_strange_ones_accepted() -> None:
    assert code(holder="Fédération " * 12) is not None
    assert code(holder="جمعية 🐈 <b>") is not None
