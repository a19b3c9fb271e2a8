from django import forms
from django.utils.translation import gettext_lazy as _


class NeedStatementForm(forms.Form):
    """The need, said again by staff (003-003)."""

    need_statement = forms.CharField(
        label=_("Le besoin, avec les mots de l’association"),
        required=False,
        max_length=2000,
        help_text=_(
            "Par exemple : les familles réservent un outil seules, sans que deux s’inscrivent le même jour."
        ),
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class CorrectionForm(forms.Form):
    """What the team did not understand (003-003)."""

    correction = forms.CharField(
        label=_("Ce qui ne va pas, avec vos mots"),
        max_length=2000,
        help_text=_("Ce qui manque, ce qui est de trop, ce que nous avons mal compris."),
        widget=forms.Textarea(attrs={"rows": 4}),
    )
