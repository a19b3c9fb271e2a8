from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.delivery.forms import day_input
from billing.forms import LineField
from billing.models import Objective


class ObjectiveForm(forms.ModelForm):
    """What is measured, from, to, by when: in words, with a figure when there is one."""

    class Meta:
        model = Objective
        fields = ("what", "start", "target", "by")
        help_texts = {
            "what": gettext_lazy("Par exemple : le nombre de réservations en double chaque mois."),
            "start": gettext_lazy("Par exemple : 12 par mois."),
            "target": gettext_lazy("Par exemple : aucune."),
            "by": gettext_lazy("Par exemple : fin 2027."),
        }


class ValueForm(forms.Form):
    """Where it is on a day."""

    on = forms.DateField(label=gettext_lazy("Le"), widget=day_input())
    value = LineField(label=gettext_lazy("Valeur"), max_length=80)
    note = LineField(label=gettext_lazy("En quelques mots"), max_length=240, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": timezone.localdate()})
        super().__init__(*args, **kwargs)

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("Ce jour n’est pas encore passé."), code="future")
        return day
