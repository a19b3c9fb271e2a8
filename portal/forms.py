from typing import Any
from uuid import uuid4

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


class ChangeForm(forms.Form):
    """What the association adds to the change that it configured."""

    message = forms.CharField(
        label=_("Un mot pour nous"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()}
        super().__init__(*args, **kwargs)
