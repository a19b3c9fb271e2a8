"""Tables for spreadsheet programs: UTF-8 with its mark, semicolons as French ones expect, and no formula.

A cell that a person typed and that begins like a formula would be executed when the file is opened: an apostrophe
before it makes it a text (CSV injection).
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence

FORMULA = re.compile(r"^\s*[=+\-@\t\r\n|%]")
NUMBER = re.compile(r"^-?\d+(\.\d+)?$")


def safe_cell(value: object) -> str:
    """The value as a text that no spreadsheet executes; a number stays a number."""
    text = "" if value is None else str(value)
    return f"'{text}" if FORMULA.match(text) and not NUMBER.match(text) else text


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """The file of a table."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return text.getvalue().encode("utf-8-sig")
