from django import forms
from django.utils.translation import gettext_lazy as _


class LinkForm(forms.Form):
    """Where to send the link of the space."""

    email = forms.EmailField(
        label=_("Votre adresse e-mail"),
        max_length=254,  # what a mail's column holds
        help_text=_("Celle que vous avez donnée en demandant un devis."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
