"""What those who keep the accounts choose about reminders."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.forms import LineField
from billing.models import ReminderPlan
from billing.models.reminder import LONGEST

USUAL_PAUSE = timedelta(days=30)
LONGEST_PAUSE = timedelta(days=365)


class PlanForm(forms.Form):
    """When reminders leave."""

    active = forms.BooleanField(label=_("Envoyer les rappels"), required=False)
    first = forms.IntegerField(
        label=_("Premier rappel, jours après l’échéance"), min_value=1, max_value=LONGEST
    )
    second = forms.IntegerField(label=_("Deuxième rappel"), min_value=1, max_value=LONGEST)
    third = forms.IntegerField(label=_("Troisième rappel"), min_value=1, max_value=LONGEST)

    def __init__(self, *args: Any, plan: ReminderPlan, **kwargs: Any) -> None:
        names = ("active", "first", "second", "third")
        kwargs["initial"] = {name: getattr(plan, name) for name in names}
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        """One after the other."""
        given = super().clean() or {}
        days = [given.get(name) for name in ("first", "second", "third")]
        if None not in days and not days[0] < days[1] < days[2]:  # type: ignore[operator]  # none is missing
            self.add_error(None, _("Chaque rappel vient après le précédent."))
        return given


class PauseForm(forms.Form):
    """A delay that was agreed."""

    until = forms.DateField(
        label=_("Aucun rappel jusqu’au"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    )
    reason = LineField(label=_("Pourquoi"), max_length=200)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"until": timezone.localdate() + USUAL_PAUSE}
        super().__init__(*args, **kwargs)

    def clean_until(self) -> Any:
        """Between today and a year."""
        day, today = self.cleaned_data["until"], timezone.localdate()
        if not today <= day <= today + LONGEST_PAUSE:
            raise forms.ValidationError(_("Choisissez un jour à venir, dans l’année."))
        return day
