"""What staff type about time spent for an association."""

from typing import Any
from uuid import uuid4

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.forms import LineField
from billing.models import SupportAllowance, SupportTime
from billing.support import Agreed


class SupportTimeForm(forms.ModelForm):
    """A day, a duration, a sentence that the association reads."""

    what = LineField(
        label=gettext_lazy("À quoi"),
        max_length=200,
        help_text=gettext_lazy("L’association lit cette phrase dans son espace."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = SupportTime
        fields = ["spent_on", "minutes", "what"]
        widgets = {"spent_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4(), "spent_on": timezone.localdate()}
        super().__init__(*args, **kwargs)

    def clean_spent_on(self) -> Any:
        """A day that has come.

        Raises:
            ValidationError: it is in the future.
        """
        day = self.cleaned_data["spent_on"]
        if day > timezone.localdate():
            raise ValidationError(_("Ce jour n’est pas encore passé."), code="future")
        return day

    def time(self) -> dict[str, Any]:
        """The cleaned values, for `support.record_time`."""
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "key")}


class AllowanceForm(forms.ModelForm):
    """What was agreed with one association."""

    class Meta:
        model = SupportAllowance
        fields = ["minutes", "period_months", "carry_over"]

    @classmethod
    def of(cls, agreed: Agreed | None) -> "AllowanceForm":
        """The form with what is in force."""
        if agreed is None:
            return cls()
        values = {"minutes": agreed.minutes, "period_months": agreed.period_months}
        return cls(initial=values | {"carry_over": agreed.carry_over})

    def agreed(self) -> Agreed:
        given = self.cleaned_data
        return Agreed(
            given["minutes"], given["period_months"], SupportAllowance.CarryOver(given["carry_over"])
        )
