"""Naming a person of an association, in its space or by staff."""

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.forms import EMAIL_LENGTH, LineField
from billing.people import Invitation
from crm.models import SpaceRole
from crm.models.organization import MONTHS


class SuccessorForm(forms.Form):
    """Who takes over."""

    name = LineField(label=_("Son prénom et son nom"), max_length=80)
    email = forms.EmailField(
        label=_("Son adresse e-mail"),
        max_length=EMAIL_LENGTH,
        help_text=_("Le lien de l’espace y part tout de suite."),
    )

    def invitation(self, space_role: SpaceRole) -> Invitation:
        return Invitation(self.cleaned_data["name"], self.cleaned_data["email"], space_role)


class InvitationForm(forms.Form):
    """Who comes, and in which role."""

    name = LineField(label=_("Son prénom et son nom"), max_length=80)
    email = forms.EmailField(
        label=_("Son adresse e-mail"),
        max_length=EMAIL_LENGTH,
        help_text=_("Le lien de l’espace y part tout de suite."),
    )
    space_role = forms.ChoiceField(label=_("Son rôle"), choices=SpaceRole.choices, initial=SpaceRole.OTHER)

    def invitation(self) -> Invitation:
        given = self.cleaned_data
        return Invitation(given["name"], given["email"], SpaceRole(given["space_role"]))


class RoleForm(forms.Form):
    space_role = forms.ChoiceField(label=_("Rôle"), choices=SpaceRole.choices)


class FiscalYearForm(forms.Form):
    fiscal_year_start = forms.ChoiceField(label=_("Premier mois de l’exercice"), choices=MONTHS)
