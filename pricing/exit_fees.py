"""Fees for leaving: none may be asked any more from 12 January 2027 (règlement (UE) 2023/2854, article 29; CON-08).

Until then a transfer may be charged at cost. Words are all that a line says of itself, so words are read.
"""

import re
import unicodedata
from datetime import date

FORBIDDEN_FROM = date(2027, 1, 12)
FEE = r"\b(?:frais|penalites?|indemnites?|forfait|couts?|facturation)\b"
LEAVING = (
    r"\b(?:sortie|depart|resiliation|reversibilite|transfert sortant|changement d.hebergeur|fin de contrat)\b"
)
EXIT_FEE = re.compile(rf"{FEE}.{{0,40}}{LEAVING}")


def is_exit_fee(label: str) -> bool:
    """Whether a line asks money for leaving, as its words say."""
    folded = unicodedata.normalize("NFKD", label.lower())
    return bool(EXIT_FEE.search("".join(each for each in folded if not unicodedata.combining(each))))


def is_refused(label: str, *, on: date) -> bool:
    """Whether a line may not be sold that day."""
    return on >= FORBIDDEN_FROM and is_exit_fee(label)
