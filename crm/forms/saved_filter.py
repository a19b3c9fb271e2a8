from django import forms
from django.utils.translation import gettext_lazy as _


class SavedFilterForm(forms.Form):
    """A name for the search on the screen."""

    name = forms.CharField(label=_("Garder ce filtre sous le nom"), max_length=60)
    shared = forms.BooleanField(label=_("Visible par toute l’équipe"), required=False)
    query = forms.CharField(widget=forms.HiddenInput, max_length=2000)
