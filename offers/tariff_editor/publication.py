"""The last questions before a tariff is published."""

from datetime import date, timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

#: A tariff announced further ahead is a typing mistake in the year.
FURTHEST = timedelta(days=2 * 366)


class PublicationForm(forms.Form):
    """From when, why, and a reason when a check stands in the way."""

    in_force_from = forms.DateField(
        label=gettext_lazy("En vigueur à partir du"),
        help_text=gettext_lazy("Aujourd’hui ou plus tard."),
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    note = forms.CharField(
        label=gettext_lazy("Pourquoi ce changement"),
        help_text=gettext_lazy("Pour l’équipe, dans l’historique."),
        max_length=300,
        required=False,
    )
    override_reason = forms.CharField(
        label=gettext_lazy("Pourquoi publier malgré le contrôle"), max_length=300, required=False
    )

    def __init__(self, *args: Any, blocked: bool, **options: Any) -> None:
        super().__init__(*args, **options)
        today = timezone.localdate()
        self.fields["in_force_from"].initial = today
        self.fields["in_force_from"].widget.attrs["min"] = today.isoformat()
        self.fields["override_reason"].required = blocked
        if not blocked:
            del self.fields["override_reason"]

    def clean_in_force_from(self) -> date:
        day: date = self.cleaned_data["in_force_from"]
        if not timezone.localdate() <= day <= timezone.localdate() + FURTHEST:
            raise ValidationError(_("Choisissez aujourd’hui ou un jour à venir, dans les deux ans."))
        return day
