"""Beginnings of words that name an accompaniment: the six forms of the course (002-151), read in November 2026.

Technical support alone is not one of them: Marsnet has it in every plan, and the course asks for more.
"""

AS_OF = "2026-11"

STEMS = (
    "accompagn", "appren", "atelier", "conduite du changement", "conseil", "diagnosti", "facilit", "former",
    "formation", "préconis", "prise en main", "réflexion stratégique",
)  # fmt: skip
