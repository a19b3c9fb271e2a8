"""What the law wants printed, as a dated table: a rule changes by a new row, never by an edit."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from pricing.engine import VatRegime

#: Of a document of membership fees: without direct counterpart, a fee is no sale (INV-21).
MEMBERSHIP_MENTION: Final = "Cotisation sans contrepartie directe, hors du champ de la TVA"


@dataclass(frozen=True)
class Mention:
    """A sentence due on documents of a regime from a day on, with its source and its code of EN 16931 (VATEX)."""

    regime: VatRegime
    valid_from: date
    text: str
    source: str
    vatex: str = ""


#: CIBS references are not printed: the recodification was moved to 2027 and CGI ones stay allowed until mid-2028.
MENTIONS = [
    Mention(
        VatRegime.FRANCHISE,
        date(2000, 1, 1),
        "TVA non applicable, article 293 B du CGI",
        "CGI art. 293 E, II (INV-16)",
        "VATEX-FR-FRANCHISE",
    ),
    Mention(
        VatRegime.EXEMPT,
        date(2000, 1, 1),
        "Exonération de TVA, article 261, 7-1° du CGI",
        "CGI ann. II art. 242 nonies A, I-12° (INV-18)",
        "VATEX-FR-CGI261-7",
    ),
    Mention(
        VatRegime.NOT_TAXABLE,
        date(2000, 1, 1),
        "Organisme non assujetti à la TVA",
        "CGI art. 256 A, 256 B",
    ),
]


def vat_mention(regime: VatRegime, *, on: date) -> str:
    """The sentence that replaces VAT on a document of that day; "" for a hoster who charges it."""
    due = [mention for mention in MENTIONS if mention.regime == regime and mention.valid_from <= on]
    return max(due, key=lambda mention: mention.valid_from).text if due else ""


def says_outside_vat(text: str) -> bool:
    """Whether the mention of a document says that nothing its seller sells is in the scope of VAT."""
    return any(each.text == text for each in MENTIONS if each.regime == VatRegime.NOT_TAXABLE)


def vatex_code(text: str) -> str:
    """The code of a sentence that a document carries (EIN-10); "" for a sentence that has none."""
    return next((mention.vatex for mention in MENTIONS if mention.text == text), "")
