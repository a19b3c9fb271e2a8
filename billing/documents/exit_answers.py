"""What people ask about leaving, answered from the frozen promise of a quote (002-155)."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True)
class Answer:
    question: str
    text: str


def answers_of(promise: dict[str, Any]) -> list[Answer]:
    """Three answers: leaving, its cost, changing. What is given back and erased is already told above."""
    return [
        Answer(
            _("Peut-on partir quand on veut ?"),
            _("Oui, %(notice)s, par la page « Résilier votre contrat » : ni compte, ni recommandé.")
            % {"notice": _notice(promise["exit"]["notice_days"])},
        ),
        Answer(
            _("Y a-t-il des frais de départ ?"),
            _("Non : aucun n’est compté dans ce devis, et aucun ne s’ajoute à un contrat signé."),
        ),
        Answer(
            _("Peut-on changer d’offre plutôt que partir ?"),
            _("Oui, en nous écrivant. Rien ne change avant votre accord, prix compris."),
        ),
    ]


def _notice(days: int) -> str:
    if not days:
        return _("sans préavis")
    return ngettext("avec %(n)s jour de préavis", "avec %(n)s jours de préavis", days) % {"n": days}
