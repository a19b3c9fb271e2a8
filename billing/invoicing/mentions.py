"""The sentences that an invoice prints beside VAT, as a dated table: a rule changes by a new row (INV-12 to INV-14).

Late penalties and the 40 € are rules between professionals: never for a person, nor for an association that does not
act for a business, where the law is silent and we stay on its side (INV-13).
"""

from dataclasses import dataclass
from datetime import date

from billing.invoicing.profiles import Profile
from billing.models import InvoiceKind


@dataclass(frozen=True)
class Sentence:
    """What is printed from a day on, for whom, with its source. `code`: UNTDID 4451 (BT-21)."""

    code: str
    profiles: frozenset[Profile]
    valid_from: date
    text: str
    source: str


EVERYBODY = frozenset(Profile)
SENTENCES = (
    Sentence(
        "AAB",
        EVERYBODY,
        date(2009, 1, 1),
        "Escompte pour paiement anticipé : néant.",
        "C. com. L441-9, I (INV-12)",
    ),
    Sentence(
        "PMD",
        frozenset({Profile.COMPANY}),
        date(2009, 1, 1),
        "Pénalités de retard : taux de refinancement de la Banque centrale européenne majoré de 10 points, "
        "exigibles sans rappel.",
        "C. com. L441-10, II (INV-14)",
    ),
    Sentence(
        "PMT",
        frozenset({Profile.COMPANY}),
        date(2013, 1, 1),
        "Indemnité forfaitaire pour frais de recouvrement : 40 €.",
        "C. com. D441-5 (INV-12)",
    ),
    Sentence(
        "PMD",
        frozenset({Profile.PUBLIC}),
        date(2019, 4, 1),
        "Intérêts moratoires : taux de refinancement de la Banque centrale européenne majoré de 8 points.",
        "CCP R2192-31 (DUE-02)",
    ),
    Sentence(
        "PMT",
        frozenset({Profile.PUBLIC}),
        date(2019, 4, 1),
        "Indemnité forfaitaire pour frais de recouvrement : 40 €.",
        "CCP D2192-35 (DUE-02)",
    ),
)


def sentences_for(profile: Profile, *, kind: InvoiceKind, on: date) -> list[dict[str, str]]:
    """The sentences due that day, one for each code; a credit note asks for no payment and has none."""
    if kind == InvoiceKind.CREDIT_NOTE:
        return []
    due = [each for each in SENTENCES if profile in each.profiles and each.valid_from <= on]
    latest = {each.code: each for each in sorted(due, key=lambda each: each.valid_from)}
    return [{"code": each.code, "text": each.text} for each in latest.values()]
