"""What a late payment costs, where the law lets a hoster ask for it, as a dated table (INV-13, DUE-02).

Only between professionals and from public bodies. An association is asked for nothing: no source settles that it is a
professional when it has no economic activity, and a person never is.
"""

from dataclasses import dataclass
from datetime import date

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from crm.models import LegalForm


@dataclass(frozen=True)
class Penalty:
    """The sentence due to bodies of these forms from a day on, with its source."""

    forms: frozenset[str]
    valid_from: date
    text: Promise
    source: str


PENALTIES = (
    Penalty(
        frozenset({LegalForm.COMPANY.value, LegalForm.COOPERATIVE.value}),
        date(2013, 1, 1),
        _(
            "Entre professionnels, la loi prévoit des pénalités au taux de la Banque centrale européenne majoré de dix "
            "points, et une indemnité de 40 € pour frais de recouvrement (code de commerce, article L441-10)."
        ),
        "C. com. L441-10 II, D441-5 (INV-13, INV-14)",
    ),
    Penalty(
        frozenset({LegalForm.PUBLIC.value}),
        date(2013, 5, 1),
        _(
            "Pour un acheteur public, la loi prévoit des intérêts au taux de la Banque centrale européenne majoré de "
            "huit points, et une indemnité de 40 € (code de la commande publique, articles R2192-31 et D2192-35)."
        ),
        "CCP R2192-31, D2192-35 (DUE-02)",
    ),
)


def penalty_words(legal_form: str, *, on: date) -> str:
    """The sentence that may be written to a body of this form; "" for associations and people."""
    due = [each for each in PENALTIES if legal_form in each.forms and each.valid_from <= on]
    return str(max(due, key=lambda each: each.valid_from).text) if due else ""
