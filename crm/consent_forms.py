"""What staff note of a person: the kind of their address, what they accepted, and that they want no more mail."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from crm.models import AddressKind, Consent

Purpose = Consent.Purpose
Basis = Consent.Basis
#: The grounds that a purpose may stand on, when staff note them (GDPR-02, GDPR-03, GDPR-04, GDPR-08).
GROUNDS = {
    Purpose.PROSPECTING: {Basis.CONSENT, Basis.INTEREST, Basis.CLIENT},
    Purpose.NEWSLETTER: {Basis.CONSENT},
    Purpose.SATISFACTION: {Basis.CONSENT, Basis.CLIENT},
    Purpose.PHONE: {Basis.CONSENT},
}


class AddressKindForm(forms.Form):
    """Whose address it is."""

    kind = forms.ChoiceField(label=_("C’est une adresse"), choices=AddressKind.choices)


class ConsentForm(forms.Form):
    """What a person read and accepted, where, with what proof."""

    purpose = forms.ChoiceField(
        label=_("Pour quoi faire"), choices=[(each.value, each.label) for each in GROUNDS]
    )
    basis = forms.ChoiceField(
        label=_("Ce qui l’autorise"),
        choices=[(each.value, each.label) for each in (Basis.CONSENT, Basis.INTEREST, Basis.CLIENT)],
    )
    source = forms.CharField(
        label=_("Où et comment"),
        max_length=80,
        help_text=_("Par exemple : salon de Lyon, feuille d’inscription."),
    )
    text = forms.CharField(
        label=_("Texte que la personne a lu"),
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Mot pour mot : sans lui, rien ne prouve qu’elle a été informée."),
    )
    proof = forms.CharField(
        label=_("Où est la preuve"),
        max_length=200,
        required=False,
        help_text=_("Un classeur, un message, un scan."),
    )

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        if {"purpose", "basis"} <= cleaned.keys():
            purpose, basis = Purpose(cleaned["purpose"]), Basis(cleaned["basis"])
            if basis not in GROUNDS[purpose]:
                raise ValidationError(
                    _("Pour « %(purpose)s », il faut l’accord de la personne.") % {"purpose": purpose.label}
                )
        return cleaned
