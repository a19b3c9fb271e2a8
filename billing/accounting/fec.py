"""The *fichier des écritures comptables*: eighteen fields, as article A47 A-1, VII of the LPF names them."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _

from billing.accounting.entries import Entry, Posting
from hosters.spreadsheets import csv_bytes

FIELDS = (
    "JournalCode",
    "JournalLib",
    "EcritureNum",
    "EcritureDate",
    "CompteNum",
    "CompteLib",
    "CompAuxNum",
    "CompAuxLib",
    "PieceRef",
    "PieceDate",
    "EcritureLib",
    "Debit",
    "Credit",
    "EcritureLet",
    "DateLet",
    "ValidDate",
    "Montantdevise",
    "Idevise",
)
HEADER = "\t".join(FIELDS) + "\r\n"
LABEL = 120


@dataclass(frozen=True)
class Numbered:
    """An entry with its number in the financial year, its date there, and the day on which it was validated."""

    number: int
    on: date
    validated: date
    entry: Entry


def fec_name(siren: str, closing: date, suffix: str = "") -> str:
    """The name that the administration wants: SIREN, FEC, closing date."""
    return f"{siren}FEC{closing:%Y%m%d}{suffix}.txt"


def fec_lines(entries: Iterable[Numbered]) -> str:
    """The lines of these entries, without the header: UTF-8, tabulations, decimal comma."""
    return "".join(
        "\t".join(_cell(text) for text in _fields(each, posting)) + "\r\n"
        for each in entries
        for posting in each.entry.postings
    )


def journal_csv(entries: Iterable[Numbered]) -> str:
    """The same entries as a table for spreadsheets, without any formula."""
    header = [
        _("Journal"),
        _("Écriture"),
        _("Date"),
        _("Compte"),
        _("Intitulé du compte"),
        _("Client"),
        _("Nom du client"),
        _("Pièce"),
        _("Date de la pièce"),
        _("Libellé"),
        _("Débit"),
        _("Crédit"),
    ]
    return csv_bytes(header, _rows(entries)).decode()


def _rows(entries: Iterable[Numbered]) -> Iterable[list[str]]:
    for each in entries:
        for posting in each.entry.postings:
            fields = _fields(each, posting)
            days = {3: each.on, 9: each.entry.piece_on}
            row = [days[n].strftime("%d/%m/%Y") if n in days else field for n, field in enumerate(fields)]
            yield [row[0], *row[2:13]]


def _fields(each: Numbered, posting: Posting) -> list[str]:
    entry = each.entry
    return [
        *entry.journal,
        str(each.number),
        _day(each.on),
        posting.account.number,
        posting.account.label,
        *posting.client,
        entry.piece,
        _day(entry.piece_on),
        entry.label[:LABEL],
        _amount(posting.debit),
        _amount(posting.credit),
        "",
        "",
        _day(each.validated),
        "",
        "",
    ]


def _cell(text: str) -> str:
    """A text on one line without the separators."""
    return re.sub(r"\s+", " ", text.replace("|", " ")).strip()


def _day(day: date) -> str:
    return day.strftime("%Y%m%d")


def _amount(amount: Decimal) -> str:
    return f"{amount:.2f}".replace(".", ",")
