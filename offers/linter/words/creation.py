"""Beginnings of words that name a work of creation, after which an association still needs somebody (003-028)."""

AS_OF = "2026-11"

STEMS = (
    "concevoir", "conception", "créer", "création", "installation", "installer", "mettre en ligne", "mise en ligne",
    "mettre en place", "mise en place", "refonte", "réalisation",
)  # fmt: skip
