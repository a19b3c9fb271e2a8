"""The five parts of a *cahier des charges* (003-008 to 003-012): what is asked, why, and an example for each answer.

No field names a software: the first parts say why, never with what (003-007). Rows of a list are three short fields
each, so that the page needs no script.
"""

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.delivery.forms import day_input
from billing.forms import LineField
from pricing.dates import date_format

LATER_ROW = re.compile(r"_[2-9]_")
ROWS = 3  # of each list: a first brief with more is a project to cut in two

if TYPE_CHECKING:
    from django.utils.functional import _StrPromise

    Words = str | _StrPromise


def _long(label: "Words", example: "Words", *, required: bool = False) -> forms.CharField:
    return forms.CharField(
        label=label,
        help_text=example,
        required=required,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


def _short(label: "Words", example: "Words" = "", *, required: bool = False) -> forms.CharField:
    return LineField(label=label, help_text=example, required=required, max_length=200)


class PartForm(forms.Form):
    """A part; the rows after the first of a list wait behind « en ajouter », so that a step stays short."""

    def first_fields(self) -> list[forms.BoundField]:
        return [field for field in self if not LATER_ROW.search(field.name)]

    def later_fields(self) -> list[forms.BoundField]:
        return [field for field in self if LATER_ROW.search(field.name)]

    def shows_later(self) -> bool:
        """Whether one of the later rows was answered, or is wrong."""
        return any(field.value() or field.errors for field in self.later_fields())

    def answers(self) -> dict[str, str]:
        """What was answered, as it is kept: a day is written 2027-04-12."""
        return {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in self.cleaned_data.items()
            if value is not None
        }


class ContextForm(PartForm):
    """1. Who we are, and why this project now."""

    mission = _long(
        _("Que fait votre association, et pour qui ?"),
        _("Par exemple : nous prêtons des outils de jardin à 200 familles du quartier."),
        required=True,
    )
    today = _long(
        _("Comment faites-vous aujourd’hui ?"),
        _("Par exemple : un tableur que trois personnes s’envoient par e-mail."),
    )
    pains = _long(
        _("Qu’est-ce qui ne va pas, et qui cela gêne ?"),
        _(
            "Par exemple : deux personnes réservent le même outil, les bénévoles passent leur samedi au téléphone."
        ),
        required=True,
    )
    reason = _long(
        _("Pourquoi maintenant ?"), _("Par exemple : nous ouvrons un deuxième local en septembre.")
    )
    values = _long(
        _("À quoi tenez-vous ?"),
        _("Par exemple : pas de publicité, et que tout reste simple pour nos aînés."),
    )


class ObjectivesForm(PartForm):
    """2. What will be different, in figures. At least one."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(1, ROWS + 1):
            first = row == 1
            names = {"row": row}
            self.fields[f"objective_{row}_what"] = _short(
                _("Objectif %(row)s : ce qui se mesure") % names,
                _("Par exemple : le nombre de réservations en double chaque mois.") if first else "",
                required=first,
            )
            self.fields[f"objective_{row}_start"] = _short(
                _("Objectif %(row)s : aujourd’hui") % names, _("Par exemple : 12 par mois.") if first else ""
            )
            self.fields[f"objective_{row}_target"] = _short(
                _("Objectif %(row)s : ce que vous visez") % names,
                _("Par exemple : aucune.") if first else "",
                required=first,
            )
            self.fields[f"objective_{row}_by"] = _short(
                _("Objectif %(row)s : pour quand") % names, _("Par exemple : fin 2027.") if first else ""
            )


class DeliverablesForm(PartForm):
    """3. What must be delivered, and how everybody will see that it is good."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for row in range(1, ROWS + 1):
            first = row == 1
            names = {"row": row}
            self.fields[f"deliverable_{row}_what"] = _short(
                _("Livrable %(row)s : ce que vous attendez") % names,
                _("Par exemple : un calendrier des outils que chacun peut lire.") if first else "",
                required=first,
            )
            self.fields[f"deliverable_{row}_criterion"] = _short(
                _("Livrable %(row)s : c’est réussi si…") % names,
                _("Par exemple : une personne de 70 ans réserve seule en deux minutes.") if first else "",
                required=first,
            )
        self.fields["not_wanted"] = _long(
            _("Ce que vous ne voulez pas"), _("Par exemple : pas de nouvelle application à installer.")
        )

    def clean(self) -> dict[str, Any]:
        """Each deliverable says how it is judged (003-010)."""
        given = super().clean() or self.cleaned_data
        for row in range(2, ROWS + 1):
            if given.get(f"deliverable_{row}_what") and not given.get(f"deliverable_{row}_criterion"):
                self.add_error(
                    f"deliverable_{row}_criterion",
                    _("Dites à quoi vous verrez que c’est réussi, même en quelques mots."),
                )
        return given


class PlanningForm(PartForm):
    """4. When, and who says yes at each step."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["start"] = _short(
            _("Quand commencer ?"), _("Par exemple : après notre assemblée de mars.")
        )
        self.fields["deadline"] = _short(
            _("Quand cela doit-il marcher ?"),
            _("Par exemple : avant la fête du quartier, le 12 juin 2027."),
            required=True,
        )
        for row in range(1, ROWS + 1):
            first = row == 1
            names = {"row": row}
            self.fields[f"milestone_{row}_what"] = _short(
                _("Étape %(row)s") % names, _("Par exemple : essai avec cinq familles.") if first else ""
            )
            self.fields[f"milestone_{row}_when"] = _short(
                _("Étape %(row)s : quand, et qui valide") % names,
                _("Par exemple : en avril, le bureau.") if first else "",
            )
            self.fields[f"milestone_{row}_on"] = forms.DateField(
                label=_("Étape %(row)s : le jour, s’il est déjà connu") % names,
                help_text=_("Une fois le devis accepté, ce jour-là devient un rendez-vous.") if first else "",
                required=False,
                widget=day_input(),
            )
        self.fields["budget"] = _short(
            _("Avez-vous une idée du budget ?"),
            _("Une fourchette suffit. Par exemple : de 500 à 1 000 € par an."),
        )


class FollowUpForm(PartForm):
    """5. How we will work together."""

    rhythm = _short(
        _("À quel rythme faire le point ?"),
        _("Par exemple : une demi-heure toutes les deux semaines, au téléphone."),
        required=True,
    )
    every_weeks = forms.ChoiceField(
        label=_("Ce point revient donc"),
        required=False,
        choices=[
            ("", _("à décider ensemble")),
            ("1", _("chaque semaine")),
            ("2", _("toutes les deux semaines")),
            ("4", _("toutes les quatre semaines")),
            ("13", _("tous les trois mois")),
        ],
        help_text=_("Une fois le devis accepté, nous le rappelons à l’équipe jusqu’à la fin du projet."),
    )
    referent = _short(
        _("Qui nous parle au quotidien ?"), _("Par exemple : Dominique, trésorière."), required=True
    )
    validators = _short(_("Qui valide ?"), _("Par exemple : le bureau, le premier lundi du mois."))
    time = _short(
        _("Quel temps pouvez-vous y passer ?"), _("Par exemple : deux bénévoles, deux heures par semaine.")
    )
    risks = _long(
        _("Qu’est-ce qui pourrait faire échouer le projet ?"),
        _("Par exemple : l’été, il n’y a personne."),
    )


@dataclass(frozen=True)
class Part:
    """One step of the journey: its name in the address, its title, what it is for, and its form."""

    code: str
    title: "Words"
    lead: "Words"
    form: type[PartForm]


PARTS = (
    Part(
        "contexte",
        _("Le contexte"),
        _("Le pourquoi d’abord. Pas besoin de connaître un logiciel : racontez."),
        ContextForm,
    ),
    Part(
        "objectifs",
        _("Les objectifs"),
        _("Ce qui sera différent, avec un chiffre quand c’est possible. Un seul suffit."),
        ObjectivesForm,
    ),
    Part(
        "livrables",
        _("Les livrables"),
        _("Ce que vous aurez entre les mains, et comment vous verrez que c’est réussi."),
        DeliverablesForm,
    ),
    Part(
        "planning",
        _("Le planning"),
        _("Les dates qui comptent, et les étapes où vous dites oui."),
        PlanningForm,
    ),
    Part("suivi", _("Le suivi"), _("Comment nous ferons le point ensemble."), FollowUpForm),
)
BY_CODE = {part.code: part for part in PARTS}


@dataclass(frozen=True)
class Answered:
    """A part as it is read again: its answers in words, and whether what it needs is there."""

    part: Part
    rows: list[tuple[str, str]]
    complete: bool


def answered_parts(answers: dict[str, Any]) -> list[Answered]:
    """The five parts with what was answered, in order; empty answers are left out (003-013: 0 to 5 complete)."""
    return [_answered(part, answers.get(part.code, {})) for part in PARTS]


def _answered(part: Part, given: dict[str, Any]) -> Answered:
    form = part.form()
    rows = [
        (str(field.label), _in_words(field, given[name]))
        for name, field in form.fields.items()
        if given.get(name)
    ]
    needed = [name for name, field in form.fields.items() if field.required]
    return Answered(part, rows, all(given.get(name) for name in needed))


def _in_words(field: forms.Field, answer: str) -> str:
    """A day and a choice as people read them."""
    if isinstance(field, forms.DateField):
        return date_format(date.fromisoformat(answer), "j F Y")
    if isinstance(field, forms.ChoiceField):
        return str(dict(field.choices).get(answer, answer))  # type: ignore[arg-type]  # a plain list of ours
    return str(answer)
