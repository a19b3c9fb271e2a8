from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from crm.models import Answer, Criterion, Habits, Organization
from crm.scoring import Declared
from hosters.models import Hoster
from hosters.sections.fields import HosterForm


class CriterionForm(forms.ModelForm):
    class Meta:
        model = Criterion
        fields = ("question", "weight", "must", "threshold")
        help_texts = {
            "question": _("Une affirmation vraie ou fausse, ou un nombre à demander."),
            "weight": _("De 1 (peu) à 10 (décisif)."),
            "threshold": _("Seulement pour un nombre : à partir de combien la réponse est bonne."),
        }


class HabitsForm(forms.ModelForm):
    class Meta:
        model = Habits
        fields = ("call_days", "contact_gap_days", "qualify_days")


class VocabularyForm(HosterForm):
    class Meta:
        model = Hoster
        fields = ("stage_preset",)
        widgets = {"stage_preset": forms.RadioSelect}


class AnswersForm(forms.Form):
    """One question for each criterion; an empty answer is « on ne sait pas »."""

    all_optional = True

    method = forms.ChoiceField(label=_("Comment le sait-on"), choices=Answer.Method.choices)
    unscored = forms.BooleanField(
        label=_("Cette organisation ne veut pas être notée"),
        required=False,
        help_text=_("La note et son histoire sont alors effacées ; les réponses restent."),
    )

    def __init__(self, data: Any = None, *, organization: Organization, criteria: list[Criterion]) -> None:
        super().__init__(data, initial={"unscored": organization.unscored})
        self.criteria = criteria
        answers = {each.criterion_id: each for each in organization.answers.all()}
        asked = {f"critere-{each.pk}": _field(each, answers.get(each.pk)) for each in criteria}
        self.fields = asked | self.fields

    def declared(self) -> list[Declared]:
        """What was answered to each criterion."""
        told = self.cleaned_data
        return [
            Declared(each, value=told[name] or "")
            if each.threshold is None
            else Declared(each, number=told[name])
            for each in self.criteria
            for name in (f"critere-{each.pk}",)
        ]


def _field(criterion: Criterion, answer: Answer | None) -> forms.Field:
    if criterion.threshold is not None:
        number = answer.number if answer else None
        return forms.IntegerField(
            label=criterion.question, required=False, min_value=0, max_value=1_000_000, initial=number
        )
    choices = [("", _("on ne sait pas")), *Answer.Value.choices]
    return forms.ChoiceField(
        label=criterion.question,
        required=False,
        choices=choices,
        widget=forms.RadioSelect,
        initial=answer.value if answer else "",
    )
