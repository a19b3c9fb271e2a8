"""What visitors and staff type about documents, with errors that say what to write."""

import re
from decimal import Decimal
from typing import Any
from uuid import uuid4

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from billing.models import Payment
from crm.organizations import OrganizationDetails, PersonDetails
from hosters.identifiers import compact, validate_rna, validate_siren
from hosters.models.address import COUNTRIES, postcode_validator

NOTICE = _(
    "Vos coordonnées servent à répondre à cette demande, et à rien d’autre. Elles sont effacées trois ans après "
    "votre dernier message si vous n’êtes pas devenus clients. Vous pouvez les consulter, les corriger ou les "
    "faire effacer en nous écrivant."
)


#: Every control character but NUL, which Django refuses with a message.
BREAKS = re.compile(r"[\x01-\x1f\x7f-\x9f\u2028\u2029]+")
OVERRIDES = re.compile(r"[\u202a-\u202e\u2066-\u2069]+")

#: What the columns hold; Django's field would let 320 through.
EMAIL_LENGTH = 254


class LineField(forms.CharField):
    """A name or an address, on one line: line breaks, which would forge a paragraph of a mail, become a space, and
    the marks that turn the reading order over, which would make a document show something else, are left out."""

    def to_python(self, value: Any) -> str:
        text = OVERRIDES.sub("", BREAKS.sub(" ", str(value or "")))
        return str(super().to_python(text) or "")


class CompactField(forms.CharField):
    """An identifier typed with or without spaces."""

    def to_python(self, value: Any) -> str:
        return compact(super().to_python(value) or "")


class AskForm(forms.Form):
    """Who asks for a quote: six things are needed, the rest is as they wish (Q-CONTACT)."""

    organization = LineField(
        label=_("Nom de l’association"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization"}),
    )
    street = LineField(
        label=_("Rue et numéro"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "street-address"}),
    )
    postcode = LineField(
        label=_("Code postal"),
        max_length=10,
        validators=[postcode_validator],
        widget=forms.TextInput(attrs={"autocomplete": "postal-code"}),
    )
    town = LineField(
        label=_("Commune"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "address-level2"})
    )
    country = forms.ChoiceField(
        label=_("Pays"),
        choices=COUNTRIES,
        initial="FR",
        widget=forms.Select(attrs={"autocomplete": "country"}),
    )
    rna = CompactField(
        label=_("Numéro RNA"),
        required=False,
        max_length=14,
        validators=[validate_rna],
        help_text=_("W suivi de neuf chiffres, sur le récépissé de la préfecture."),
    )
    siren = CompactField(
        label=_("SIREN"),
        required=False,
        max_length=14,
        validators=[validate_siren],
        help_text=_("Neuf chiffres, si l’association en a un."),
    )
    name = LineField(
        label=_("Votre nom"), max_length=80, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    role = LineField(
        label=_("Votre fonction"), required=False, max_length=80, help_text=_("Par exemple : trésorière.")
    )
    email = forms.EmailField(
        label=_("Votre adresse e-mail"),
        max_length=EMAIL_LENGTH,
        help_text=_("Nous y envoyons le lien du devis."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    phone = LineField(
        label=_("Téléphone"),
        required=False,
        max_length=30,
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    message = forms.CharField(
        label=_("Votre message"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 4})
    )
    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4()} | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)

    def organization_fields(self) -> list[forms.BoundField]:
        return [
            self[name] for name in ("organization", "street", "postcode", "town", "country", "rna", "siren")
        ]

    def person_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in ("name", "role", "email", "phone", "message")]

    def organization_details(self) -> OrganizationDetails:
        given = self.cleaned_data
        return OrganizationDetails(
            name=given["organization"],
            street=given["street"],
            postcode=given["postcode"],
            town=given["town"],
            country=given["country"],
            rna=given["rna"],
            siren=given["siren"],
        )

    def person_details(self) -> PersonDetails:
        given = self.cleaned_data
        return PersonDetails(given["name"], given["email"], given["phone"], given["role"], notice=str(NOTICE))


class MandateForm(forms.Form):
    """The mandated person says who they are and commits the association (DEV-04)."""

    name = LineField(
        label=_("Votre prénom et votre nom"),
        max_length=80,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    role = LineField(
        label=_("Votre fonction dans l’association"),
        max_length=80,
        help_text=_("Par exemple : présidente, trésorier."),
    )
    mandated = forms.BooleanField(label=_("L’association m’a donné mandat pour accepter ce devis"))


class PaymentForm(forms.ModelForm):
    """Money received, recorded by staff."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Payment
        fields = ["amount", "received_on", "method", "reference"]
        widgets = {"received_on": forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")}

    def __init__(self, *args: Any, due: Decimal, **kwargs: Any) -> None:
        kwargs["initial"] = {"key": uuid4(), "amount": due, "received_on": timezone.localdate()}
        super().__init__(*args, **kwargs)

    def payment(self) -> dict[str, Any]:
        """The cleaned values, for `payments.record_payment`."""
        return {name: self.cleaned_data[name] for name in (*self.Meta.fields, "key")}
