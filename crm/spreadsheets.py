"""Tables as spreadsheets write them: UTF-8, Windows-1252 or UTF-16, `;` `,` tab or `|`, and their small habits."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from crm import vcards

LARGEST = 20 * 1024 * 1024  # bytes
UTF_16 = (b"\xff\xfe", b"\xfe\xff")  # what such a text starts with
MOST_LINES = 50_000
MOST_COLUMNS = 60
LONGEST_CELL = 2_000  # characters
DELIMITERS = {";": "« ; »", ",": "« , »", "\t": "tabulations", "|": "« | »"}
SAMPLE = 30  # records read to guess the delimiter
#: What a spreadsheet would run when it opens the file.
FORMULA = ("=", "+", "-", "@", "\t", "\r")
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\ufeff\u200b\u200e\u200f]")


class NotATable(Exception):
    """The file cannot be read as a table; says in French what to do."""


@dataclass(frozen=True)
class Table:
    """What was read: `rows` are (number of the line in the spreadsheet, cells), blank lines left out."""

    reading: str
    header: list[str]
    rows: list[tuple[int, list[str]]]


def read_table(content: bytes) -> Table:
    """The table of a file, CSV or vCard.

    Raises:
        NotATable: what the file is instead, and what to do.
    """
    _refuse_what_is_no_text(content)
    text, encoding = _decoded(content)
    if text.lstrip()[:11].upper() == "BEGIN:VCARD":
        header, cards = vcards.read(text)
        return _table(f"vCard, {encoding}", [header, *cards])
    text, delimiter = _delimited(text)
    try:
        records = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
    except csv.Error:
        raise NotATable(
            _("Une case est trop longue, ou un guillemet n’est pas fermé : ouvrez le fichier et réparez-la.")
        ) from None
    return _table(f"{encoding}, {DELIMITERS[delimiter]}", records)


def clean_cell(cell: str) -> str:
    """A cell as a person reads it: without the apostrophe, `="…"`, or odd spaces that spreadsheets leave."""
    text = cell.strip()
    if not text.isprintable():
        text = CONTROL.sub("", text.replace("\xa0", " ").replace("\u202f", " ")).strip()
    if not text.startswith(("=", "'")):
        return text[:LONGEST_CELL]
    if re.fullmatch(r'="[^"]*"', text):
        text = text[2:-1]
    if re.match(r"'[=+\-@\d']", text):
        text = text[1:]
    return text.strip()[:LONGEST_CELL]


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula; `clean_cell` gives the value back."""
    text = "" if value is None else str(value)
    return f"'{text}" if text.startswith(FORMULA) else text


def write_csv(records: Iterable[Iterable[object]]) -> Iterator[str]:
    """Lines of a CSV that spreadsheets open in French as it is: byte order mark, `;`, CRLF."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, delimiter=";", lineterminator="\r\n")
    yield "\ufeff"
    for record in records:
        writer.writerow([safe_cell(value) for value in record])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()


def _refuse_what_is_no_text(content: bytes) -> None:
    if len(content) > LARGEST:
        raise NotATable(_("Le fichier dépasse 20 Mo : coupez-le en plusieurs."))
    if content.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise NotATable(
            _("C’est un classeur, pas un CSV : dans le tableur, « Enregistrer sous… », puis « CSV (UTF-8) ».")
        )
    if content.startswith(b"%PDF"):
        raise NotATable(_("C’est un PDF : il faut le tableau d’origine, enregistré en CSV."))
    if b"\0" in content and not content.startswith(UTF_16):
        raise NotATable(_("Ce fichier n’est pas du texte : il faut un CSV."))


def _decoded(content: bytes) -> tuple[str, str]:
    if content.startswith(UTF_16):
        return content.decode("utf-16", errors="replace"), "UTF-16"
    try:
        return content.decode("utf-8-sig"), "UTF-8"
    except UnicodeDecodeError:
        return content.decode("cp1252", errors="replace"), "Windows-1252"


def _delimited(text: str) -> tuple[str, str]:
    """The text without the line `sep=` of Excel, and what separates its cells."""
    first, _newline, rest = text.partition("\n")
    told = re.fullmatch(r'"?sep=(.)"?\s*', first.strip("\ufeff\r"), re.IGNORECASE)
    if told and told[1] in DELIMITERS:
        return rest, told[1]
    return text, max(DELIMITERS, key=lambda delimiter: _fitness(text, delimiter))


def _fitness(text: str, delimiter: str) -> tuple[int, int]:
    """How many of the first records have the same number of cells, more than one; then how many cells."""
    sample = "\n".join(text.splitlines()[:SAMPLE])
    try:
        widths = Counter(
            len(record) for record in csv.reader(io.StringIO(sample), delimiter=delimiter) if record
        )
    except csv.Error:
        return 0, 0
    width, times = max(widths.items(), key=lambda item: (item[0] > 1, item[1]), default=(0, 0))
    return (times, width) if width > 1 else (0, 0)


def _table(reading: str, records: list[list[str]]) -> Table:
    lines = [
        (number, [clean_cell(cell) for cell in record]) for number, record in enumerate(records, start=1)
    ]
    filled = [(number, cells) for number, cells in lines if any(cells)]
    if len(filled) < 2:
        raise NotATable(_("Il faut une ligne de titres, puis au moins une ligne."))
    if len(filled) - 1 > MOST_LINES:
        raise NotATable(_("Le fichier dépasse 50 000 lignes : coupez-le en plusieurs."))
    [(_number, header), *rows] = filled
    width = max(len(cells) for _number, cells in filled)
    if width > MOST_COLUMNS:
        raise NotATable(_("Le fichier a plus de soixante colonnes : gardez celles qui servent."))
    names = [
        name or _("colonne %(n)s") % {"n": index} for index, name in enumerate(_padded(header, width), 1)
    ]
    return Table(reading, names, [(number, _padded(cells, width)) for number, cells in rows])


def _padded(cells: list[str], width: int) -> list[str]:
    return cells + [""] * (width - len(cells))
