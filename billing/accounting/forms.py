from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from billing.models import AccountPlan

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


def _day(label: "StrPromise") -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))


class PeriodForm(forms.Form):
    """Two days, both included."""

    start = _day(gettext_lazy("Du"))
    end = _day(gettext_lazy("Au"))

    def clean(self) -> None:
        """The first day is not after the last one.

        Raises:
            ValidationError: in French.
        """
        start, end = self.cleaned_data.get("start"), self.cleaned_data.get("end")
        if start and end and start > end:
            raise forms.ValidationError(_("La période finit avant d’avoir commencé."))


class UntilForm(forms.Form):
    """The last day of a lot."""

    end = _day(gettext_lazy("Jusqu’au"))


class ArchiveForm(forms.Form):
    """The calendar year of an archive."""

    year = forms.IntegerField(label=gettext_lazy("Année"), min_value=2000, max_value=2200)


class PlanForm(forms.ModelForm):
    """The accounts of a hoster. What was exported keeps the accounts that it has."""

    class Meta:
        model = AccountPlan
        fields = [
            "clients",
            "sales",
            "goods",
            "dues",
            "deposits",
            "vat_standard",
            "vat_other",
            "bank",
            "cheques",
            "cards",
            "cash",
            "gains",
            "losses",
            "last_month",
        ]
