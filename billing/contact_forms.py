"""Short forms, without an account, to reach a person: six fields at most (Q-CONTACT)."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from billing.forms import EMAIL_LENGTH, NOTICE
from crm.models import Request
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.identifiers import validate_phone


class ContactForm(forms.Form):
    """Who writes. What each kind of request needs besides comes after."""

    name = forms.CharField(
        label=_("Votre nom"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    organization = forms.CharField(
        label=_("Votre association ou structure"),
        required=False,
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    email = forms.EmailField(
        label=_("Votre adresse e-mail"),
        max_length=EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def organization_details(self) -> OrganizationDetails:
        """A person who speaks for nobody else is filed under their own name."""
        return OrganizationDetails(self.cleaned_data["organization"] or self.cleaned_data["name"])

    def person_details(self) -> PersonDetails:
        given = self.cleaned_data
        return PersonDetails(given["name"], given["email"], given.get("phone", ""), notice=str(NOTICE))

    def message(self) -> str:
        return str(self.cleaned_data["text"])

    def slot(self) -> str:
        return str(self.cleaned_data.get("when", ""))


class QuestionForm(ContactForm):
    """A question that is answered in writing."""

    text = forms.CharField(
        label=_("Votre question"), max_length=2000, widget=forms.Textarea(attrs={"rows": 5})
    )


class CallForm(ContactForm):
    """A call back, or the first appointment: a number and a moment."""

    phone = forms.CharField(
        label=_("Votre téléphone"),
        max_length=30,
        validators=[validate_phone],
        widget=forms.TelInput(attrs={"autocomplete": "tel"}),
    )
    when = forms.ChoiceField(
        label=_("À quel moment ?"), choices=Request.Slot.choices, initial=Request.Slot.ANY
    )
    text = forms.CharField(
        label=_("De quoi voulez-vous parler ?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class TrialForm(CallForm):
    """A free trial, opened together with a person; it ends by itself (002-012)."""

    text = forms.CharField(
        label=_("Qu’aimeriez-vous essayer ?"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class BriefContactForm(ContactForm):
    """Who sends the *cahier des charges*, once it is written."""

    phone = forms.CharField(
        label=_("Votre téléphone"),
        required=False,
        max_length=30,
        validators=[validate_phone],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )


class ResumeForm(forms.Form):
    """Where to send the link of a draft."""

    resume_email = forms.EmailField(
        label=_("Adresse e-mail où recevoir le lien"),
        max_length=EMAIL_LENGTH,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
