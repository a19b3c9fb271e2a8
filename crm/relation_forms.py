"""What a hoster chooses of its relations, and the address of somebody to find."""

from django import forms
from django.utils.translation import gettext_lazy as _
from django_scopes import scopes_disabled

from crm.models import RelationSettings

with scopes_disabled():  # defining the class asks the model for its manager

    class RelationSettingsForm(forms.ModelForm):
        """How long people are kept, and on what ground nominative addresses are written to (C4)."""

        class Meta:
            model = RelationSettings
            fields = ["kept_months", "opt_out_prospecting"]

    class ChancesForm(forms.ModelForm):
        """How likely an open quote is accepted, and how many people are written to at once."""

        class Meta:
            model = RelationSettings
            fields = ["letters_at_once", "likely_sent", "likely_seen", "likely_in_review"]


class FindPersonForm(forms.Form):
    """A person who writes « que savez-vous de moi ? » gives an address: that is what is looked for."""

    address = forms.EmailField(label=_("Adresse e-mail de la personne"), max_length=254)
