"""Units of measure: the words of a line to the codes of UN/ECE recommendation 20 (BT-130)."""

from typing import Final

PIECE: Final = "C62"

#: The word in the singular. `E34`, not `GB`, which is the gallon per day.
CODES: Final = {
    "an": "ANN",
    "année": "ANN",
    "mois": "MON",
    "semaine": "WEE",
    "jour": "DAY",
    "journée": "DAY",
    "heure": "HUR",
    "minute": "MIN",
    "personne": "IE",
    "go": "E34",
    "to": "E35",
    "mo": "4L",
}


def unit_code(words: str) -> str:
    """`jours` gives DAY; what the table does not know, such as `lots de 5 personnes`, is counted in pieces."""
    word = words.strip().lower()
    return CODES.get(word) or CODES.get(word.removesuffix("s"), PIECE)
