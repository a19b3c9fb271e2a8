"""CSV files as French banks write them: `;`, decimal commas, Windows letters, debit and credit in two columns."""

import hashlib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.bank.lines import BankLine, UnreadableStatement
from crm.folding import folded
from crm.spreadsheets import NotATable, read_table

#: What a column may be.
COLUMNS: dict[str, Promise] = {
    "date": gettext_lazy("date de l’opération"),
    "label": gettext_lazy("libellé"),
    "amount": gettext_lazy("montant, avec son signe"),
    "sense": gettext_lazy("sens, quand le montant n’a pas de signe (débit ou crédit, D ou C, - ou +)"),
    "debit": gettext_lazy("débit"),
    "credit": gettext_lazy("crédit"),
    "party": gettext_lazy("nom de l’autre partie"),
    "reference": gettext_lazy("référence"),
}
#: The titles that banks give, the surest first; accents and capitals aside.
TITLES: dict[str, tuple[str, ...]] = {
    "date": ("date operation", "date de l operation", "date comptable", "dateop", "date op", "date"),
    "label": ("libelle complet", "libelle operation", "libelle", "intitule", "nature", "label", "operation"),
    "amount": ("montant de l operation", "montant eur", "montant", "amount"),
    "sense": ("sens",),
    "debit": ("debit", "sortie"),
    "credit": ("credit", "entree"),
    "party": ("nom de la contrepartie", "contrepartie", "tiers", "beneficiaire", "emetteur"),
    "reference": ("reference", "ref", "informations complementaires", "commentaire"),
}
DAYS = ("%d/%m/%Y", "%d/%m/%y", "%Y-%m-%d", "%d-%m-%Y", "%d.%m.%Y")
#: How banks write which way the money went, accents and capitals aside.
SENSES = {"c": 1, "cr": 1, "credit": 1, "+": 1, "d": -1, "db": -1, "debit": -1, "-": -1, "−": -1}
PREAMBLE = 15  # lines that a bank may write above its titles

Columns = Mapping[str, int]


@dataclass(frozen=True)
class BankTable:
    """The titles and the lines of a file, without what the bank writes above them."""

    header: list[str]
    rows: list[list[str]]

    @property
    def digest(self) -> str:
        """The same for two files of the same bank."""
        return hashlib.sha256("\x1f".join(self.header).encode()).hexdigest()


def read_bank_table(content: bytes) -> BankTable:
    """The table of a CSV file; its titles are the first line that names a date and an amount.

    Raises:
        UnreadableStatement: the file is no table.
    """
    try:
        table = read_table(content)
    except NotATable as wrong:
        raise UnreadableStatement(str(wrong)) from None
    rows = [table.header, *(cells for _number, cells in table.rows)]
    start = next((index for index, row in enumerate(rows[:PREAMBLE]) if is_whole(guess(row))), 0)
    return BankTable(header=rows[start], rows=rows[start + 1 :])


def guess(header: Sequence[str]) -> dict[str, int]:
    """Which column is what, by its title."""
    titles = [folded(title) for title in header]
    found: dict[str, int] = {}
    for column, words in TITLES.items():
        ranked = [
            (rank, index)
            for index, title in enumerate(titles)
            for rank, word in enumerate(words)
            if (title == word or title.startswith(word + " ")) and index not in found.values()
        ]
        if ranked:
            found[column] = min(ranked)[1]
    return found


def is_whole(columns: Columns) -> bool:
    """Whether these columns are enough to read a line."""
    return "date" in columns and ("amount" in columns or "credit" in columns)


def read_lines(table: BankTable, columns: Columns) -> list[BankLine]:
    """The lines of a table; those without a date, such as totals, are left out.

    Raises:
        UnreadableStatement: an amount is no number, or nothing says which way it went; says on which line.
    """
    lines = []
    for number, cells in enumerate(table.rows, start=1):
        day = _day(_cell(cells, columns, "date"))
        if day is not None:
            lines.append(_line(cells, columns, day, number))
    if not lines:
        raise UnreadableStatement(_("Aucune ligne de ce fichier n’a de date : vérifiez les colonnes."))
    return lines


def _line(cells: list[str], columns: Columns, day: date, number: int) -> BankLine:
    amounts = {name: _amount(_cell(cells, columns, name), number) for name in ("amount", "debit", "credit")}
    amount = amounts["amount"]
    if amount is None:
        amount = abs(amounts["credit"] or Decimal(0)) - abs(amounts["debit"] or Decimal(0))
    elif "sense" in columns:
        amount = abs(amount) * _sense(_cell(cells, columns, "sense"), number)
    return BankLine(
        booked_on=day,
        amount=amount,
        label=_cell(cells, columns, "label")[:400],
        party=_cell(cells, columns, "party")[:140],
        reference=_cell(cells, columns, "reference")[:140],
    )


def _sense(text: str, number: int) -> int:
    """1 for what came in, -1 for what left."""
    sense = SENSES.get(text.strip()) or SENSES.get(folded(text).strip())
    if sense is None:
        told = {"n": number, "sense": text[:30]}
        raise UnreadableStatement(_("Ligne %(n)s : « %(sense)s » ne dit ni débit ni crédit.") % told)
    return sense


def _cell(cells: list[str], columns: Columns, name: str) -> str:
    index = columns.get(name, -1)
    return " ".join(cells[index].split()) if 0 <= index < len(cells) else ""


def _day(text: str) -> date | None:
    for form in DAYS:
        try:
            return datetime.strptime(text[:10].strip(), form).date()
        except ValueError:
            continue
    return None


def _amount(text: str, number: int) -> Decimal | None:
    """A French or an English number: the last of `,` and `.` is the decimal mark."""
    plain = re.sub(r"(?i)eur|[\s€'\u00a0\u202f]", "", text).replace("−", "-").lstrip("+")
    if not plain:
        return None
    mark = max(plain.rfind(","), plain.rfind("."))
    if mark >= 0:
        plain = re.sub(r"[.,]", "", plain[:mark]) + "." + plain[mark + 1 :]
    try:
        amount = Decimal(plain)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or amount != round(amount, 2):
        told = {"n": number, "amount": text[:30]}
        raise UnreadableStatement(_("Ligne %(n)s : « %(amount)s » n’est pas un montant en euros.") % told)
    return amount
