"""The three notes that French platforms want on each invoice, once each (BG-1, BR-FR-05): early payment, late
payment, recovery costs."""

from typing import Final

DISCOUNT: Final = "AAB"
LATE: Final = "PMD"
RECOVERY: Final = "PMT"
#: Which way the invoice travels (BR-FR-20, BR-FR-31).
PATH: Final = "BAR"

#: Penalties are rules between professionals (C. com. L441-10, INV-13): the note says that none is claimed.
NEIGHBOURLY: Final = {
    DISCOUNT: "Escompte pour paiement anticipé : néant.",
    LATE: "Aucune pénalité de retard n’est demandée.",
    RECOVERY: "Aucune indemnité forfaitaire pour frais de recouvrement n’est demandée.",
}
