from django import forms
from django.utils.translation import gettext_lazy as _

from hosters.models import Role

ROLES = [
    (Role.ADMIN.value, _("administration : tout, réglages et équipe compris")),
    (Role.SALES.value, _("accueil et ventes : les demandes, les devis, les organisations")),
    (Role.ACCOUNTANT.value, _("comptabilité : les factures et les paiements")),
]


class InvitationForm(forms.Form):
    """Somebody to let in; they choose their password by the link of the mail."""

    name = forms.CharField(label=_("Nom"), max_length=80, required=False)
    email = forms.EmailField(label=_("Adresse e-mail"), max_length=254)
    role = forms.ChoiceField(
        label=_("Rôle"), choices=ROLES, initial=Role.SALES.value, widget=forms.RadioSelect
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(label=_("Rôle"), choices=Role.choices)
