from datetime import date
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from hosters.identifiers import compact
from hosters.models import Hoster, User


class IdentifierField(forms.CharField):
    """A SIREN, SIRET or RNA as people type it, with its spaces."""

    def to_python(self, value: Any) -> str:
        return compact(super().to_python(value) or "")


def team(hoster: Hoster) -> QuerySet[User]:
    """Who may follow an organisation."""
    return User.objects.filter(memberships__hoster=hoster, is_active=True).order_by("name", "pk")


class OwnerField(forms.ModelChoiceField):
    """A person of the team."""

    def __init__(self, hoster: Hoster, **kwargs: Any) -> None:
        super().__init__(
            team(hoster), required=False, label=_("Suivie par"), empty_label=_("personne"), **kwargs
        )


class DayField(forms.DateField):
    """A day, with the browser's own calendar."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"), **kwargs)

    def to_python(self, value: Any) -> date | None:
        day = super().to_python(value)
        if day and not 2000 <= day.year <= 2100:
            raise forms.ValidationError(_("Choisissez un jour entre 2000 et 2100."), code="far")
        return day
