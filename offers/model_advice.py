"""« Quel modèle pour nous ? » : six questions, one answer with its reasons (000-028)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from offers.archetypes import BY_KIND, Archetype
from offers.models import ComponentKind
from offers.models.offer import HYBRID

PRESTATION, SERVICE, PRODUIT = (kind.value for kind in ComponentKind)
#: The course decides by the priority; the other answers only settle what it leaves open.
PRIORITY_WEIGHT, USUAL_WEIGHT = 12, 2


@dataclass(frozen=True)
class Choice:
    """An answer: what it favours, and the sentence that says why. No favourite: it changes nothing."""

    code: str
    label: str | Promise
    favours: tuple[str, ...] = ()
    reason: str | Promise = ""


@dataclass(frozen=True)
class Question:
    code: str
    label: str | Promise
    weight: int
    choices: tuple[Choice, ...]


QUESTIONS = (
    Question(
        "priorite",
        _("Qu’est-ce qui compte le plus pour vous ?"),
        PRIORITY_WEIGHT,
        (
            Choice(
                "expertise",
                _("Mettre notre savoir-faire au service de chacun"),
                (PRESTATION,),
                _("Vous voulez une relation proche et du sur mesure : la prestation est un bon début."),
            ),
            Choice(
                "recurrence",
                _("Que les associations reviennent, parce que c’est bien fait"),
                (SERVICE,),
                _("Vous visez des personnes qui reviennent pour la qualité du travail : c’est le service."),
            ),
            Choice(
                "nombre",
                _("Servir beaucoup d’associations sans y passer plus de temps"),
                (PRODUIT,),
                _("Vous voulez servir plus de monde et automatiser : c’est le produit."),
            ),
            Choice(
                "diversite",
                _("Plusieurs sources de revenus, et une réponse complète"),
                (HYBRID,),
                _("Vous voulez varier les revenus et tout proposer au même endroit : c’est l’hybride."),
            ),
        ),
    ),
    Question(
        "temps",
        _("Combien de temps humain avez-vous, chaque semaine ?"),
        USUAL_WEIGHT,
        (
            Choice(
                "peu",
                _("Quelques heures, bénévoles"),
                (PRODUIT,),
                _("Peu de temps humain : ce qui se livre seul vous préserve."),
            ),
            Choice(
                "reguliere",
                _("Une personne présente chaque semaine"),
                (SERVICE, HYBRID),
                _("Une présence régulière permet un suivi."),
            ),
            Choice(
                "projets",
                _("Des périodes libres, par projet"),
                (PRESTATION,),
                _("Du temps par périodes convient à des projets avec un début et une fin."),
            ),
        ),
    ),
    Question(
        "outils",
        _("Vos outils tournent-ils déjà pour d’autres ?"),
        USUAL_WEIGHT,
        (
            Choice(
                "oui",
                _("Oui, un compte de plus se crée en quelques minutes"),
                (PRODUIT, HYBRID),
                _("Le plus gros effort est fait : une association de plus coûte peu."),
            ),
            Choice(
                "non",
                _("Non, chaque installation est différente"),
                (PRESTATION,),
                _("Chaque installation est différente : c’est du travail à la tâche."),
            ),
        ),
    ),
    Question(
        "aide",
        _("Que demandent les associations que vous connaissez ?"),
        USUAL_WEIGHT,
        (
            Choice(
                "outil",
                _("Un outil qui marche"),
                (PRODUIT,),
                _("On vous demande d’abord un outil."),
            ),
            Choice(
                "coup-de-main",
                _("Un coup de main pour une chose précise"),
                (PRESTATION,),
                _("On vous demande un coup de main précis."),
            ),
            Choice(
                "presence",
                _("Quelqu’un à qui parler, dans la durée"),
                (SERVICE,),
                _("On vous demande quelqu’un à qui parler."),
            ),
            Choice(
                "tout",
                _("Un outil, et quelqu’un pour s’en servir"),
                (HYBRID,),
                _("On vous demande l’outil et l’aide ensemble."),
            ),
        ),
    ),
    Question(
        "revenus",
        _("De quels revenus avez-vous besoin ?"),
        USUAL_WEIGHT,
        (
            Choice(
                "maintenant",
                _("Tout de suite, sans investir"),
                (PRESTATION,),
                _("Une prestation se vend sans rien fabriquer d’avance."),
            ),
            Choice(
                "reguliers",
                _("Réguliers, pour payer un salaire"),
                (PRODUIT, SERVICE),
                _("Un revenu régulier demande des abonnements."),
            ),
            Choice(
                "varies",
                _("Variés, pour ne pas dépendre d’un seul"),
                (HYBRID,),
                _("Plusieurs sources protègent quand l’une faiblit."),
            ),
        ),
    ),
    Question(
        "organisation",
        _("Comment êtes-vous organisés ?"),
        USUAL_WEIGHT,
        (
            Choice(
                "simple",
                _("Simplement : peu de monde, peu d’outils de suivi"),
                (PRESTATION, PRODUIT),
                _("Une seule façon de travailler suffit à une petite équipe."),
            ),
            Choice(
                "solide",
                _("Des rôles clairs, un agenda et des factures suivis"),
                (HYBRID, SERVICE),
                _("Votre organisation permet de tenir plusieurs façons de travailler."),
            ),
        ),
    ),
)


@dataclass(frozen=True)
class Advice:
    """The model advised, why, and what the answers would also allow."""

    archetype: Archetype
    reasons: list[str]
    second: Archetype | None


class PrioritiesForm(forms.Form):
    """The questions as tiles; only the first must be answered."""

    def __init__(self, data: Mapping[str, Any] | None = None) -> None:
        super().__init__(data)
        for question in QUESTIONS:
            self.fields[question.code] = forms.ChoiceField(
                label=str(question.label),
                required=question.weight == PRIORITY_WEIGHT,
                choices=[(choice.code, str(choice.label)) for choice in question.choices],
                widget=forms.RadioSelect,
                error_messages={"required": _("Choisissez une réponse : c’est elle qui décide surtout.")},
            )


def advise(answers: Mapping[str, str]) -> Advice:
    """The model that gathers the most; the priority always wins over the other answers together.

    Raises:
        KeyError: the first question has no known answer.
    """
    chosen = [(question, choice) for question in QUESTIONS if (choice := _chosen(question, answers))]
    if not chosen or chosen[0][0].weight != PRIORITY_WEIGHT:
        raise KeyError(QUESTIONS[0].code)
    score = dict.fromkeys(BY_KIND, 0)
    for question, choice in chosen:
        for kind in choice.favours:
            score[kind] += question.weight
    ranked = sorted(score, key=lambda kind: -score[kind])
    reasons = [str(choice.reason) for _question, choice in chosen if ranked[0] in choice.favours]
    second = BY_KIND[ranked[1]] if score[ranked[1]] >= 2 * USUAL_WEIGHT else None
    return Advice(BY_KIND[ranked[0]], reasons, second)


def _chosen(question: Question, answers: Mapping[str, str]) -> Choice | None:
    return next((choice for choice in question.choices if choice.code == answers.get(question.code)), None)
