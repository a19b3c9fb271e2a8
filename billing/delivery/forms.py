"""When, who, and what was done."""

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.forms import LineField
from billing.models import Delivery


def day_input() -> forms.DateInput:
    """The calendar of the browser."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class PlanForm(forms.Form):
    """The day and the person that the association knows."""

    due_on = forms.DateField(label=gettext_lazy("Prévu le"), required=False, widget=day_input())
    person = LineField(
        label=gettext_lazy("Qui s’en occupe"),
        max_length=80,
        required=False,
        help_text=gettext_lazy("Un prénom suffit : l’association le lit dans son espace."),
    )

    @classmethod
    def of(cls, delivery: Delivery) -> "PlanForm":
        return cls(initial={"due_on": delivery.due_on, "person": delivery.person})


class DoneForm(forms.Form):
    """The delivery note of something that cannot be handed over (000-005)."""

    on = forms.DateField(label=gettext_lazy("Fait le"), widget=day_input())
    note = LineField(
        label=gettext_lazy("Ce qui a été fait"),
        max_length=400,
        required=False,
        help_text=gettext_lazy(
            "En une phrase. L’association la lit dans son espace, et peut dire qu’elle l’a reçu."
        ),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("initial", {"on": timezone.localdate()})
        super().__init__(*args, **kwargs)

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > timezone.localdate():
            raise ValidationError(_("Ce jour n’est pas encore passé."), code="future")
        return day
